import ConflictMerge
import ProviderKit
import Rooms
import Testing

@Suite struct PresenceTests {
    @Test func whatIsLeftOutStaysAsItWas() throws {
        var table = try Table("text", policy: MergePolicy(), members: "ada")
        try table.show("ada", name: "Ada", color: "red", at: (1, 3))
        try table.show("ada", color: "blue")
        #expect(table.presence("ada") == Presence(name: "Ada", color: "blue", selection: Selection(anchor: 1, head: 3)))
        try table.state.receive(PresenceUpdate(name: nil, color: nil, selection: .none), from: ClientID("ada"))
        #expect(table.presence("ada") == Presence(name: "Ada", color: "blue"))
    }

    @Test func cursorsFollowTheText() throws {
        var table = try Table("one two", policy: MergePolicy(), members: "ada", "bob")
        try table.show("ada", at: (4, 7))
        table.change([(0..<0, "zero ")], on: 0, by: "bob")
        #expect(table.presence("ada")?.selection == Selection(anchor: 9, head: 12))
        table.change([(9..<12, "")], on: 1, by: "bob")
        #expect(table.presence("ada")?.selection == Selection(anchor: 9, head: 9))
    }

    @Test func whatOneTypesGoesBeforeOnesCursorAndWhatOthersTypeBehind() throws {
        var table = try Table("()", policy: MergePolicy(), members: "ada", "bob")
        try table.show("ada", at: (1, 1))
        table.change([(1..<1, "a")], on: 0, by: "ada")
        #expect(table.presence("ada")?.selection == Selection(anchor: 2, head: 2))
        table.change([(2..<2, "b")], on: 1, by: "bob")
        #expect(table.presence("ada")?.selection == Selection(anchor: 2, head: 2))
    }

    @Test func aCursorToldInAnOlderRevisionIsBroughtToTheNewest() throws {
        var table = try Table("ab", policy: MergePolicy(), members: "ada", "bob")
        table.change([(0..<0, "123")], on: 0, by: "bob")
        try table.show("ada", at: (1, 1), revision: 0)
        #expect(table.presence("ada")?.selection == Selection(anchor: 4, head: 4))
    }

    @Test func cursorsOutliveTheHistory() throws {
        let limits = RoomLimits(history: RoomHistory.Limits(changes: 100))
        var table = try Table("end", policy: MergePolicy(), members: "ada", "bob", limits: limits)
        try table.show("ada", at: (3, 3))
        for revision in 0..<1_000 { table.change([(0..<0, "x")], on: revision, by: "bob") }
        #expect(table.presence("ada")?.selection == Selection(anchor: 1_003, head: 1_003))
    }

    @Test(arguments: [(5, 0, nil), (0, 5, nil), (Int.max, 0, nil), (0, 0, 1), (0, 0, -1), (0, 0, Int.max)])
    func aCursorThatIsNowhereIsAProblem(anchor: Int, head: Int, revision: Int?) throws {
        var table = try Table("text", policy: MergePolicy(), members: "ada")
        #expect(throws: PresenceProblem.self) { try table.show("ada", at: (anchor, head), revision: revision) }
        #expect(table.presence("ada") == Presence())
    }

    @Test func whoLeftIsNotListed() throws {
        var table = try Table(policy: MergePolicy(), members: "ada", "bob")
        table.state.leave(ClientID("ada"))
        #expect(table.state.memberDescriptions.map(\.id) == [ClientID("bob")])
    }
}

extension Table {
    fileprivate mutating func show(
        _ member: String, name: String? = nil, color: String? = nil, at cursor: (Int, Int)? = nil, revision: Int? = nil
    ) throws {
        let selection = cursor.map {
            PresenceUpdate.SelectionUpdate.at(Selection(anchor: $0, head: $1), revision.map(Revision.init))
        }
        try state.receive(
            PresenceUpdate(name: name, color: color, selection: selection ?? .unchanged), from: ClientID(member))
    }

    fileprivate func presence(_ member: String) -> Presence? {
        state.memberDescriptions.first { $0.id == ClientID(member) }?.presence
    }
}
