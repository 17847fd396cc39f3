import CollabText
import ProviderKit

/// Works out what a member changed when it sends a whole text: which text it had on its screen when it wrote.
///
/// It was its own newest text, or one that it was sent since. Of these, the one that makes the change smallest is taken,
/// since people type little at a time; of equals, the newest.
struct BaseInference {
    let history: RoomHistory
    let screen: Screen
    /// Whether an own text that was merged is one that the next may be made on; otherwise such a text was refused.
    let mergesOwn: Bool

    /// A change, and what it was made on.
    struct Guess {
        /// The revision that `change` is to be made on.
        let base: Revision
        let change: TextChange
        /// The newest revision that the member had read.
        let read: Revision
        /// How much the member changed, in code units, before that was merged as its own text had been.
        let size: Int
        /// Whether it was made on a text of the member's that was refused.
        var isOverruled = false
    }

    /// A text that the member may have had on its screen.
    private enum Candidate {
        case own(Screen.OwnText)
        case overruled(Screen.Overruled)
        case revision(Revision, TextBuffer)
    }

    /// How many revisions are tried, the newest first.
    private static let reach = 32
    /// How many of the candidates that differ least at first sight are looked at closely.
    private static let closeLooks = 3

    /// What the member changed, when it does not say on which revision.
    ///
    /// - Returns: nil when none of the texts that it may have had can be told any more.
    func guess(for text: TextBuffer, _ receipt: ReadReceipt) -> Guess? {
        let newest = min(receipt.upTo ?? history.revision, history.revision)
        // Who sends the same text again, after it was shown another, means it.
        if let overruled = screen.overruled, !receipt.hasUnread, overruled.revision <= newest, overruled.text == text {
            return history.text(at: overruled.revision).map { Guess(text, on: $0, at: overruled.revision) }
        }
        return likeliest(candidates(upTo: newest, receipt), for: text)
            .compactMap { guess(text, on: $0) }.min { $0.size < $1.size }
    }

    /// The candidates that differ least from the text at first sight, the newest first.
    private func likeliest(_ candidates: [Candidate], for text: TextBuffer) -> [Candidate] {
        guard candidates.count > Self.closeLooks else { return candidates }
        let spans = candidates.map { span(of: text, over: $0) ?? .max }
        let closest = candidates.indices.sorted { (spans[$0], $0) < (spans[$1], $1) }.prefix(Self.closeLooks)
        return closest.sorted().map { candidates[$0] }
    }

    /// What the member changed, when it names the newest revision that it was sent.
    ///
    /// - Returns: nil when the text at that revision cannot be told.
    func guess(for text: TextBuffer, told revision: Revision) -> Guess? {
        // It is not told what became of its own text, and has gone on from there.
        if let own = screen.own, revision <= own.base, revision < own.revision { return guess(text, on: .own(own)) }
        return history.text(at: revision).map { Guess(text, on: $0, at: revision) }
    }

    /// The texts that the member may have had, the newest first.
    private func candidates(upTo newest: Revision, _ receipt: ReadReceipt) -> [Candidate] {
        let certain = receipt.from
        // What it has certainly read since has taken the place of its own text.
        var own = screen.own.flatMap { own in certain.map { own.revision < $0 } ?? false ? nil : own }
        var candidates: [Candidate] = []
        // It may type on in a text that was refused, as long as it has not seen that.
        if !mergesOwn, receipt.hasUnread, let overruled = screen.overruled { candidates.append(.overruled(overruled)) }
        let oldest = max(
            screen.own?.base.next ?? screen.shown, certain ?? .zero, newest.advanced(by: 1 - Self.reach))
        history.forEachText(from: newest, downTo: oldest) { revision, text in
            if let mine = own, revision <= mine.revision {
                own = nil
                // A text that was not merged is the one at its revision.
                if revision == mine.revision, mine.merge != nil { candidates.append(.revision(revision, text)) }
                candidates.append(.own(mine))
                if revision < mine.revision { candidates.append(.revision(revision, text)) }
            } else {
                candidates.append(.revision(revision, text))
            }
        }
        if let own { candidates.append(.own(own)) }
        return candidates
    }

    /// How much would go or come if a candidate were replaced in one piece; nil when it cannot be told.
    private func span(of text: TextBuffer, over candidate: Candidate) -> Int? {
        self.text(of: candidate).map { TextChange.replacement(of: $0, with: text).size }
    }

    private func text(of candidate: Candidate) -> TextBuffer? {
        switch candidate {
        case .revision(_, let text): text
        case .overruled(let overruled): overruled.text
        case .own(let own):
            history.text(at: own.revision).map { result in own.merge.map { result.applying($0.back) } ?? result }
        }
    }

    private func guess(_ text: TextBuffer, on candidate: Candidate) -> Guess? {
        guard let seen = self.text(of: candidate) else { return nil }
        switch candidate {
        case .revision(let revision, _):
            return Guess(text, on: seen, at: revision)
        case .overruled(let overruled):
            var guess = Guess(text, on: seen, at: overruled.revision)
            guess.isOverruled = true
            return guess
        case .own(let own):
            let guess = Guess(text, on: seen, at: own.revision)
            guard let merge = own.merge else { return guess }
            let merged = guess.change.transformed(over: merge.forth)
            return Guess(base: own.revision, change: merged, read: own.base, size: guess.size)
        }
    }
}

extension BaseInference.Guess {
    fileprivate init(_ text: TextBuffer, on seen: TextBuffer, at revision: Revision) {
        let change = TextChange.difference(from: seen, to: text)
        self.init(base: revision, change: change, read: revision, size: change.size)
    }
}

extension TextChange {
    /// How many code units go or come.
    fileprivate var size: Int {
        replacements.reduce(0) { $0 + $1.range.count + $1.insert.count }
    }
}
