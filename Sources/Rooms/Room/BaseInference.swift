import CollabText
import ProviderKit

/// Works out what a member changed when it sends a whole text: which text it had on its screen when it wrote.
///
/// It was its own newest text, or one that it was sent since. Of these, the one that makes the change smallest is taken,
/// since people type little at a time; of equals, the newest.
struct BaseInference {
    let history: RoomHistory
    let screen: Screen

    /// A change, and what it was made on.
    struct Guess {
        /// The revision that `change` is to be made on.
        let base: Revision
        let change: TextChange
        /// The newest revision that the member had read.
        let read: Revision
    }

    /// How many revisions are tried, the newest first: fewer of a long text, since each is compared with it.
    private static func reach(for text: TextBuffer) -> Int {
        min(max((1 << 22) / max(text.count, 1), 2), 32)
    }

    /// What the member changed, when it does not say on which revision.
    ///
    /// - Parameter bound: the newest revision that the member may have read, if that is known.
    /// - Returns: nil when none of the texts that it may have had can be told any more.
    func guess(for text: TextBuffer, upTo bound: Revision?) -> Guess? {
        let newest = min(bound ?? history.revision, history.revision)
        // Who sends the same text again, after it was shown another, means it.
        if let overruled = screen.overruled, overruled.revision <= newest, overruled.text == text {
            return history.text(at: overruled.revision).map { Guess(text, on: $0, at: overruled.revision) }
        }
        var own = screen.own
        var best: Guess?
        var smallest = Int.max
        func consider(_ guess: Guess?, _ size: Int?) {
            guard let guess, let size, size < smallest else { return }
            (best, smallest) = (guess, size)
        }
        let oldest = max(own?.base.next ?? screen.shown, newest.advanced(by: 1 - Self.reach(for: text)))
        history.forEachText(from: newest, downTo: oldest) { revision, candidate in
            if let mine = own, revision < mine.revision || (revision == mine.revision && mine.merge == nil) {
                let (guess, size) = self.guess(text, on: mine)
                consider(guess, size)
                own = nil
                if revision == mine.revision { return smallest > 0 }
            }
            let guess = Guess(text, on: candidate, at: revision)
            consider(guess, guess.change.size)
            return smallest > 0
        }
        if let mine = own, smallest > 0 {
            let (guess, size) = self.guess(text, on: mine)
            consider(guess, size)
        }
        return best
    }

    /// What the member changed, when it names the newest revision that it was sent.
    ///
    /// - Returns: nil when the text at that revision cannot be told.
    func guess(for text: TextBuffer, told revision: Revision) -> Guess? {
        // It is not told what became of its own text, and has gone on from there.
        if let own = screen.own, revision <= own.base, revision < own.revision { return guess(text, on: own).guess }
        return history.text(at: revision).map { Guess(text, on: $0, at: revision) }
    }

    /// The change from the member's own newest text, and how large it was before it was merged as that text had been.
    private func guess(_ text: TextBuffer, on own: Screen.OwnText) -> (guess: Guess?, size: Int?) {
        guard let result = history.text(at: own.revision) else { return (nil, nil) }
        guard let merge = own.merge else {
            let guess = Guess(text, on: result, at: own.revision)
            return (guess, guess.change.size)
        }
        let change = TextChange.difference(from: result.applying(merge.back), to: text)
        let merged = change.transformed(over: merge.forth)
        return (Guess(base: own.revision, change: merged, read: own.base), change.size)
    }
}

extension BaseInference.Guess {
    fileprivate init(_ text: TextBuffer, on seen: TextBuffer, at revision: Revision) {
        self.init(base: revision, change: .difference(from: seen, to: text), read: revision)
    }
}

extension TextChange {
    /// How many code units go or come.
    fileprivate var size: Int {
        replacements.reduce(0) { $0 + $1.range.count + $1.insert.count }
    }
}
