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
    /// What it typed since it last sent something, each with its transaction.
    private var draft: [(index: Int, change: TextChange)] = []
    /// In the order of the log. The author's text without its draft, with all of them made to it, is the room's.
    private var unseen: [Unseen] = []
    private var ownNewest = Revision.zero

    init(_ name: String) {
        id = ClientID(name)
    }

    /// Notes an edit of the other author that is in the log now.
    mutating func miss(_ change: TextChange, of index: Int, at revision: Revision) {
        unseen.append(Unseen(index: index, revision: revision, change: change))
    }

    /// Takes the other's edits into its text, up to a transaction. It must have sent its draft.
    mutating func see(through index: Int) {
        let seen = unseen.prefix { $0.index <= index }
        for entry in seen { text.apply(entry.change) }
        unseen.removeFirst(seen.count)
    }

    /// The transactions that it has typed and not sent.
    var typed: [Int] { draft.map(\.index) }

    /// Types something, without sending it yet.
    mutating func type(_ change: TextChange, as index: Int) {
        text.apply(change)
        draft.append((index, change))
    }

    /// Sends what it typed, up to a transaction, as one edit, as a client does that composes what waits.
    ///
    /// - Returns: the edit, made on its own newest revision or on a newer one that it has seen; the same edit as the room
    ///   should log it; and the last transaction in it. Nil when there is nothing to send.
    mutating func send(
        through index: Int, newest: Revision
    ) -> (sent: Submission, logged: TextChange, last: Int)? {
        let part = draft.prefix { $0.index <= index }
        draft.removeFirst(part.count)
        guard let first = part.first, let last = part.last?.index else { return nil }
        var change = part.dropFirst().reduce(first.change) { $0.composed(with: $1.change) }
        guard !change.isIdentity else { return nil }
        let base = base(newest: newest)
        var sent = change
        for index in unseen.indices {
            let missed = unseen[index].change
            unseen[index].change = missed.transformed(over: change, side: .left)
            change = change.transformed(over: missed)
            if unseen[index].revision <= base { sent = change }
        }
        return (Submission(content: .changes(sent.replacements), base: .revision(base)), change, last)
    }

    /// Notes that what it sent is in the log now.
    mutating func didLog(at revision: Revision) {
        ownNewest = revision
    }

    /// The newest revision of which the author has seen everything, or made it itself.
    private func base(newest: Revision) -> Revision {
        max(ownNewest, unseen.first.map { $0.revision.advanced(by: -1) } ?? newest)
    }

    /// The text once the author has sent and seen everything.
    var finalText: TextBuffer {
        unseen.reduce(into: text) { $0.apply($1.change) }
    }
}
