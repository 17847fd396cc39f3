import CollabText
import PairloomClient
import Testing
import Wire

@Suite("A replica in a room")
struct EditingTests {
    @Test("sends the first edit at once and composes the rest until it is acknowledged")
    func keepsOneInFlight() {
        var replica = Replica.joined("", revision: 4)
        #expect(replica.type("a", at: 0).edits == [.insertion("1", on: 4, "a", at: 0)])
        #expect(replica.type("b", at: 1).edits.isEmpty)
        #expect(replica.type("c", at: 2).edits.isEmpty)
        let effects = replica.receive(.ack("1", 5))
        #expect(effects.events == [.acknowledged(id: "1", revision: 5)])
        #expect(effects.edits == [.insertion("2", on: 5, "bc", at: 1)])
        #expect(!replica.isIdle)
        #expect(replica.receive(.ack("2", 6)).edits.isEmpty)
        #expect(replica.isIdle)
        #expect(replica.text == "abc")
    }

    @Test("lets others' edits stand left of its own, and tells them as changes of the local text")
    func transforms() {
        var replica = Replica.joined("()")
        _ = replica.type("mine", at: 1)
        _ = replica.type(" too", at: 5)
        let effects = replica.receive(.insertion("theirs ", at: 1, revision: 1))
        #expect(effects.events == [.changed(.insertion("theirs ", at: 1, length: 10), by: "other")])
        #expect(replica.text == "(theirs mine too)")
        #expect(replica.receive(.ack("1", 2)).edits == [.insertion("2", on: 2, " too", at: 12)])
    }

    @Test("sends the difference of a whole text")
    func setsText() {
        var replica = Replica.joined("let x = 1")
        #expect(replica.setText("let xy = 1").edits == [.insertion("1", on: 0, "y", at: 5)])
        #expect(replica.setText("let xy = 1").isEmpty)
    }

    @Test("takes an edit that changed nothing as done")
    func changesNothing() {
        var replica = Replica.joined("a", revision: 7)
        _ = replica.edit(.replacement(0..<1, "a", length: 1))
        #expect(replica.receive(.ack("1", 7)).events == [.acknowledged(id: "1", revision: 7)])
        #expect(replica.text == "a")
        #expect(replica.revision == 7)
        #expect(replica.isIdle)
    }

    @Test("tells what is saved")
    func saves() {
        var replica = Replica.joined("", revision: 3)
        #expect(replica.receive(.saved(revision: 2)).events == [.saved(revision: 2)])
        #expect(replica.savedRevision == 2)
    }

    @Test("ignores an acknowledgement or a rejection of an edit that is not in flight, and an edit it has")
    func ignoresStale() {
        var replica = Replica.joined("a", revision: 3)
        _ = replica.type("b", at: 1)
        #expect(replica.receive(.ack("7", 4)).isEmpty)
        #expect(replica.receive(.rejected("7", .invalid, revision: 3)).isEmpty)
        #expect(replica.receive(.insertion("x", at: 0, revision: 3)).isEmpty)
        #expect(replica.text == "ab")
    }

    @Test(
        "gives the connection up when the server says what cannot be true",
        arguments: [
            ServerMessage.insertion("x", at: 0, revision: 5),
            .insertion("x", at: 2, revision: 4),
            .edit(revision: 4, author: "other", changes: [.init(1..<1, insert: []), .init(0..<1, insert: [])]),
            .ack("1", 5),
            .rejected("1", .conflict, revision: 4),
        ])
    func losesTrack(message: ServerMessage) {
        var replica = Replica.joined("a", revision: 3)
        _ = replica.type("b", at: 1)
        #expect(replica.receive(message) == [.reconnect])
        #expect(replica.resumption == nil)
        #expect(replica.receive(.insertion("x", at: 0, revision: 4)).isEmpty)
        #expect(replica.receive(.welcome("ca", revision: 9)).edits == [.insertion("1", on: 9, "b", at: 2)])
        #expect(replica.text == "cab")
    }
}
