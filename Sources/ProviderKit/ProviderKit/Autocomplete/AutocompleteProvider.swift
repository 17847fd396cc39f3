public import CollabText

/// Suggests what comes next in a code.
///
/// Every guarantee below is a clause of the conformance suite, in the same words (`AutocompleteConformance`).
///
/// Calls come from any task, several at once, and never block their caller's thread. Cancelling the task ends the work
/// promptly. After `close` every call throws `.closed`; closing twice is closing once.
public protocol AutocompleteProvider: Sendable {
    /// Whether requests leave this machine. If so, the host bounds how many it makes, may keep answers, and leaves a
    /// service that failed alone for a while.
    var isRemote: Bool { get }

    /// What to insert at the cursor, or nil when there is nothing sensible to say.
    ///
    /// The suggestion is not empty, is well-formed and has no U+0000. Answers by the request's deadline; a call whose
    /// deadline has passed answers with nil or `.timedOut`.
    func complete(_ request: CompletionRequest) async throws(AutocompleteError) -> Completion?

    /// Ends all work that was begun, then frees what the provider holds.
    func close() async
}

/// A place in a code that somebody types at.
public struct CompletionRequest: Sendable {
    public let text: TextBuffer
    /// In UTF-16 code units, from 0 to the length of the text; never inside a surrogate pair.
    public let cursor: Int
    /// The language of the code, in lower case, as the client named it; not always one that is known.
    public let language: String
    /// When an answer is worth nothing any more.
    public let deadline: ContinuousClock.Instant

    public init(text: TextBuffer, cursor: Int, language: String, deadline: ContinuousClock.Instant) {
        self.text = text
        self.cursor = cursor
        self.language = language
        self.deadline = deadline
    }
}

/// A suggestion.
public struct Completion: Sendable, Hashable {
    /// The text to insert at the cursor.
    public let suggestion: String

    public init(_ suggestion: String) {
        self.suggestion = suggestion
    }
}
