import CollabText
import ProviderKit
import Rooms
import Testing

/// One of two authors who type at the same time, each on a text in which the other's newest edits are missing.
struct TraceAuthor {
    /// Someone else's entry of the room's log that this author has not seen yet.
    private struct Unseen {
        /// Its transaction.
        let index: Int
        let revision: Revision
        /// As it must be made on the author's text with the unseen entries before it.
        var change: TextChange
    }

    let id: ClientID
    /// The text as the author sees it: all of its own edits, and what it has seen of the other's.
    private(set) var text = TextBuffer()
    /// In the order of the log. The author's text with all of them is the room's.
    private var unseen: [Unseen] = []
    private var ownNewest = Revision.zero

    init(_ name: String) {
        id = ClientID(name)
    }

    /// Notes an edit of the other author that is in the log now.
    mutating func miss(_ change: TextChange, of index: Int, at revision: Revision) {
        unseen.append(Unseen(index: index, revision: revision, change: change))
    }

    /// Takes the other's edits into its text, up to a transaction.
    mutating func see(through index: Int) {
        let seen = unseen.prefix { $0.index <= index }
        for entry in seen { text.apply(entry.change) }
        unseen.removeFirst(seen.count)
    }

    /// Makes an edit of its own.
    ///
    /// - Parameter change: made on ``text``.
    /// - Returns: the edit as a client would send it, made on its own newest revision or on a newer one that it has
    ///   seen; and the same edit as the room should log it.
    mutating func make(_ change: TextChange, newest: Revision) -> (sent: Submission, logged: TextChange) {
        text.apply(change)
        let base = base(newest: newest)
        var change = change
        var sent = change
        for index in unseen.indices {
            let missed = unseen[index].change
            unseen[index].change = missed.transformed(over: change, side: .left)
            change = change.transformed(over: missed)
            if unseen[index].revision <= base { sent = change }
        }
        ownNewest = newest.next
        return (Submission(content: .changes(sent.replacements), base: .revision(base)), change)
    }

    /// The newest revision of which the author has seen everything, or made it itself.
    private func base(newest: Revision) -> Revision {
        max(ownNewest, unseen.first.map { $0.revision.advanced(by: -1) } ?? newest)
    }

    /// The text once the author has seen everything.
    var finalText: TextBuffer {
        unseen.reduce(into: text) { $0.apply($1.change) }
    }
}
