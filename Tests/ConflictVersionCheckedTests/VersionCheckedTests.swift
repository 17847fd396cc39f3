import CollabText
import ConflictVersionChecked
import ProviderConformance
import ProviderKit
import Testing

@Suite struct VersionCheckedTests {
    private let policy = VersionCheckedPolicy()

    @Test(arguments: ConflictConformance.clauses(for: .refuse))
    func conforms(to clause: ConflictConformance.Clause) throws {
        try clause.check(policy)
    }

    @Test func theConfigurationNamesItVersionChecked() async throws {
        let descriptor = VersionCheckedProvider.descriptor
        #expect(descriptor.name == "version-checked")
        #expect(try await descriptor.make(OptionValues(), .silent).staleEdits == .refuse)
    }

    @Test func ofTwoEditsMadeOnOneRevisionExactlyOneIsTaken() {
        var history = RoomHistory(revision: .zero, text: "one")
        let first = policy.resolve(edit(.text("one, two"), base: .zero), against: history)
        guard case .apply(let change) = first else {
            Issue.record("the first edit was not taken")
            return
        }
        history.commit(change, by: ClientID("ada"))
        #expect(policy.resolve(edit(.text("zero, one"), base: .zero), against: history) == .reject(.conflict))
        let late = TextChange.difference(from: "one", to: "zero, one")
        #expect(policy.resolve(edit(.change(late), base: .zero), against: history) == .reject(.conflict))
    }

    @Test func whoTriesAgainOnWhatStandsGetsThrough() {
        var history = RoomHistory(revision: .zero, text: "one")
        history.commit(.difference(from: "one", to: "one, two"), by: ClientID("ada"))
        let again = policy.resolve(edit(.text("zero, one, two"), base: Revision(1)), against: history)
        #expect(again == .apply(.difference(from: "one, two", to: "zero, one, two")))
    }

    private func edit(_ content: ProposedEdit.Content, base: Revision?) -> ProposedEdit {
        ProposedEdit(author: ClientID("ada"), base: base, content: content)
    }
}
