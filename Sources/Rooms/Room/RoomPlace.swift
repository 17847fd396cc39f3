package import CollabText
package import ProviderKit

/// A place in the text of a room that a member asked about, and what is around it.
package struct RoomPlace: Sendable {
    /// The newest text, at ``revision``.
    package let text: TextBuffer
    package let revision: Revision
    package let language: String
    /// Where the place is in ``text``, in UTF-16 code units; nil when that cannot be told any more.
    package let position: Int?
}

extension RoomState {
    /// Finds a place in the newest text.
    ///
    /// - Parameters:
    ///   - position: in UTF-16 code units.
    ///   - revision: the revision in whose text the position counts; nil for the newest, in which it then may be one that
    ///     is no more.
    ///   - id: who asks.
    /// - Throws: `.unknownRevision` or `.outOfRange` when there never was such a place.
    package func place(
        _ position: Int, at revision: Revision?, of id: ClientID
    ) throws(PresenceProblem) -> RoomPlace {
        RoomPlace(
            text: text, revision: history.revision, language: record.language,
            position: try mapped(position, from: revision, of: id).flatMap { isPlace($0) ? $0 : nil })
    }

    private func mapped(_ position: Int, from revision: Revision?, of id: ClientID) throws(PresenceProblem) -> Int? {
        guard let revision else { return position }
        guard revision <= history.revision else { throw .unknownRevision(revision) }
        guard let length = history.length(at: revision), let entries = history.entries(since: revision) else {
            return nil
        }
        guard position <= length else { throw .outOfRange(length: length) }
        return entries.mapped(position: position, of: id)
    }

    /// Whether a position is in the newest text, and not between the halves of a character.
    private func isPlace(_ position: Int) -> Bool {
        guard (0..<text.count).contains(position) else { return position == text.count }
        return !UTF16.isTrailSurrogate(text[position])
    }
}
