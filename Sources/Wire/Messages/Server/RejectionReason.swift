/// Why an edit was not taken, by the names that the reasons have on the wire.
package enum RejectionReason: String, Sendable, CaseIterable {
    /// Something else happened since the revision that it was made on: to be sent again on the newest one.
    case conflict
    /// It is no change of the text at its revision: never to be sent again.
    case invalid
    /// The text would be over the document limit: never to be sent again.
    case tooLarge = "too_large"
    /// The client sends more than it may: to be sent again after a pause.
    case rateLimited = "rate_limited"
    /// Changes cannot be saved at present: to be sent again after a pause.
    case storageUnavailable = "storage_unavailable"
}
