import CollabText
import ConflictMerge
import ProviderConformance
import ProviderKit
import Testing

@Suite struct MergeTests {
    private let policy = MergePolicy()

    @Test(arguments: ConflictConformance.clauses(for: .transform))
    func conforms(to clause: ConflictConformance.Clause) throws {
        try clause.check(policy)
    }

    @Test func theConfigurationNamesItMerge() async throws {
        let descriptor = MergeProvider.descriptor
        #expect(descriptor.name == "merge")
        #expect(try await descriptor.make(OptionValues(), .silent).staleEdits == .transform)
    }

    @Test func twoWhoTypeAtTheSameMomentBothKeepTheirWords() {
        var history = RoomHistory(revision: .zero, text: "let a = 1\nlet b = 2\n")
        take(.text("let a = 10\nlet b = 2\n"), base: .zero, into: &history)
        take(.text("let a = 1\nlet b = 2\nlet c = 3\n"), base: .zero, into: &history)
        #expect(history.text == "let a = 10\nlet b = 2\nlet c = 3\n")
    }

    @Test func ofTwoInsertionsAtOnePlaceTheOneInTheLogStandsLeft() {
        var history = RoomHistory(revision: .zero, text: "()")
        take(.change(.difference(from: "()", to: "(first)")), base: .zero, into: &history)
        take(.change(.difference(from: "()", to: "(second)")), base: .zero, into: &history)
        #expect(history.text == "(firstsecond)")
    }

    @Test func whatBothDeleteIsDeletedOnce() {
        var history = RoomHistory(revision: .zero, text: "one two three")
        take(.text("one three"), base: .zero, into: &history)
        #expect(
            policy.resolve(
                edit(.change(.difference(from: "one two three", to: "one three")), base: .zero), against: history)
                == .unchanged)
        #expect(history.text == "one three")
    }

    @Test func aWholeTextMadeOnAForgottenRevisionIsNotTaken() {
        var history = RoomHistory(revision: .zero, text: "", limits: RoomHistory.Limits(changes: 2))
        for text in ["a", "ab", "abc"] { take(.text(TextBuffer(text)), base: history.revision, into: &history) }
        #expect(policy.resolve(edit(.text("x"), base: .zero), against: history) == .reject(.unknownRevision))
    }

    private func take(_ content: ProposedEdit.Content, base: Revision, into history: inout RoomHistory) {
        guard case .apply(let change) = policy.resolve(edit(content, base: base), against: history) else {
            Issue.record("the edit was not taken")
            return
        }
        history.commit(change, by: ClientID("ada"))
    }

    private func edit(_ content: ProposedEdit.Content, base: Revision?) -> ProposedEdit {
        ProposedEdit(author: ClientID("ada"), base: base, content: content)
    }
}
