/// The kinds of refusal, by the names that they have on the wire.
package enum MessageErrorCode: String, Sendable, CaseIterable {
    /// The message is not JSON.
    case invalidJSON = "invalid_json"
    /// There is no message of this type.
    case unknownType = "unknown_type"
    /// A field is missing or has a wrong value; the detail names it.
    case invalidMessage = "invalid_message"
    /// A text holds U+0000 or half a surrogate pair.
    case invalidText = "invalid_text"
    /// The text is over the document limit, or the list of changes is too long.
    case tooLarge = "too_large"
    /// The client sends more messages than it may.
    case rateLimited = "rate_limited"
    /// Changes cannot be saved at present.
    case storageUnavailable = "storage_unavailable"
    /// The room's policy refused the change.
    case conflict = "conflict"
}
