import CollabText
import ConflictLastWriteWins
import ProviderConformance
import ProviderKit
import Testing

@Suite struct LastWriteWinsTests {
    private let policy = LastWriteWinsPolicy()

    @Test(arguments: ConflictConformance.clauses(for: .overwrite))
    func conforms(to clause: ConflictConformance.Clause) throws {
        try clause.check(policy)
    }

    @Test func theConfigurationNamesItLastWriteWins() async throws {
        let descriptor = LastWriteWinsProvider.descriptor
        #expect(descriptor.name == "last-write-wins")
        #expect(descriptor.options.isEmpty)
        let made = try await descriptor.make(OptionValues(), .silent)
        #expect(made is LastWriteWinsPolicy)
        #expect(made.staleEdits == .overwrite)
    }

    @Test(arguments: [nil, Revision(0), Revision(1), Revision(99)])
    func aWholeTextStandsWhateverItWasMadeOn(base: Revision?) {
        let history = history("shared", then: "shared and more")
        let resolution = policy.resolve(edit(.text("mine"), base: base), against: history)
        #expect(text(of: history, after: resolution) == "mine")
    }

    @Test func aStaleChangeStandsAsTheWholeTextOfItsAuthor() throws {
        let history = history("one two", then: "one two three")
        let change = try TextChange(baseLength: 7, replacements: [.init(0..<3, insert: Array("1".utf16))])
        let resolution = policy.resolve(edit(.change(change), base: .zero), against: history)
        #expect(text(of: history, after: resolution) == "1 two")
    }

    @Test func aStaleChangeThatLeadsToTheCurrentTextChangesNothing() throws {
        let history = history("a", then: "ab")
        let change = try TextChange(baseLength: 1, replacements: [.init(1..<1, insert: Array("b".utf16))])
        #expect(policy.resolve(edit(.change(change), base: .zero), against: history) == .unchanged)
    }

    private func history(_ old: TextBuffer, then new: TextBuffer) -> RoomHistory {
        var history = RoomHistory(revision: .zero, text: old)
        history.commit(.difference(from: old, to: new), by: ClientID("ada"))
        return history
    }

    private func edit(_ content: ProposedEdit.Content, base: Revision?) -> ProposedEdit {
        ProposedEdit(author: ClientID("ada"), base: base, content: content)
    }

    private func text(of history: RoomHistory, after resolution: Resolution) -> TextBuffer? {
        guard case .apply(let change) = resolution else { return nil }
        return history.text.applying(change)
    }
}
