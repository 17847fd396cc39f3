public import CollabText

/// Decides what becomes of an edit that may have been made on an older text than the one that stands.
///
/// Pure: the same edit against the same history gets the same resolution, at once, without any effect; so a room never
/// waits inside of a decision. Every guarantee below is a clause of the conformance suite, in the same words
/// (`ConflictConformance`).
public protocol ConflictPolicy: Sendable {
    /// What becomes of edits that were made on an older text. The server goes by it: it hands the policy a whole text as a
    /// change of the text that its author had before it, unless older texts are overwritten, and shows an author the text that
    /// stands only when the author cannot tell it.
    var staleEdits: StaleEdits { get }

    /// What becomes of an edit.
    ///
    /// A change to `apply` is made on the current text, changes it, and leaves it well-formed. An edit that would leave
    /// the text as it is gets `.unchanged`. An edit made on the newest revision is applied as it is.
    func resolve(_ edit: ProposedEdit, against history: RoomHistory) -> Resolution
}

/// What a policy does with an edit that was made on an older text than the one that stands.
public enum StaleEdits: Sendable, Hashable, CaseIterable {
    /// The text that its author saw after making it replaces the one that stands.
    case overwrite
    /// It is rejected.
    case refuse
    /// It is transformed over what happened since, as its author does, too. A policy may reject those that it does not want,
    /// as a conflict.
    case transform
}

/// An edit as a member sent it, checked to be well-formed.
public struct ProposedEdit: Sendable {
    /// What the author wants.
    public enum Content: Sendable {
        /// A change of the text at ``ProposedEdit/base``, which is then known.
        case change(TextChange)
        /// The whole text as the author now has it.
        case text(TextBuffer)
    }

    /// Whose edit it is.
    public let author: ClientID
    /// The revision that the edit was made on; nil when the author did not tell and it could not be inferred.
    public let base: Revision?
    /// What the author wants.
    public let content: Content

    public init(author: ClientID, base: Revision?, content: Content) {
        self.author = author
        self.base = base
        self.content = content
    }
}

/// What becomes of an edit.
public enum Resolution: Sendable, Hashable {
    /// This change of the current text is made.
    case apply(TextChange)
    /// The text stays as it is, as the author wants it.
    case unchanged
    /// The text stays as it is, against the author's will.
    case reject(Rejection)
}

/// Why a policy refused an edit.
public enum Rejection: String, Sendable, Hashable, CaseIterable {
    /// It was made on an older text than the one that stands.
    case conflict
    /// It was made on a revision whose following changes are no longer held, or that never was.
    case unknownRevision
}
