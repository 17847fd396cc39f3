import CollabText
import ProviderKit
import Testing

/// What policies promise of edits that were made on an older text.
extension ConflictConformance {
    // MARK: Overwriting

    @Sendable static func overwritesWithTexts(_ policy: any ConflictPolicy) {
        forEachText { text, base, situation in
            let resolution = policy.resolve(situation.edit(.text(text), base: base), against: situation.history)
            #expect(situation.text(after: resolution) == text, "\(situation) base \(String(describing: base))")
        }
    }

    @Sendable static func overwritesWithChanges(_ policy: any ConflictPolicy) {
        forEachStaleChange { change, base, situation in
            guard !change.isIdentity, let seen = situation.history.text(at: base) else { return }
            let resolution = policy.resolve(situation.edit(.change(change), base: base), against: situation.history)
            #expect(situation.text(after: resolution) == seen.applying(change), "\(situation) base \(base) \(change)")
        }
    }

    // MARK: Refusing

    @Sendable static func refusesStaleEdits(_ policy: any ConflictPolicy) {
        forEachStaleChange { change, base, situation in
            guard !change.isIdentity, let seen = situation.history.text(at: base) else { return }
            let text = seen.applying(change)
            for content in [ProposedEdit.Content.change(change), .text(text)] where text != situation.text {
                let resolution = policy.resolve(situation.edit(content, base: base), against: situation.history)
                #expect(resolution == .reject(.conflict), "\(situation) base \(base) \(change)")
            }
        }
    }

    @Sendable static func refusesUntoldRevisions(_ policy: any ConflictPolicy) {
        forEachText { text, _, situation in
            guard text != situation.text else { return }
            let resolution = policy.resolve(situation.edit(.text(text), base: nil), against: situation.history)
            #expect(resolution == .reject(.conflict), "\(situation)")
        }
    }

    @Sendable static func appliesOneOfMany(_ policy: any ConflictPolicy) {
        for situation in Situation.all where situation.newestChanges.count == 1 {
            var history = situation.history
            let base = history.revision
            var applied = 0
            for insertion in ["one", "two", "three"] {
                let change = TextChange.inserting(insertion, at: 0, of: situation.text)
                let resolution = policy.resolve(situation.edit(.change(change), base: base), against: history)
                guard case .apply(let change) = resolution else { continue }
                history.commit(change, by: ClientID("author"))
                applied += 1
            }
            #expect(applied == 1, "\(situation)")
        }
    }

    @Sendable static func appliesRetries(_ policy: any ConflictPolicy) {
        forEachStaleChange { change, base, situation in
            let again = situation.history.changes(since: base)?.reduce(change) { $0.transformed(over: $1) }
            guard let again, !again.leavesAsIs(situation.text) else { return }
            let edit = situation.edit(.change(again), base: situation.history.revision)
            #expect(policy.resolve(edit, against: situation.history) == .apply(again), "\(situation) \(change)")
        }
    }

    // MARK: Transforming

    @Sendable static func transformsChanges(_ policy: any ConflictPolicy) {
        forEachMerged { edit, merged, situation in
            #expect(policy.resolve(edit, against: situation.history) == merged, "\(situation) \(edit)")
        }
    }

    @Sendable static func transformsTexts(_ policy: any ConflictPolicy) {
        forEachMergedText { edit, merged, situation in
            #expect(policy.resolve(edit, against: situation.history) == merged, "\(situation) \(edit)")
        }
    }

    @Sendable static func transformsSomeChanges(_ policy: any ConflictPolicy) {
        forEachMerged { edit, merged, situation in
            let resolution = policy.resolve(edit, against: situation.history)
            #expect([merged, .reject(.conflict)].contains(resolution), "\(situation) \(edit)")
        }
    }

    @Sendable static func transformsSomeTexts(_ policy: any ConflictPolicy) {
        forEachMergedText { edit, merged, situation in
            let resolution = policy.resolve(edit, against: situation.history)
            #expect([merged, .reject(.conflict)].contains(resolution), "\(situation) \(edit)")
        }
    }

    @Sendable static func keepsOrderOfInsertions(_ policy: any ConflictPolicy) {
        for situation in Situation.all {
            var history = situation.history
            let base = history.revision
            for insertion in ["<first>", "<second>"] {
                let change = TextChange.inserting(insertion, at: situation.text.count, of: situation.text)
                let resolution = policy.resolve(situation.edit(.change(change), base: base), against: history)
                if case .apply(let change) = resolution { history.commit(change, by: ClientID("author")) }
            }
            #expect(history.text.description == situation.text.description + "<first><second>", "\(situation)")
        }
    }

    @Sendable static func converges(_ policy: any ConflictPolicy) {
        for seed in 1...60 {
            var authors = ConvergingAuthors(policy: policy, count: 2 + seed % 4, seed: UInt64(seed))
            authors.work(steps: 200)
            #expect(authors.haveConverged, "seed \(seed)")
            #expect(authors.text.isWellFormed, "seed \(seed)")
        }
    }

    /// Calls `body` with each stale change, and what a policy that transforms all of them makes of it.
    private static func forEachMerged(_ body: (ProposedEdit, Resolution?, Situation) -> Void) {
        forEachStaleChange { change, base, situation in
            body(situation.edit(.change(change), base: base), situation.merged(change, from: base), situation)
        }
    }

    /// Calls `body` with each stale whole text, and what a policy that transforms all of them makes of it.
    private static func forEachMergedText(_ body: (ProposedEdit, Resolution?, Situation) -> Void) {
        forEachStaleChange { change, base, situation in
            guard let seen = situation.history.text(at: base) else { return }
            let text = seen.applying(change)
            let made = TextChange.difference(from: seen, to: text)
            let merged = text == situation.text ? .unchanged : situation.merged(made, from: base)
            body(situation.edit(.text(text), base: base), merged, situation)
        }
    }

    private static func forEachText(_ body: (TextBuffer, Revision?, Situation) -> Void) {
        for situation in Situation.all {
            for edit in situation.edits {
                if case .text(let text) = edit.content { body(text, edit.base, situation) }
            }
        }
    }

    private static func forEachStaleChange(_ body: (TextChange, Revision, Situation) -> Void) {
        for situation in Situation.all {
            for edit in situation.edits {
                guard case .change(let change) = edit.content, let base = edit.base else { continue }
                if base < situation.history.revision { body(change, base, situation) }
            }
        }
    }
}

extension ConflictConformance.Situation {
    /// The text that would stand after a resolution.
    fileprivate func text(after resolution: Resolution) -> TextBuffer? {
        switch resolution {
        case .apply(let change): change.baseLength == text.count ? text.applying(change) : nil
        case .unchanged: text
        case .reject: nil
        }
    }

    /// What a policy that transforms makes of a change.
    fileprivate func merged(_ change: TextChange, from base: Revision) -> Resolution? {
        let merged = history.changes(since: base)?.reduce(change) { $0.transformed(over: $1) }
        return merged.map { $0.leavesAsIs(text) ? .unchanged : .apply($0) }
    }
}

extension TextChange {
    fileprivate static func inserting(_ string: String, at position: Int, of text: TextBuffer) -> TextChange {
        let insertion = Replacement(position..<position, insert: Array(string.utf16))
        return (try? TextChange(baseLength: text.count, replacements: [insertion])) ?? .identity(length: text.count)
    }
}
