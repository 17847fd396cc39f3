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
        if let id = submission.id, let revision = applied.revision(of: id, by: author) { return .repeated(revision) }
        if let obstacle { return .refused(obstacle) }
        switch submission.content {
        case .changes(let replacements): return receive(replacements, of: submission, from: author, at: time)
        case .text(let text): return receive(text, of: submission, from: author, at: time)
        }
    }

    private mutating func receive(
        _ replacements: [TextChange.Replacement], of submission: Submission, from author: ClientID, at time: Timestamp
    ) -> EditOutcome {
        let base = toldRevision(submission.base) ?? (policy.staleEdits == .refuse ? nil : history.revision)
        guard let base, let length = history.length(at: base), base >= members[author]?.floor ?? .zero else {
            return .refused(conflict(since: base))
        }
        do throws(TextChangeError) {
            let change = try TextChange(baseLength: length, replacements: replacements)
            let edit = ProposedEdit(author: author, base: base, content: .change(change))
            return decide(edit, named: submission.id, at: time) { [policy] isNewest, _ in
                isNewest || policy.staleEdits == .transform
            }
        } catch {
            return .refused(Refusal(.invalid, detail: "\(error)"))
        }
    }

    private mutating func receive(
        _ text: TextBuffer, of submission: Submission, from author: ClientID, at time: Timestamp
    ) -> EditOutcome {
        if text == history.text {
            noteText(of: author) { [revision] in $0.didWrite(hadRead: $0.own?.base ?? $0.shown, at: revision) }
            return .unchanged(authorHasText: true)
        }
        let reading = read(text, submission.base, from: author)
        if let reading, reading.edit.content.isIdentity {
            noteOverruled(text, of: author)
            return .unchanged(authorHasText: false)
        }
        let edit =
            reading?.edit
            ?? ProposedEdit(author: author, base: toldRevision(submission.base), content: .text(text))
        let hasCrossed = edit.base.map { $0 < newestRevision(notBy: author) } ?? false
        // What it had read is older than what its edit is made on when its own text was merged before.
        let hadReadAll = reading.map { $0.read == history.revision } ?? false
        let outcome = decide(edit, named: submission.id, at: time) { [policy] _, result in
            policy.staleEdits == .overwrite ? !hasCrossed : hadReadAll || text == result
        }
        switch outcome {
        case .committed(let change, let hasText):
            let read = reading?.read ?? change.revision.advanced(by: -1)
            let merge = hasText ? nil : Screen.Merge(of: text, into: history.text)
            noteText(of: author) { $0.didWrite(hadRead: read, at: change.revision, merge: merge) }
        case .unchanged, .refused, .repeated:
            noteOverruled(text, of: author)
        }
        return outcome
    }

    /// Remembers that the author is shown the room's text instead of its own.
    private mutating func noteOverruled(_ text: TextBuffer, of author: ClientID) {
        noteText(of: author) { [revision] in $0.overruled = Screen.Overruled(text: text, revision: revision) }
    }

    /// Remembers what a member that sends whole texts has on its screen, if the policy asks what they were made on.
    private mutating func noteText(of author: ClientID, _ note: (inout Screen) -> Void) {
        guard policy.staleEdits != .overwrite, var member = members[author] else { return }
        note(&member.screen)
        members[author] = member
    }

    /// What a whole text means under a policy that asks what it was made on; nil when that does not matter, or cannot be
    /// told.
    private func read(
        _ text: TextBuffer, _ base: Submission.Base, from author: ClientID
    ) -> (edit: ProposedEdit, read: Revision)? {
        guard policy.staleEdits != .overwrite, let screen = members[author]?.screen else { return nil }
        let inference = BaseInference(history: history, screen: screen)
        let guess: BaseInference.Guess? =
            switch base {
            case .revision(let revision): inference.guess(for: text, told: revision)
            case .inferred(let bound): inference.guess(for: text, upTo: bound)
            case .newest, .unknown: nil
            }
        return guess.map {
            (ProposedEdit(author: author, base: $0.base, content: .change($0.change)), $0.read)
        }
    }

    private func toldRevision(_ base: Submission.Base) -> Revision? {
        switch base {
        case .revision(let revision): revision
        case .newest: history.revision
        case .inferred, .unknown: nil
        }
    }

    /// Asks the policy, and makes the change that it wants.
    ///
    /// - Parameter authorHasText: whether the author can tell the text that then stands, given whether its edit was made on
    ///   the newest one, and that text.
    private mutating func decide(
        _ edit: ProposedEdit, named id: EditID?, at time: Timestamp, authorHasText: (Bool, TextBuffer) -> Bool
    ) -> EditOutcome {
        let isNewest = edit.base == history.revision
        switch policy.resolve(edit, against: history) {
        case .unchanged:
            return .unchanged(authorHasText: authorHasText(isNewest, history.text))
        case .reject:
            return .refused(conflict(since: edit.base))
        case .apply(let change):
            if change.isIdentity { return .unchanged(authorHasText: authorHasText(isNewest, history.text)) }
            if let refusal = refusal(of: change) { return .refused(refusal) }
            let commit = commit(change, by: edit.author, named: id, at: time)
            return .committed(commit, authorHasText: authorHasText(isNewest, history.text))
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

    /// Why a change of the newest text cannot be made, whatever the policy says.
    private func refusal(of change: TextChange) -> Refusal? {
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

    /// How many changes are put together for an author that was refused; who missed more gets the text.
    private static let longestCatchUp = 64

    private func conflict(since base: Revision?) -> Refusal {
        guard let entries = base.flatMap(history.entries(since:)), entries.count <= Self.longestCatchUp else {
            return Refusal(.conflict)
        }
        let missed = entries.dropFirst().reduce(entries.first?.change) { $0?.composed(with: $1.change) }
        return Refusal(.conflict, missed: missed ?? .identity(length: history.text.count))
    }
}

extension ProposedEdit.Content {
    fileprivate var isIdentity: Bool {
        switch self {
        case .change(let change): change.isIdentity
        case .text: false
        }
    }
}
