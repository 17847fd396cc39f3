import CollabText
package import ProviderKit

extension RoomState {
    /// Takes what a member says about itself.
    ///
    /// - Throws: `.unknownRevision` or `.outOfRange`; nothing of the update is then taken.
    package mutating func receive(_ update: PresenceUpdate, from id: ClientID) throws(PresenceProblem) {
        guard var member = members[id] else { return }
        member.presence.name = update.name ?? member.presence.name
        member.presence.color = update.color ?? member.presence.color
        switch update.selection {
        case .unchanged:
            break
        case .none:
            member.presence.selection = nil
        case .at(let selection, let revision):
            let revision = revision ?? history.revision
            guard let length = history.length(at: revision) else { throw .unknownRevision(revision) }
            guard selection.anchor <= length, selection.head <= length else { throw .outOfRange(length: length) }
            member.presence.selection = selection
            member.presenceRevision = revision
        }
        members[id] = member
    }

    /// Everyone who is here, in the order of their ids, with their selections in the newest text.
    package var memberDescriptions: [MemberDescription] {
        members.map { id, member in
            var presence = member.presence
            presence.selection = selection(of: member, id)
            return MemberDescription(id: id, presence: presence)
        }
        .sorted { $0.id.rawValue < $1.id.rawValue }
    }

    /// Brings the selections to the newest revision now and then, before the changes that they need are forgotten.
    mutating func rebaseSelections() {
        guard history.revision.rawValue % Self.rebaseInterval == 0 else { return }
        for (id, member) in members where member.presence.selection != nil {
            let selection = selection(of: member, id)
            members[id]?.presence.selection = selection
            members[id]?.presenceRevision = history.revision
        }
    }

    private static let rebaseInterval = 64

    /// Where a member's selection is in the newest text; nil when that cannot be told any more.
    private func selection(of member: Member, _ id: ClientID) -> Selection? {
        guard let selection = member.presence.selection,
            let entries = history.entries(since: member.presenceRevision)
        else { return nil }
        return Selection(
            anchor: entries.mapped(position: selection.anchor, of: id),
            head: entries.mapped(position: selection.head, of: id))
    }
}

extension ArraySlice<RoomHistory.Entry> {
    /// Where a position of a member's is after these changes: what the member types itself goes before it, what others
    /// type there goes behind it.
    func mapped(position: Int, of id: ClientID) -> Int {
        reduce(position) { $1.change.mapped(position: $0, side: $1.author == id ? .right : .left) }
    }
}

/// What is wrong with what a member says about itself.
package enum PresenceProblem: Error, Hashable, CustomStringConvertible {
    /// The cursor is told in a revision that is not held, or never was.
    case unknownRevision(Revision)
    /// The cursor lies behind the end of the text.
    case outOfRange(length: Int)

    package var description: String {
        switch self {
        case .unknownRevision(let revision): "revision \(revision) is not known"
        case .outOfRange(let length): "it lies outside of the text, which has \(length) UTF-16 code units"
        }
    }
}
