import CollabText
package import ProviderKit

extension RoomState {
    /// Takes an edit, as the policy decides.
    ///
    /// What comes back says who must be told what; an edit that changes nothing makes no revision, so that clients that
    /// send back what they receive cannot keep a room busy.
    ///
    /// - Parameter obstacle: why nothing new can be taken at present; what was taken before is recognized all the same.
    package mutating func receive(
        _ submission: Submission, from author: ClientID, at time: Timestamp, obstacle: Refusal? = nil
    ) -> EditOutcome {
        if let id = submission.id, let revision = repeated(id, by: author) { return .repeated(revision) }
        if let obstacle { return .refused(obstacle) }
        switch submission.content {
        case .changes(let replacements): return receive(replacements, of: submission, from: author, at: time)
        case .text(let text): return receive(text, of: submission, from: author, at: time)
        }
    }

    /// The revision that an edit led to when it was taken before.
    private mutating func repeated(_ id: EditID, by author: ClientID) -> Revision? {
        let isReturning = members[author]?.mayRepeat ?? false
        let revision = applied.revision(of: id, by: author, searchingAll: isReturning)
        // What was lost with a connection is sent again first, and in order.
        if isReturning, revision == nil { members[author]?.mayRepeat = false }
        return revision
    }

    // MARK: Changes

    private mutating func receive(
        _ replacements: [TextChange.Replacement], of submission: Submission, from author: ClientID, at time: Timestamp
    ) -> EditOutcome {
        let base = toldRevision(submission.base) ?? (policy.staleEdits == .refuse ? nil : history.revision)
        guard let base, let length = history.length(at: base), base >= members[author]?.floor ?? .zero else {
            return .refused(conflict(since: base, for: submission))
        }
        do throws(TextChangeError) {
            let change = try TextChange(baseLength: length, replacements: replacements)
            let isNewest = base == history.revision
            let edit = ProposedEdit(author: author, base: base, content: .change(change))
            let canTellText = isNewest || policy.staleEdits == .transform
            switch decide(edit, of: submission, at: time) {
            case .made(let change): return .committed(change, authorHasText: canTellText)
            case .unneeded: return .unchanged(authorHasText: canTellText)
            case .refused(let refusal): return .refused(refusal)
            }
        } catch {
            return .refused(Refusal(.invalid, detail: "\(error)"))
        }
    }

    // MARK: Whole texts

    private mutating func receive(
        _ text: TextBuffer, of submission: Submission, from author: ClientID, at time: Timestamp
    ) -> EditOutcome {
        guard let member = members[author] else {
            let edit = ProposedEdit(author: author, base: toldRevision(submission.base), content: .text(text))
            return outcome(of: decide(edit, of: submission, at: time), authorHasText: text == history.text)
        }
        var view = member.view ?? ClientView(joined: member.joined)
        defer { members[author]?.view = view }
        let reading = view.read(text, submission.base, in: history, policy.staleEdits)
        let newestSent = max(newestRevision(notBy: author), member.floor)
        if let reading, reading.isEcho, !reading.goesOnFromRefused {
            let hasText = view.didEcho(reading, text, submission.base, in: history, newestSent: newestSent)
            return .unchanged(authorHasText: hasText)
        }
        if text == history.text {
            view.didTypeTheSame(text, submission.base, in: history)
            return .unchanged(authorHasText: true)
        }
        let decision = decide(text, reading, of: submission, from: author, at: time)
        switch (decision, reading) {
        case (.made, let reading?), (.unneeded, let reading?):
            let hasText = view.didTake(reading, text, submission.base, in: history, newestSent: newestSent)
            return outcome(of: decision, authorHasText: hasText)
        case (.made, nil), (.unneeded, nil):
            view.didTypeTheSame(text, submission.base, in: history)
            return outcome(of: decision, authorHasText: false)
        case (.refused(let refusal), _):
            if refusal.reason == .conflict { view.didRefuse(reading, text, submission.base, in: history) }
            return .refused(refusal)
        }
    }

    private mutating func decide(
        _ text: TextBuffer, _ reading: WholeTextReading?, of submission: Submission, from author: ClientID,
        at time: Timestamp
    ) -> Decision {
        if policy.staleEdits == .overwrite {
            let edit = ProposedEdit(
                author: author, base: reading?.match.base.revision, content: .text(reading?.result ?? text))
            return decide(edit, of: submission, at: time)
        }
        // A text that nobody can make sense of would take back what others did.
        guard let reading else { return .refused(Refusal(.conflict)) }
        if reading.goesOnFromRefused { return .refused(Refusal(.conflict)) }
        if reading.change.isIdentity { return .unneeded }
        let edit = ProposedEdit(author: author, base: reading.match.base.revision, content: .change(reading.change))
        return decide(edit, of: submission, at: time)
    }

    private func outcome(of decision: Decision, authorHasText: Bool) -> EditOutcome {
        switch decision {
        case .made(let change): .committed(change, authorHasText: authorHasText)
        case .unneeded: .unchanged(authorHasText: authorHasText)
        case .refused(let refusal): .refused(refusal)
        }
    }

    private func toldRevision(_ base: Submission.Base) -> Revision? {
        switch base {
        case .revision(let revision): revision
        case .newest: history.revision
        case .inferred, .unknown: nil
        }
    }

    // MARK: Decisions

    private enum Decision {
        case made(RoomChange)
        /// The text stands as the author wants it.
        case unneeded
        case refused(Refusal)
    }

    /// Asks the policy, and makes the change that it wants.
    private mutating func decide(_ edit: ProposedEdit, of submission: Submission, at time: Timestamp) -> Decision {
        guard isAffordable(edit) else { return .refused(conflict(since: edit.base, for: submission)) }
        switch policy.resolve(edit, against: history) {
        case .unchanged:
            return .unneeded
        case .reject:
            return .refused(conflict(since: edit.base, for: submission))
        case .apply(let change):
            if change.isIdentity { return .unneeded }
            if let refusal = refusalAtTheEnd ?? refusal(of: change) { return .refused(refusal) }
            return .made(commit(change, by: edit.author, named: submission.id, at: time))
        }
    }

    private mutating func commit(
        _ change: TextChange, by author: ClientID, named id: EditID?, at time: Timestamp
    ) -> RoomChange {
        if newestRun?.author != author { newestRun = (author, history.revision) }
        history.commit(change, by: author)
        if let id { applied.insert(id, by: author, at: history.revision) }
        loggedUnits += change.insertedCount
        updatedAt = time
        rebaseSelections()
        return RoomChange(revision: history.revision, author: author, id: id, at: time, change: change)
    }

    /// Whether an edit is not in too many places for how old it is: each of them is moved over each change since.
    private func isAffordable(_ edit: ProposedEdit) -> Bool {
        guard case .change(let change) = edit.content, let base = edit.base, base < history.revision else {
            return true
        }
        let age = history.revision.changes(since: base)
        let moves = age.multipliedReportingOverflow(by: change.replacements.count + 1)
        return !moves.overflow && moves.partialValue <= 100_000
    }

    /// Why no change can be made at all; nil as long as there is a next revision.
    private var refusalAtTheEnd: Refusal? {
        guard history.revision >= .largest else { return nil }
        return Refusal(.tooLarge, detail: "the room is at revision \(Revision.largest), the last that there is")
    }

    /// Why a change of the newest text cannot be made, whatever the policy says.
    private func refusal(of change: TextChange) -> Refusal? {
        // A policy may come from anybody, and what it answers is looked at before anything is done with it.
        guard change.baseLength == history.text.count else {
            return Refusal(.invalid, detail: "the conflict policy answered with a change of another text")
        }
        if change.breaksPairs(in: history.text) {
            return Refusal(.invalid, detail: "it would leave half a surrogate pair, or U+0000, in the text")
        }
        // A code unit takes three bytes at the most, so that most changes need no counting.
        if change.resultLength * 3 > limits.document {
            let size = history.utf8Count(applying: change)
            if size > limits.document, size > history.utf8Count {
                return Refusal(
                    .tooLarge, detail: "the text would take \(size) bytes of UTF-8; the limit is \(limits.document)")
            }
        }
        return nil
    }

    /// How many changes, in how many places, are put together for an author that was refused; who missed more gets the
    /// text.
    private static let longestCatchUp = (changes: 64, places: 1_000)

    private func conflict(since base: Revision?, for submission: Submission) -> Refusal {
        // Who gives its edits no names gets the text anyway.
        guard submission.id != nil, let entries = base.flatMap(history.entries(since:)),
            entries.count <= Self.longestCatchUp.changes,
            entries.reduce(0, { $0 + $1.change.replacements.count }) <= Self.longestCatchUp.places
        else { return Refusal(.conflict) }
        let missed = entries.dropFirst().reduce(entries.first?.change) { $0?.composed(with: $1.change) }
        return Refusal(.conflict, missed: missed ?? .identity(length: history.text.count))
    }
}
