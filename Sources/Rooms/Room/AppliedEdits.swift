import ProviderKit

/// The newest edits of each author, by the names that the author gave them: one that is sent again after a lost
/// connection is not taken twice.
struct AppliedEdits: Sendable {
    private var authors: [ClientID: [Edit]] = [:]

    private struct Edit: Sendable {
        let id: EditID
        let revision: Revision
    }

    /// How many are remembered of each author. A client has one edit in flight, or a few.
    private static let perAuthor = 32
    /// How many are looked through for an author whose connection was not lost: enough for one that sends an edit twice.
    private static let newestFew = 4
    /// How many authors are remembered.
    private static let mostAuthors = 512

    /// The revision that an edit led to; nil when it was not taken, or too long ago.
    ///
    /// - Parameter searchingAll: whether to look through all that is remembered, or just the newest few.
    func revision(of id: EditID, by author: ClientID, searchingAll: Bool) -> Revision? {
        guard let edits = authors[author] else { return nil }
        return edits.suffix(searchingAll ? Self.perAuthor : Self.newestFew).last { $0.id == id }?.revision
    }

    /// Notes an edit that was taken.
    mutating func insert(_ id: EditID, by author: ClientID, at revision: Revision) {
        Self.append(Edit(id: id, revision: revision), to: &authors[author, default: []])
        if authors.count > Self.mostAuthors { forgetOldest() }
    }

    /// Takes over what another one knows of edits up to a revision.
    mutating func keep(_ other: AppliedEdits, upTo revision: Revision) {
        for (author, edits) in other.authors {
            for edit in edits where edit.revision <= revision { insert(edit.id, by: author, at: edit.revision) }
        }
    }

    private static func append(_ edit: Edit, to edits: inout [Edit]) {
        if edits.count == perAuthor { edits.removeFirst() }
        edits.append(edit)
    }

    /// Forgets the author that has not written for the longest time.
    private mutating func forgetOldest() {
        let oldest = authors.min { ($0.value.last?.revision ?? .zero) < ($1.value.last?.revision ?? .zero) }
        if let oldest { authors[oldest.key] = nil }
    }
}
