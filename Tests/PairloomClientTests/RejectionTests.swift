import CollabText
import PairloomClient
import Testing
import Wire

@Suite("A replica whose edit is not taken as it is")
struct RejectionTests {
    @Test("sends it again after a conflict, on the newest revision, under a new id, with what waited")
    func conflict() {
        var replica = Replica.joined("a")
        _ = replica.type("b", at: 1)
        _ = replica.type("c", at: 2)
        _ = replica.receive(.insertion("x", at: 0, revision: 1))
        let effects = replica.receive(.rejected("1", .conflict, revision: 1))
        #expect(effects.edits == [.insertion("2", on: 1, "bc", at: 2)])
        #expect(replica.text == "xabc")
    }

    @Test("pauses when a conflict names nothing new")
    func repeatedConflict() {
        var replica = Replica.joined("a")
        _ = replica.type("b", at: 1)
        let effects = replica.receive(.rejected("1", .conflict, revision: 0))
        #expect(effects.contains(.retryLater))
        #expect(effects.edits.isEmpty)
    }

    @Test(
        "sends it again after a pause when the server could not take it",
        arguments: [
            RejectionReason.rateLimited, .storageUnavailable,
        ])
    func unavailable(reason: RejectionReason) {
        var replica = Replica.joined("a")
        _ = replica.type("b", at: 1)
        let effects = replica.receive(.rejected("1", reason, revision: 0))
        #expect(effects.contains(.retryLater))
        #expect(effects.edits.isEmpty)
        #expect(replica.type("c", at: 2).edits.isEmpty)
        #expect(replica.retry().edits == [.insertion("2", on: 0, "bc", at: 1)])
        #expect(replica.retry().isEmpty)
    }

    @Test(
        "takes it back for good when it can never be taken, and keeps what came after",
        arguments: [
            RejectionReason.invalid, .tooLarge,
        ])
    func takenBack(reason: RejectionReason) {
        var replica = Replica.joined("()")
        _ = replica.edit(.replacement(0..<2, "[bad]", length: 2))
        _ = replica.type("good", at: 5)
        let effects = replica.receive(.rejected("1", reason, revision: 0))
        #expect(replica.text == "()good")
        #expect(effects.events.count == 2)
        #expect(effects.events.last == .rejected(RejectedEdit(id: "1", reason: reason, revision: 0)))
        #expect(effects.edits == [.insertion("2", on: 0, "good", at: 2)])
    }

    @Test("sends nothing between an acknowledgement that resyncs and the resync")
    func resyncingAcknowledgement() {
        var replica = Replica.joined("ab")
        _ = replica.type("X", at: 1)
        _ = replica.type("Y", at: 3)
        #expect(replica.text == "aXbY")
        let effects = replica.receive(.ack(id: "1", revision: 3, resyncs: true))
        #expect(effects == [.tell(.acknowledged(id: "1", revision: 3))])
        #expect(replica.type("Z", at: 4).edits.isEmpty)
        #expect(replica.receive(.resync(revision: 3, code: "aXb!")).edits == [.insertion("2", on: 3, "YZ", at: 4)])
        #expect(replica.text == "aXb!YZ")
    }

    @Test("moves it over a resync, and sends it again when it is refused for that")
    func resyncWithEditInFlight() {
        var replica = Replica.joined("ab")
        _ = replica.type("X", at: 2)
        #expect(replica.receive(.resync(revision: 5, code: "new ab")).edits.isEmpty)
        #expect(replica.text == "new abX")
        #expect(replica.revision == 5)
        let effects = replica.receive(.rejected("1", .conflict, revision: 5))
        #expect(effects.edits == [.insertion("2", on: 5, "X", at: 6)])
    }
}
