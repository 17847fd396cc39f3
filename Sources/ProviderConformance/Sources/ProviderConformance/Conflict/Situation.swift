import CollabText
import ProviderKit

extension ConflictConformance {
    /// A room with a random past, and edits that may reach it now.
    struct Situation: CustomStringConvertible {
        let seed: UInt64
        let history: RoomHistory
        /// Changes of the current text, each of which changes it.
        let newestChanges: [TextChange]
        /// Changes and whole texts made on revisions that are held, old and new.
        let edits: [ProposedEdit]
        private let start: TextBuffer
        private let past: [TextChange]

        /// The situations that every policy must handle: the same in each run.
        static let all: [Situation] = (1...150).map { Situation(seed: $0) }

        private static let limits = RoomHistory.Limits(changes: 8)

        init(seed: UInt64) {
            var random = TextSource(seed: seed)
            self.seed = seed
            start = random.text()
            (past, history) = Self.makePast(of: start, from: &random)
            var edits: [ProposedEdit] = []
            var newest: [TextChange] = []
            for revision in Self.held(in: history) {
                guard let text = history.text(at: revision) else { continue }
                let change = random.change(of: text)
                edits.append(Self.edit(.change(change), base: revision))
                edits.append(Self.edit(.text(text.applying(change)), base: revision))
                edits.append(Self.edit(.text(random.text()), base: revision))
                if revision == history.revision, !change.leavesAsIs(text) { newest.append(change) }
            }
            self.edits = edits + [Self.edit(.text(random.text()), base: nil)]
            newestChanges = newest
        }

        /// The current text.
        var text: TextBuffer { history.text }

        var description: String { "seed \(seed), text \(String(reflecting: text.description)):" }

        /// The revisions whose text can still be told.
        var held: [Revision] { Self.held(in: history) }

        /// The revisions that are held, each with the length of its text.
        var heldLengths: [(base: Revision, length: Int)] {
            held.compactMap { base in history.text(at: base).map { (base, $0.count) } }
        }

        /// Revisions that are no longer held, or never were.
        var unknown: [Revision] {
            let oldest = held.first ?? history.revision
            return [
                oldest.advanced(by: -1), Revision(-1), Revision(.min), history.revision.next, Revision(.max),
            ]
        }

        /// Changes of the current text that are not the identity and yet leave it as it is.
        var idleChanges: [TextChange] {
            guard !text.isEmpty else { return [] }
            let same = TextChange.Replacement(0..<text.count, insert: text[0..<text.count])
            return [try? TextChange(baseLength: text.count, replacements: [same])].compactMap(\.self)
        }

        /// The same history, put together anew.
        func rebuiltHistory() -> RoomHistory {
            var history = RoomHistory(revision: .zero, text: start, limits: Self.limits)
            for change in past { Self.commit(change, to: &history) }
            return history
        }

        func edit(_ content: ProposedEdit.Content, base: Revision?) -> ProposedEdit {
            Self.edit(content, base: base)
        }

        private static func edit(_ content: ProposedEdit.Content, base: Revision?) -> ProposedEdit {
            ProposedEdit(author: ClientID("author"), base: base, content: content)
        }

        /// Every third change is by the author of the edits that reach the room now, the others are by somebody else.
        private static func commit(_ change: TextChange, to history: inout RoomHistory) {
            let isOwn = history.revision.rawValue.isMultiple(of: 3)
            history.commit(change, by: ClientID(isOwn ? "author" : "somebody else"))
        }

        private static func held(in history: RoomHistory) -> [Revision] {
            (0...history.revision.rawValue).map { Revision($0) }.filter { history.changes(since: $0) != nil }
        }

        private static func makePast(
            of start: TextBuffer, from random: inout TextSource
        ) -> (past: [TextChange], history: RoomHistory) {
            var history = RoomHistory(revision: .zero, text: start, limits: limits)
            var past: [TextChange] = []
            for _ in 0..<random.number(below: 12) {
                let change = random.change(of: history.text)
                commit(change, to: &history)
                past.append(change)
            }
            return (past, history)
        }
    }
}
