import CollabText
import ProviderKit

extension ConflictConformance {
    /// A room and authors that edit it at the same time, each with at most one edit on its way, as clients do; what goes
    /// back and forth is delayed at random and stays in order.
    struct ConvergingAuthors {
        private let policy: any ConflictPolicy
        private var random: TextSource
        private var history: RoomHistory
        private var authors: [Author]

        /// What an author sees, and what is on its way to it.
        private struct Author {
            var text: TextBuffer
            var revision: Revision
            /// The edit that it waits for, as it would have to be made on `text` without it.
            var inFlight: TextChange?
            /// The same edit as it was sent, until it arrives.
            var sent: (change: TextChange, base: Revision)?
            var inbox: [Notice] = []
        }

        private enum Notice {
            case edit(TextChange)
            /// The author's own edit is in, at this revision.
            case acknowledged(Revision)
        }

        init(policy: any ConflictPolicy, count: Int, seed: UInt64) {
            self.policy = policy
            random = TextSource(seed: seed)
            let text = random.text()
            history = RoomHistory(revision: .zero, text: text)
            authors = Array(repeating: Author(text: text, revision: .zero), count: count)
        }

        /// The text of the room.
        var text: TextBuffer { history.text }

        /// Whether everyone sees the text of the room.
        var haveConverged: Bool { authors.allSatisfy { $0.text == history.text && $0.revision == history.revision } }

        /// Lets everyone work at random, and then read all that is on its way.
        mutating func work(steps: Int) {
            for _ in 0..<steps {
                let index = random.number(below: authors.count)
                switch random.number(below: 3) {
                case 0: write(index)
                case 1: deliver(from: index)
                default: read(index)
                }
            }
            for index in authors.indices { deliver(from: index) }
            for index in authors.indices { while !authors[index].inbox.isEmpty { read(index) } }
        }

        private mutating func write(_ index: Int) {
            guard authors[index].inFlight == nil else { return }
            let change = random.change(of: authors[index].text)
            authors[index].text.apply(change)
            authors[index].inFlight = change
            authors[index].sent = (change, authors[index].revision)
        }

        private mutating func deliver(from index: Int) {
            guard let (change, base) = authors[index].sent else { return }
            authors[index].sent = nil
            let edit = ProposedEdit(author: ClientID("\(index)"), base: base, content: .change(change))
            if case .apply(let change) = policy.resolve(edit, against: history) {
                history.commit(change, by: edit.author)
                for other in authors.indices where other != index { authors[other].inbox.append(.edit(change)) }
            }
            authors[index].inbox.append(.acknowledged(history.revision))
        }

        private mutating func read(_ index: Int) {
            guard !authors[index].inbox.isEmpty else { return }
            switch authors[index].inbox.removeFirst() {
            case .acknowledged(let revision):
                authors[index].inFlight = nil
                authors[index].revision = revision
            case .edit(let change):
                let mine = authors[index].inFlight
                authors[index].inFlight = mine?.transformed(over: change)
                authors[index].text.apply(mine.map { change.transformed(over: $0, side: .left) } ?? change)
                authors[index].revision = authors[index].revision.next
            }
        }
    }
}
