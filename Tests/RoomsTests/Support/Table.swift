import CollabText
import ProviderKit
import Rooms
import Testing

/// A room's state with members who sit around it, for tests of the rules.
struct Table {
    var state: RoomState
    private var clock = Int64(0)

    init(
        _ text: String = "", policy: any ConflictPolicy, members: String..., limits: RoomLimits = RoomLimits()
    ) throws {
        let record = RoomRecord(id: RoomID("r"), language: "swift", createdAt: Timestamp(milliseconds: 1))
        state = try RoomState(
            stored: StoredRoom(new: record, text: text), policy: NamedPolicy("a policy", policy), limits: limits)
        for member in members { _ = try state.join(ClientID(member)) }
    }

    var text: String { state.text.description }

    /// A member sends its whole text.
    ///
    /// - Parameters:
    ///   - bound: the newest revision that it may have read, if that is known.
    ///   - certain: the newest revision that it has read for certain.
    ///   - hasUnread: whether it may not have read what it was sent last.
    ///   - revision: what it says that the text was made on.
    @discardableResult
    mutating func write(
        _ text: String, by member: String, from certain: Int? = nil, upTo bound: Int? = nil, on revision: Int? = nil,
        hasUnread: Bool = false
    ) -> EditOutcome {
        let receipt = ReadReceipt(
            from: certain.map(Revision.init), read: bound.map(Revision.init), upTo: bound.map(Revision.init),
            hasUnread: hasUnread)
        let base: Submission.Base = revision.map { .revision(Revision($0)) } ?? .inferred(receipt)
        return receive(Submission(content: .text(TextBuffer(text)), base: base), by: member)
    }

    /// A member sends replacements.
    @discardableResult
    mutating func change(
        _ changes: [(Range<Int>, String)], on revision: Int, id: String? = nil, by member: String
    ) -> EditOutcome {
        let replacements = changes.map { TextChange.Replacement($0, insert: Array($1.utf16)) }
        return receive(
            Submission(id: id.map(EditID.init), content: .changes(replacements), base: .revision(Revision(revision))),
            by: member)
    }

    mutating func receive(_ submission: Submission, by member: String) -> EditOutcome {
        clock += 1
        return state.receive(submission, from: ClientID(member), at: Timestamp(milliseconds: clock))
    }
}

extension EditOutcome {
    /// The revision that the edit led to.
    var revision: Int? {
        if case .committed(let change, _) = self { change.revision.rawValue } else { nil }
    }

    /// Whether the author must be shown the text that stands.
    var needsText: Bool {
        switch self {
        case .committed(_, let hasText), .unchanged(let hasText): !hasText
        case .repeated, .refused: false
        }
    }

    var isUnchanged: Bool {
        if case .unchanged = self { true } else { false }
    }

    var refusal: Refusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }
}
