/// Why the body of a request was refused.
package enum BodyError: Error, Sendable, Hashable {
    /// It says something wrong: status 422.
    case invalid(ValidationFailure)
    /// Its code is longer than a document may be, in bytes of UTF-8: status 413.
    case tooLarge(limit: Int)
}
