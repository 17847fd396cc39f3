import CollabText
import ConflictLastWriteWins
import ConflictMerge
import ConflictVersionChecked
import ProviderKit
import Rooms
import Testing

/// What becomes of changes, which say what they were made on.
@Suite struct ChangeTests {
    @Test func aChangeIsMadeInAllItsPlaces() throws {
        var table = try Table("one two", policy: MergePolicy(), members: "ada")
        #expect(table.change([(0..<3, "1"), (4..<7, "2")], on: 0, by: "ada").revision == 1)
        #expect(table.text == "1 2")
    }

    @Test func underMergeTheAuthorOfAStaleChangeCanTellTheText() throws {
        var table = try Table("ab", policy: MergePolicy(), members: "ada", "bob")
        table.change([(1..<1, "-")], on: 0, by: "ada")
        let outcome = table.change([(1..<1, "+")], on: 0, by: "bob")
        #expect(outcome.revision == 2 && !outcome.needsText)
        #expect(table.text == "a-+b")
    }

    @Test func underLastWriteWinsItCannot() throws {
        var table = try Table("ab", policy: LastWriteWinsPolicy(), members: "ada", "bob")
        table.change([(1..<1, "-")], on: 0, by: "ada")
        let outcome = table.change([(1..<1, "+")], on: 0, by: "bob")
        #expect(outcome.revision == 2 && outcome.needsText)
        #expect(table.text == "a+b")
    }

    @Test func underVersionCheckedItIsToldWhatItMissed() throws {
        var table = try Table("ab", policy: VersionCheckedPolicy(), members: "ada", "bob")
        table.change([(1..<1, "-")], on: 0, by: "ada")
        table.change([(0..<1, "")], on: 1, by: "ada")
        let refusal = try #require(table.change([(1..<1, "+")], on: 0, id: "1", by: "bob").refusal)
        #expect(refusal.reason == .conflict)
        #expect(refusal.missed.map { TextBuffer("ab").applying($0) } == "-b")
    }

    @Test(arguments: [-1, 1, Int.min, Int.max])
    func aChangeOfARevisionThatNeverWasIsRefused(revision: Int) throws {
        var table = try Table("ab", policy: MergePolicy(), members: "ada")
        let refusal = try #require(table.change([(0..<0, "x")], on: revision, by: "ada").refusal)
        #expect(refusal.reason == .conflict && refusal.missed == nil)
    }

    @Test(arguments: [
        [(0..<3, "")], [(3..<3, "x")], [(1..<2, ""), (0..<1, "")], [(0..<2, ""), (1..<2, "")],
        [(0..<Int.max, "")], [(Int.max..<Int.max, "x")],
    ])
    func aChangeThatDoesNotFitItsTextIsInvalid(changes: [(Range<Int>, String)]) throws {
        var table = try Table("ab", policy: MergePolicy(), members: "ada")
        let refusal = try #require(table.change(changes, on: 0, by: "ada").refusal)
        #expect(refusal.reason == .invalid)
        #expect(refusal.detail != nil)
        #expect(table.text == "ab")
    }

    @Test(arguments: [MergePolicy() as any ConflictPolicy, VersionCheckedPolicy(), LastWriteWinsPolicy()])
    func aChangeThatCutsASurrogatePairIsInvalid(policy: any ConflictPolicy) throws {
        for change in [1..<1, 0..<1, 1..<2] {
            var table = try Table("😀", policy: policy, members: "ada")
            #expect(table.change([(change, "")], on: 0, by: "ada").refusal?.reason == (change.isEmpty ? nil : .invalid))
            #expect(table.change([(change, "x")], on: 0, by: "ada").refusal?.reason == .invalid)
            #expect(table.text == "😀")
        }
    }

    @Test func aChangeOverTheLimitIsRefusedAndOneThatShrinksTheTextIsNot() throws {
        var table = try Table("0123456789é", policy: MergePolicy(), members: "ada", limits: RoomLimits(document: 10))
        #expect(table.change([(0..<0, "x")], on: 0, by: "ada").refusal?.reason == .tooLarge)
        #expect(table.change([(0..<1, "")], on: 0, by: "ada").revision == 1)
        #expect(table.change([(0..<1, "€")], on: 1, by: "ada").refusal?.reason == .tooLarge)
        #expect(table.change([(0..<2, "x")], on: 1, by: "ada").revision == 2)
    }

    @Test func aChangeThatIsSentAgainIsNotMadeAgain() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada", "bob")
        table.change([(0..<0, "a")], on: 0, id: "1", by: "ada")
        table.change([(0..<0, "b")], on: 1, id: "1", by: "bob")
        guard case .repeated(let revision) = table.change([(0..<0, "a")], on: 0, id: "1", by: "ada") else {
            Issue.record("it was made again")
            return
        }
        #expect(revision == Revision(1))
        #expect(table.text == "ba")
    }

    @Test func aRefusedChangeMayBeSentAgainUnderItsName() throws {
        var table = try Table("", policy: VersionCheckedPolicy(), members: "ada", "bob")
        table.change([(0..<0, "b")], on: 0, id: "1", by: "bob")
        #expect(table.change([(0..<0, "a")], on: 0, id: "1", by: "ada").refusal != nil)
        #expect(table.change([(0..<0, "a")], on: 1, id: "1", by: "ada").revision == 2)
    }

    @Test func theLogRemembersNamesAcrossARestart() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada")
        guard case .committed(let change, _) = table.change([(0..<0, "a")], on: 0, id: "7", by: "ada") else {
            Issue.record("it was not made")
            return
        }
        let stored = StoredRoom(
            record: table.state.record, updatedAt: change.at, snapshot: Snapshot(revision: .zero, text: ""),
            changes: PayloadRun([change.payload]))
        table.state = try RoomState(stored: stored, policy: NamedPolicy("merge", MergePolicy()), limits: RoomLimits())
        _ = try table.state.join(ClientID("ada"), resumingAt: .zero)
        guard case .repeated = table.change([(0..<0, "a")], on: 0, id: "7", by: "ada") else {
            Issue.record("it was made again")
            return
        }
    }

    @Test func anOldChangeInTooManyPlacesIsRefused() throws {
        var table = try Table(String(repeating: "text ", count: 5_000), policy: MergePolicy(), members: "ada", "bob")
        for revision in 0..<50 { table.change([(revision * 7..<revision * 7, "y")], on: revision, by: "ada") }
        let places = (0..<5_000).map { ($0 * 4..<($0 * 4 + 1), "x") }
        #expect(table.change(places, on: 0, id: "1", by: "bob").refusal?.reason == .conflict)
        #expect(table.change(places, on: 50, id: "1", by: "bob").revision == 51)
    }

    // MARK: Coming back

    @Test func whoComesBackGetsWhatItMissed() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada", "bob")
        table.change([(0..<0, "a")], on: 0, by: "ada")
        table.state.leave(ClientID("bob"))
        table.change([(1..<1, "d")], on: 1, by: "ada")
        let greeting = try table.state.join(ClientID("bob"), resumingAt: Revision(1))
        #expect(greeting.missed?.map(\.author) == [ClientID("ada")])
        #expect(greeting.revision == Revision(2))
        #expect(table.change([(0..<0, "b")], on: 1, by: "bob").revision == 3)
    }

    @Test(arguments: [-1, 2, Int.max])
    func whoComesBackFromARevisionThatIsNotHeldStartsOver(revision: Int) throws {
        var table = try Table("", policy: MergePolicy(), members: "ada", "bob")
        table.change([(0..<0, "a")], on: 0, by: "ada")
        table.state.leave(ClientID("bob"))
        let greeting = try table.state.join(ClientID("bob"), resumingAt: Revision(revision))
        #expect(!greeting.isResumed)
        #expect(table.change([(0..<0, "b")], on: 0, by: "bob").refusal?.reason == .conflict)
        #expect(table.change([(0..<0, "b")], on: 1, by: "bob").revision == 2)
    }

    @Test func whoWasNeverHereCannotGoOn() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada")
        let greeting = try table.state.join(ClientID("stranger"), resumingAt: .zero)
        #expect(!greeting.isResumed)
    }

    @Test func afterATextInsteadOfChangesOlderEditsAreRefused() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada", "bob")
        table.change([(0..<0, "a")], on: 0, by: "ada")
        table.state.didShowText(to: ClientID("bob"))
        #expect(table.change([(0..<0, "b")], on: 0, by: "bob").refusal?.reason == .conflict)
        #expect(table.change([(0..<0, "b")], on: 1, by: "bob").revision == 2)
    }
}
