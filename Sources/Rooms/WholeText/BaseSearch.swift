import CollabText
import ProviderKit

/// Finds the text that a client had before it when it typed what it sends now.
///
/// Of all texts that it may have had, that is the one on which it typed least: see ``TextChange/effort(on:)``. That is measured
/// in the client's own form.
struct BaseSearch {
    /// A text that the client may have had.
    struct Base {
        /// The revision on which the text was made, or that it is.
        let revision: Revision
        /// The client's own text, when it is that.
        let own: OwnText?
        /// The text in the room's form.
        let source: TextBuffer
        /// The text as the client shows it.
        let formed: FormedText
        /// From an own text to the room's at `revision`; nil when they are the same.
        let forth: TextChange?
    }

    /// A text that the client may have had, and the typing that then led to the one that it sends.
    struct Match {
        let base: Base
        /// A change of the shown text.
        let typing: TextChange
        /// The effort of the typing; 0 when nothing was typed.
        let effort: Int
        /// The oldest revision that would do as well; nil when the client's own text would.
        var oldest: Revision?
        /// Whether all texts were tried that the room ever had.
        var isOfAll = false

        /// Whether so much of the text was kept that it is most likely the one that was typed on.
        var isCredible: Bool {
            let kept = typing.replacements.reduce(base.formed.text.count) { $0 - $1.range.count }
            return kept > 0 && kept * 4 >= typing.resultLength
        }

        /// Whether the client typed or deleted in one place.
        var isTypedInOnePlace: Bool {
            typing.replacements.count <= 1
                && typing.replacements.allSatisfy { $0.range.isEmpty || $0.insert.isEmpty }
        }

        /// Whether a match that takes this effort at first sight may take less than this one when it is looked at closely.
        func mayBeBeaten(by effort: Int) -> Bool {
            // Nothing is as likely as a key or two in one place.
            !(isTypedInOnePlace && self.effort <= 8) && effort / 4 <= self.effort
        }

        /// Whether everything that is shown was kept.
        var takesNothing: Bool { typing.replacements.allSatisfy(\.range.isEmpty) }

        /// Whether some of the typing may be the client's form.
        ///
        /// - Parameter isKnown: whether something of the form is known already.
        func mayShowForm(isKnown: Bool) -> Bool {
            typing.replacements.contains { replacement in
                let isShown =
                    isKnown
                    ? replacement.insert.contains(where: TextForm.Unit.isRewritten)
                    : replacement.insert.contains(where: TextForm.Unit.isAdded)
                return isShown || base.formed.text[replacement.range].contains(where: TextForm.Unit.isRewritten)
            }
        }
    }

    /// A text that differs in more than one place, most likely, and is compared closely later.
    private struct Prospect {
        let base: Base
        /// No less is typed than that.
        let leastEffort: Int
    }

    private let text: TextBuffer
    private let form: TextForm
    private let history: RoomHistory
    /// Whether typing may be found in one piece that is in several.
    private let isRough: Bool
    private var best: Match?
    /// The oldest revision that was looked at.
    private var oldestTried: Revision?
    private var prospects: [Prospect] = []
    /// The number of code units that may still be compared.
    private var budget = 8 << 20

    /// The number of texts that are compared closely whose difference is in more than one place.
    private static let closeLooks = 8...40
    /// The number of pairs of code units that are compared for that.
    private static let mostCells = 1 << 18

    /// Finds the best match among an own text and texts of the room.
    ///
    /// - Parameter isRough: whether typing may be found in one piece that is in several.
    /// - Returns: nil when none of them can be told any more.
    static func match(
        for text: TextBuffer, _ form: TextForm, on own: OwnText?, _ revisions: ClosedRange<Revision>?,
        _ history: RoomHistory, isRough: Bool
    ) -> Match? {
        var search = BaseSearch(text: text, form: form, history: history, isRough: isRough)
        if let own { search.tryOwn(own) }
        if let revisions { search.tryRevisions(from: revisions.upperBound, downTo: revisions.lowerBound) }
        return search.finish()
    }

    private init(text: TextBuffer, form: TextForm, history: RoomHistory, isRough: Bool) {
        self.text = text
        self.form = form
        self.history = history
        self.isRough = isRough
    }

    /// Tries the text that the client sent last.
    private mutating func tryOwn(_ own: OwnText) {
        if let base = own.base(in: history, form) { consider(base) }
    }

    /// Tries texts of the room, from the newest to the oldest, as far as they are held.
    private mutating func tryRevisions(from newest: Revision, downTo oldest: Revision) {
        history.forEachText(from: newest, downTo: oldest) { revision, text in
            guard budget > 0 else { return }
            oldestTried = revision
            guard !form.isVerbatim || mayMatch(text.count) else { return }
            consider(
                Base(revision: revision, own: nil, source: text, formed: form.applied(to: text), forth: nil))
        }
    }

    /// Looks closely at what is left to look at.
    ///
    /// - Returns: the best match; nil when there is no text that the client may have had.
    private mutating func finish() -> Match? {
        var cells = Self.mostCells
        for prospect in prospects where prospect.leastEffort <= best?.effort ?? .max {
            let shown = prospect.base.formed.text
            var typing = TextChange.difference(from: shown, to: text)
            let effort = typing.effort(on: shown)
            if effort > prospect.leastEffort, best.map({ $0.mayBeBeaten(by: effort) }) ?? true {
                typing = TextAlignment.difference(from: shown, to: text, cells: &cells)
            }
            submit(prospect.base, typing)
        }
        best?.isOfAll = oldestTried == .zero
        return best
    }

    /// The number of texts that are compared closely, so that long ones take no longer than many short ones.
    private var closeLooks: Int {
        min(max((1 << 20) / (text.count + 1), Self.closeLooks.lowerBound), Self.closeLooks.upperBound)
    }

    /// Whether a text of this length may match as well as the best one.
    private func mayMatch(_ count: Int) -> Bool {
        best.map { abs(count - text.count) <= $0.effort } ?? true
    }

    private mutating func consider(_ base: Base) {
        let shown = base.formed.text
        guard mayMatch(shown.count) else { return }
        budget -= base.source.count + 256
        let typing = TextChange.replacement(of: shown, with: text)
        guard !isRough, let span = typing.replacements.first, !span.range.isEmpty, !span.insert.isEmpty else {
            return submit(base, typing)
        }
        let prospect = Prospect(base: base, leastEffort: max(abs(shown.count - text.count), 2))
        // Of equals, the newer ones come first: those that were tried before.
        let index = prospects.firstIndex { $0.leastEffort > prospect.leastEffort } ?? prospects.count
        prospects.insert(prospect, at: index)
        if prospects.count > closeLooks { prospects.removeLast() }
    }

    private mutating func submit(_ base: Base, _ typing: TextChange) {
        let match = Match(
            base: base, typing: typing, effort: typing.effort(on: base.formed.text),
            oldest: base.own == nil ? base.revision : nil)
        guard let other = best, other.effort <= match.effort else {
            best = match
            return
        }
        guard other.effort == match.effort else { return }
        // Of equals, the newest counts; that the client has read it, is not certain.
        let isNewer = base.own == nil && (other.base.own != nil || other.base.revision < base.revision)
        var winner = isNewer ? match : other
        if let first = match.oldest, let second = other.oldest {
            winner.oldest = min(first, second)
        } else {
            winner.oldest = nil
        }
        best = winner
    }
}

extension TextChange {
    /// The effort of typing the change of a text: the code units that go or come.
    ///
    /// When something is taken away, each place costs something more, and a place where it is replaced much more: people rarely
    /// do that in one message, while two texts that were typed one after another often have letters in common, so that one
    /// seems to replace the other. A place where only the form is another counts for its units alone.
    func effort(on text: TextBuffer) -> Int {
        var (units, places, replaced) = (0, 0, 0)
        var takes = false
        for replacement in replacements {
            units += replacement.range.count + replacement.insert.count
            if replacement.isOfForm(in: text) { continue }
            places += 1
            guard !replacement.range.isEmpty else { continue }
            takes = true
            if !replacement.insert.isEmpty { replaced += 1 }
        }
        return units + (takes ? 4 * places + 16 * replaced : 0)
    }

    /// The memory that the change takes, in code units: its text, and what surrounds each piece of it.
    var cost: Int { insertedCount + 32 * replacements.count }
}

extension TextChange.Replacement {
    /// Whether blanks, line ends or the composition of characters are all that it changes.
    fileprivate func isOfForm(in text: TextBuffer) -> Bool {
        guard range.count <= 64, insert.count <= 64 else { return false }
        let removed = range.isEmpty ? [] : text[range]
        // Most replacements are of letters alone.
        guard [removed, insert].contains(where: { $0.contains(where: TextForm.Unit.isRewritten) }) else { return false }
        let letters = [removed, insert].map { units in
            String(decoding: units.filter { !TextForm.Unit.isSpacing($0) }, as: UTF16.self)
        }
        return letters[0] == letters[1]
    }
}
