import CollabText
import ProviderKit
import Testing

extension ConflictConformance {
    @Sendable static func isPure(_ policy: any ConflictPolicy) {
        forEachEdit { edit, situation in
            let first = policy.resolve(edit, against: situation.history)
            #expect(policy.resolve(edit, against: situation.history) == first, "\(situation) \(edit)")
            #expect(policy.resolve(edit, against: situation.rebuiltHistory()) == first, "\(situation) \(edit)")
        }
    }

    @Sendable static func appliesToCurrentText(_ policy: any ConflictPolicy) {
        forEachApplied(by: policy) { change, situation in
            #expect(change.baseLength == situation.text.count, "\(situation) \(change)")
        }
    }

    @Sendable static func appliesWhatChangesTheText(_ policy: any ConflictPolicy) {
        forEachApplied(by: policy) { change, situation in
            #expect(!change.isIdentity, "\(situation) \(change)")
            guard change.baseLength == situation.text.count else { return }
            #expect(situation.text.applying(change) != situation.text, "\(situation) \(change)")
        }
    }

    @Sendable static func keepsTextWellFormed(_ policy: any ConflictPolicy) {
        forEachApplied(by: policy) { change, situation in
            guard change.baseLength == situation.text.count else { return }
            #expect(!change.breaksPairs(in: situation.text), "\(situation) \(change)")
            #expect(situation.text.applying(change).isWellFormed, "\(situation) \(change)")
        }
    }

    @Sendable static func ignoresIdleChanges(_ policy: any ConflictPolicy) {
        for situation in Situation.all {
            for (base, length) in situation.heldLengths {
                let edit = situation.edit(.change(.identity(length: length)), base: base)
                #expect(policy.resolve(edit, against: situation.history) == .unchanged, "\(situation) \(edit)")
            }
            for change in situation.idleChanges {
                let edit = situation.edit(.change(change), base: situation.history.revision)
                #expect(policy.resolve(edit, against: situation.history) == .unchanged, "\(situation) \(edit)")
            }
        }
    }

    @Sendable static func ignoresTextThatStands(_ policy: any ConflictPolicy) {
        for situation in Situation.all {
            for base in [nil] + situation.held.map(Optional.some) {
                let edit = situation.edit(.text(situation.text), base: base)
                #expect(policy.resolve(edit, against: situation.history) == .unchanged, "\(situation) \(edit)")
            }
        }
    }

    @Sendable static func appliesNewestChange(_ policy: any ConflictPolicy) {
        for situation in Situation.all {
            for change in situation.newestChanges {
                let edit = situation.edit(.change(change), base: situation.history.revision)
                #expect(policy.resolve(edit, against: situation.history) == .apply(change), "\(situation) \(edit)")
            }
        }
    }

    @Sendable static func appliesNewestText(_ policy: any ConflictPolicy) throws {
        for situation in Situation.all {
            for change in situation.newestChanges {
                let text = situation.text.applying(change)
                let edit = situation.edit(.text(text), base: situation.history.revision)
                let resolution = policy.resolve(edit, against: situation.history)
                guard case .apply(let applied) = resolution, applied.baseLength == situation.text.count else {
                    Issue.record("\(situation) \(edit) got \(resolution)")
                    continue
                }
                #expect(situation.text.applying(applied) == text, "\(situation) \(edit)")
            }
        }
    }

    @Sendable static func rejectsUnknownRevisions(_ policy: any ConflictPolicy) {
        for situation in Situation.all {
            for base in situation.unknown {
                for change in situation.newestChanges {
                    let resolution = policy.resolve(
                        situation.edit(.change(change), base: base), against: situation.history)
                    #expect(resolution == .reject(.unknownRevision), "\(situation) base \(base)")
                }
            }
        }
    }

    private static func forEachEdit(_ body: (ProposedEdit, Situation) -> Void) {
        for situation in Situation.all {
            for edit in situation.edits { body(edit, situation) }
        }
    }

    private static func forEachApplied(by policy: any ConflictPolicy, _ body: (TextChange, Situation) -> Void) {
        forEachEdit { edit, situation in
            if case .apply(let change) = policy.resolve(edit, against: situation.history) { body(change, situation) }
        }
    }
}
