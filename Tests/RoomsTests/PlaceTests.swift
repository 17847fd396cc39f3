import CollabText
import ConflictMerge
import ProviderKit
import Rooms
import Testing

@Suite("Where a member asks what comes next")
struct PlaceTests {
    private func table(_ text: String = "a😀b") throws -> Table {
        try Table(text, policy: MergePolicy(), members: "ada", "bob")
    }

    @Test("a position without a revision counts in the newest text")
    func newest() throws {
        var table = try table()
        table.change([(0..<0, "12")], on: 0, by: "bob")
        let place = try table.state.place(6, at: nil, of: ClientID("ada"))
        #expect(place.position == 6)
        #expect(place.text.description == "12a😀b")
        #expect(place.revision == Revision(1))
        #expect(place.language == "swift")
    }

    @Test("one that is no more, or lies inside of a character, is no place", arguments: [2, 5, Int.max])
    func noPlace(position: Int) throws {
        #expect(try table().state.place(position, at: nil, of: ClientID("ada")).position == nil)
    }

    @Test("a position in an older text is brought to the newest, behind what its author typed itself")
    func older() throws {
        var table = try table("()")
        table.change([(1..<1, "a")], on: 0, by: "ada")
        table.change([(2..<2, "b")], on: 1, by: "bob")
        #expect(try table.state.place(1, at: Revision(0), of: ClientID("ada")).position == 2)
        table.change([(0..<0, "f")], on: 2, by: "bob")
        #expect(try table.state.place(1, at: Revision(0), of: ClientID("ada")).position == 3)
    }

    @Test("what never was is a problem")
    func problems() throws {
        let table = try table("ab")
        #expect(throws: PresenceProblem.unknownRevision(Revision(1))) {
            try table.state.place(0, at: Revision(1), of: ClientID("ada"))
        }
        #expect(throws: PresenceProblem.outOfRange(length: 2)) {
            try table.state.place(3, at: Revision(0), of: ClientID("ada"))
        }
    }

    @Test("a revision that is no longer held has no places any more")
    func forgotten() throws {
        let limits = RoomLimits(history: RoomHistory.Limits(changes: 10))
        var table = try Table("end", policy: MergePolicy(), members: "ada", "bob", limits: limits)
        for revision in 0..<100 { table.change([(0..<0, "x")], on: revision, by: "bob") }
        let place = try table.state.place(0, at: Revision(3), of: ClientID("ada"))
        #expect(place.position == nil)
        #expect(place.revision == Revision(100))
    }
}
