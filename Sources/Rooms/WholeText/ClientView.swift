import CollabText
import ProviderKit

/// The text that a client shows that sends whole texts, as far as a room can tell: its shadow, after N. Fraser, *Differential
/// Synchronization* (2009).
///
/// Such a client does not say what it changed, nor on which text. It shows one of the texts that it was sent, in a form of
/// its own, or the text that it sent last; and it types on in that. A view remembers which texts these can be, learns the
/// form, and tells what was typed: ``read(_:_:in:_:)``. What became of the edit is then noted in the view.
struct ClientView: Sendable {
    private let joined: Revision
    private var form = TextForm()
    /// The text that the client sent last; nil when it shows a text that it was sent.
    private var own: OwnText?
    /// The newest revision that the client has certainly shown; nil for a new connection, which may still show what it had
    /// before.
    private var shown: Revision?
    /// The newest revision that the client's library had read when it wrote last.
    private var readWhenWriting: Revision?
    /// Set when the text that the client sent last cannot be told: what it goes on from must be at least this revision.
    private var lostSince: Revision?
    /// A revision that the client may read only now, though it has shown that text before: the one that it was sent when it
    /// came in, if it had the same from an earlier connection, or one that it was sent twice.
    private var resent: Revision?
    private var isResentTwice = false
    /// The newest revision that it was sent as a text of its own.
    private var lastReceived: Revision?
    private var overruled: Overruled?
    /// The number of times that the client sent back what it had just received.
    private var echoCount = 0
    private var finalNewline = FinalNewline()

    /// A text that was not taken, after which the client was sent the room's.
    private struct Overruled {
        let fingerprint: Int
        let revision: Revision
    }

    /// The knowledge of a line end at the end of the text: a form may add or remove one, and people do, too.
    private struct FinalNewline {
        /// Whether the client has shown a text that ends without one, and one that ends with one, as they were.
        var isKept: [Bool: Bool] = [:]
        /// Whether one was taken for typing that may belong to the form.
        var isSuspected = false
    }

    /// - Parameter joined: the revision that the client was sent when it came in.
    init(joined: Revision) {
        self.joined = joined
        resent = joined
    }

    /// Notes that the client is sent the room's text.
    ///
    /// - Parameter isOwn: whether the client made that revision: else it was sent that before, as an update.
    mutating func willReceive(_ revision: Revision, isOwn: Bool) {
        if !isOwn || revision == lastReceived { (resent, isResentTwice) = (revision, true) }
        lastReceived = revision
    }

    // MARK: Reading

    /// Finds out what a client typed.
    ///
    /// - Returns: nil when the text on which it typed cannot be told.
    mutating func read(
        _ text: TextBuffer, _ base: Submission.Base, in history: RoomHistory, _ staleEdits: StaleEdits
    ) -> WholeTextReading? {
        var candidates = candidates(for: text, base, history, staleEdits)
        candidates.isRough = staleEdits == .overwrite
        guard let first = search(text, candidates, form, own, history) else { return nil }
        let match = first.effort > 0 ? learnForm(from: first, text, candidates, history) : first
        if let lostSince, match.base.revision < lostSince { return nil }
        if candidates.isNew, candidates.likely == nil, match.base.revision >= joined, !match.isOfAll,
            !match.takesNothing
        {
            // It may be made on a text that is not known any more, and would take back others' work.
            return nil
        }
        noteFinalNewline(of: match, text)
        noteResent(of: match, base)
        return WholeTextReading(match, text, convertsLineEnds: form.lineEnd != nil)
    }

    /// The texts that a client may have had before it.
    private struct Candidates {
        var newest: Revision
        var oldest: Revision
        /// Whether it may show the text that it sent last.
        var includesOwn = false
        /// A text that the client has most likely read since it wrote last.
        var likely: Revision?
        /// Whether the client may show a text from before it came in.
        var isNew = false
        /// Whether all that matters is whether something was typed, as the text stands whatever it was made on.
        var isRough = false

        /// The texts that it was sent and may not have typed on yet; nil when there are none.
        var revisions: ClosedRange<Revision>? { oldest <= newest ? oldest...newest : nil }
    }

    private func candidates(
        for text: TextBuffer, _ base: Submission.Base, _ history: RoomHistory, _ staleEdits: StaleEdits
    ) -> Candidates {
        switch base {
        case .revision(let told):
            // It is not told what became of its own text, and has gone on from there.
            if let own, told <= shown ?? joined, told < own.revision {
                return Candidates(newest: told, oldest: told.next, includesOwn: true)
            }
            return Candidates(newest: told, oldest: told)
        case .newest, .unknown:
            return Candidates(newest: history.revision, oldest: history.revision)
        case .inferred(let receipt):
            let newest = min(receipt.upTo ?? history.revision, history.revision)
            // Who sends the same text again, after it was shown another, means it.
            if let overruled, !isEchoing, !receipt.hasUnread, overruled.revision <= newest,
                overruled.fingerprint == text.hashValue
            {
                return Candidates(newest: overruled.revision, oldest: overruled.revision)
            }
            let certain = receipt.from ?? .zero
            let likely = receipt.read.flatMap { $0 > (readWhenWriting ?? .zero) && $0 >= joined ? $0 : nil }
            guard let shown = shown ?? receipt.from.flatMap({ $0 >= joined ? $0 : nil }) else {
                let isNew = staleEdits != .overwrite
                return Candidates(
                    newest: max(newest, joined), oldest: isNew ? .zero : joined, likely: likely, isNew: isNew)
            }
            let oldest = max(own == nil ? shown : min(shown.next, resent ?? .largest), certain)
            return Candidates(newest: newest, oldest: oldest, includesOwn: certain <= shown, likely: likely)
        }
    }

    private func search(
        _ text: TextBuffer, _ candidates: Candidates, _ form: TextForm, _ own: OwnText?, _ history: RoomHistory
    ) -> BaseSearch.Match? {
        let isRough = candidates.isRough && form.isVerbatim
        let match = BaseSearch.match(
            for: text, form, on: candidates.includesOwn ? own : nil, candidates.revisions, history, isRough: isRough)
        guard let match else { return nil }
        if match.base.own?.isRefused ?? false {
            // A text that keeps all that the client was sent instead was made on that.
            let other = BaseSearch.match(for: text, form, on: nil, candidates.revisions, history, isRough: isRough)
            return other.flatMap { $0.takesNothing ? $0 : nil } ?? match
        }
        let isFromBefore = candidates.isNew && match.base.revision < joined
        if isFromBefore, match.isCredible { return match }
        if let likely = candidates.likely, likely <= candidates.newest,
            match.base.own != nil || match.base.revision < likely,
            match.effort > 0 || isFromBefore,
            !(match.isCredible && (match.isTypedInOnePlace || match.takesNothing || candidates.isNew))
        {
            // Of a text that was replaced nothing tells which it was, but for what was read.
            var other = BaseSearch.match(
                for: text, form, on: nil, likely...candidates.newest, history, isRough: isRough)
            other?.isOfAll = match.isOfAll
            return other ?? match
        }
        return match
    }

    private mutating func noteResent(of match: BaseSearch.Match, _ base: Submission.Base) {
        guard let revision = resent else { return }
        switch base {
        case .inferred(let receipt):
            let hasShownNewer = match.oldest.map { $0 > revision } ?? false
            let hasRead = receipt.read.map { $0 >= revision } ?? false
            let hasShown = hasRead && match.oldest.map { $0 >= revision } ?? false
            if hasShownNewer || (hasRead && !receipt.hasUnread) || (hasShown && !isResentTwice) { resent = nil }
        case .revision(let told): if told > revision { resent = nil }
        case .newest, .unknown: break
        }
        if resent == nil { isResentTwice = false }
    }

    // MARK: Learning the form

    /// Whether the client sends back what it receives.
    private var isEchoing: Bool { echoCount >= 3 }

    /// Takes what differs by its form alone for no typing, if that is what it looks like.
    private mutating func learnForm(
        from match: BaseSearch.Match, _ text: TextBuffer, _ candidates: Candidates, _ history: RoomHistory
    ) -> BaseSearch.Match {
        // What seems to be typed on an older text may be the newest one in another form.
        let isOlder = match.base.own != nil || match.base.revision < candidates.newest
        guard candidates.revisions != nil, match.mayShowForm(isKnown: !form.isVerbatim || isOlder) else { return match }
        var sources = match.base.own == nil ? [match.base.source] : []
        if isOlder, let newest = history.text(at: candidates.newest) { sources.append(newest) }
        let comparisons = FormComparison.of(sources, with: text)
        var best = match
        for includesFinalNewline in [false, true] {
            for comparison in comparisons where best.effort > 0 {
                if includesFinalNewline, !mayRewriteFinalNewline(of: best) { continue }
                let learned = form.learned(from: comparison, includesFinalNewline: includesFinalNewline)
                for aspect in TextForm.aspects {
                    best = adopt(aspect(form, learned), ifBetterThan: best, text, candidates, history)
                }
                best = adopt(learned, ifBetterThan: best, text, candidates, history)
            }
        }
        return best
    }

    private mutating func adopt(
        _ trial: TextForm, ifBetterThan best: BaseSearch.Match, _ text: TextBuffer, _ candidates: Candidates,
        _ history: RoomHistory
    ) -> BaseSearch.Match {
        if trial == form { return best }
        let own = own.flatMap { $0.reformed(from: form, to: trial, in: history) }
        guard let match = search(text, candidates, trial, own, history), match.effort < best.effort else { return best }
        (form, self.own) = (trial, own)
        return match
    }

    /// Whether a line end more or less at the end of the text may belong to the form: one alone is what people type, unless
    /// the client sends back what it receives.
    private func mayRewriteFinalNewline(of match: BaseSearch.Match) -> Bool {
        if finalNewline.isKept[match.base.source.endsWithLineEnd] ?? false { return false }
        return match.typing.replacements.count > 1 || finalNewline.isSuspected || echoCount > 0
    }

    private mutating func noteFinalNewline(of match: BaseSearch.Match, _ text: TextBuffer) {
        guard match.base.own == nil else { return }
        let hasOne = match.base.source.endsWithLineEnd
        if hasOne == text.endsWithLineEnd {
            finalNewline.isKept[hasOne] = true
            finalNewline.isSuspected = false
        } else if let replacement = match.typing.replacements.first, match.typing.replacements.count == 1 {
            let units = match.base.formed.text[replacement.range] + replacement.insert
            finalNewline.isSuspected = units.allSatisfy(TextForm.Unit.isLineEnd)
        }
    }

    // MARK: Noting what became of it

    /// Notes that a text was taken, or that it changed nothing.
    ///
    /// - Parameter newestSent: the newest revision that the client was sent.
    /// - Returns: whether the client will show the room's text without being sent it.
    mutating func didTake(
        _ reading: WholeTextReading, _ text: TextBuffer, _ base: Submission.Base, in history: RoomHistory,
        newestSent: Revision
    ) -> Bool {
        let hasRead = hasRead(base, newestSent, reading.match)
        noteShown(reading.match)
        overruled = nil
        let unseen = reading.unseen(in: history)
        noteOwn(text, reading.result, unseen, base, at: history.revision)
        guard unseen == nil, hasRead else { return false }
        // What else the client shows must be of its form, such as blanks that it will strip.
        return own?.residue == nil || FormedText(aligning: text, with: reading.result) != nil
    }

    /// Whether nothing that the client was sent is still on its way, to take the place of what it wrote.
    private func hasRead(_ base: Submission.Base, _ newestSent: Revision, _ match: BaseSearch.Match) -> Bool {
        var read = max(shown ?? .zero, match.oldest ?? .zero)
        if case .inferred(let receipt) = base {
            switch (receipt.read, receipt.hasUnread) {
            case (.some, false): return true
            case (nil, false): if match.base.own == nil { read = max(read, match.base.revision) }
            case (_, true): if resent != nil { return false }
            }
        }
        return read >= max(newestSent, joined)
    }

    /// Notes a text that the client sent back as it had received it, or sends a second time.
    ///
    /// - Returns: whether the client will show the room's text without being sent it.
    mutating func didEcho(
        _ reading: WholeTextReading, _ text: TextBuffer, _ base: Submission.Base, in history: RoomHistory,
        newestSent: Revision
    ) -> Bool {
        let isFromBefore = reading.match.base.revision < joined
        if reading.match.oldest != nil {
            if reading.match.base.revision > shown ?? joined.advanced(by: -1) { echoCount = min(echoCount + 1, 3) }
            noteShown(reading.match)
            own = nil
            lostSince = nil
        }
        if reading.match.base.source == history.text { return true }
        // What it has not read yet comes behind what it has sent back.
        if case .inferred(let receipt) = base, receipt.hasUnread, !isFromBefore { return true }
        if isEchoing || overruled?.revision == newestSent { return true }
        overruled = Overruled(fingerprint: text.hashValue, revision: history.revision)
        return false
    }

    /// Notes that the client has typed what the room has already.
    mutating func didTypeTheSame(_ text: TextBuffer, _ base: Submission.Base, in history: RoomHistory) {
        shown = shown ?? joined
        noteOwn(text, text, nil, base, at: history.revision)
    }

    /// Notes that a text was refused, and that the client is sent the room's.
    mutating func didRefuse(
        _ reading: WholeTextReading?, _ text: TextBuffer, _ base: Submission.Base, in history: RoomHistory
    ) {
        if let reading { noteShown(reading.match) }
        shown = shown ?? joined
        overruled = Overruled(fingerprint: text.hashValue, revision: history.revision)
        let result = reading?.result ?? text
        let unseen = TextChange.difference(from: history.text, to: result)
        noteOwn(text, result, unseen, base, at: history.revision, isRefused: true)
    }

    private mutating func noteShown(_ match: BaseSearch.Match) {
        if let oldest = match.oldest { shown = max(shown ?? oldest, oldest) }
    }

    /// Notes that the client now shows a text of its own.
    private mutating func noteOwn(
        _ text: TextBuffer, _ result: TextBuffer, _ unseen: TextChange?, _ base: Submission.Base,
        at revision: Revision, isRefused: Bool = false
    ) {
        readWhenWriting = base.read
        own = OwnText(text, result, unseen, at: revision, form, isRefused: isRefused)
        lostSince = own == nil ? revision : nil
    }
}

/// A text that a client sent, held as what it differs by from the room's.
struct OwnText: Sendable {
    /// Of the room's text that `unseen` is made on.
    let revision: Revision
    /// From the room's text to the client's in the room's form: takes back what the client had not seen. Nil when they are
    /// the same.
    let unseen: TextChange?
    /// From what the form predicts to what the client shows; nil when they are the same.
    let residue: TextChange?
    /// Whether the text was refused, so that all that goes on from it is.
    let isRefused: Bool

    /// The number of code units that may be held of what differs.
    private static let mostUnits = 1 << 16

    /// - Parameters:
    ///   - text: what the client shows.
    ///   - result: the same in the room's form.
    /// - Returns: nil when the text differs by too much.
    init?(
        _ text: TextBuffer, _ result: TextBuffer, _ unseen: TextChange?, at revision: Revision, _ form: TextForm,
        isRefused: Bool = false
    ) {
        let predicted = form.applied(to: result).text
        let residue = predicted == text ? nil : TextChange.difference(from: predicted, to: text)
        guard (unseen?.cost ?? 0) + (residue?.cost ?? 0) <= Self.mostUnits else { return nil }
        self.init(revision, unseen, residue, isRefused)
    }

    private init(_ revision: Revision, _ unseen: TextChange?, _ residue: TextChange?, _ isRefused: Bool) {
        self.revision = revision
        self.unseen = unseen
        self.residue = residue
        self.isRefused = isRefused
    }

    /// The text as one that the client may type on; nil when its revision is not held any more.
    func base(in history: RoomHistory, _ form: TextForm) -> BaseSearch.Base? {
        guard let roomText = history.text(at: revision) else { return nil }
        let source = unseen.map(roomText.applying) ?? roomText
        return BaseSearch.Base(
            revision: revision, own: self, source: source, formed: formed(source, form),
            forth: unseen.map { $0.inverted(over: roomText) })
    }

    private func formed(_ source: TextBuffer, _ form: TextForm) -> FormedText {
        let predicted = form.applied(to: source)
        guard let residue else { return predicted }
        let shown = predicted.text.applying(residue)
        // A text that does not align differs by more than its form, and is all of the room's form.
        return FormedText(aligning: shown, with: source) ?? FormedText(replacing: source, with: shown)
    }

    /// The same text, when the client turns out to have another form.
    func reformed(from old: TextForm, to new: TextForm, in history: RoomHistory) -> OwnText? {
        guard let base = base(in: history, old) else { return nil }
        return OwnText(base.formed.text, base.source, unseen, at: revision, new, isRefused: isRefused)
    }
}

extension Submission.Base {
    /// The newest revision that the author has read, as far as its library is concerned.
    fileprivate var read: Revision? {
        switch self {
        case .revision(let revision): revision
        case .inferred(let receipt): receipt.read
        case .newest, .unknown: nil
        }
    }
}

extension TextBuffer {
    /// Whether the last line is empty.
    fileprivate var endsWithLineEnd: Bool {
        !isEmpty && TextForm.Unit.isLineEnd(self[count - 1])
    }
}
