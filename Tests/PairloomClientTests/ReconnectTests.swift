import CollabText
import PairloomClient
import Testing
import Wire

@Suite("A replica whose connection was lost")
struct ReconnectTests {
    /// Typed `X`, in flight, and `Y`, waiting, behind `ab` at revision 2; then the connection went.
    private static func cutOff() -> Replica {
        var replica = Replica.joined("ab", revision: 2)
        _ = replica.type("X", at: 2)
        _ = replica.type("Y", at: 3)
        replica.didDisconnect()
        return replica
    }

    @Test("asks to be resumed from what it knows")
    func asks() {
        #expect(Replica().resumption == nil)
        #expect(Self.cutOff().resumption?.session == "session")
        #expect(Self.cutOff().resumption?.revision == 2)
    }

    @Test("takes an edit of its own among those it missed as acknowledged")
    func ownEditAmongMissed() {
        var replica = Self.cutOff()
        let effects = replica.receive(
            .resumed(
                [
                    .insertion("!", at: 0, revision: 3, author: "other"),
                    .insertion("X", at: 3, revision: 4, author: "me"),
                    .insertion("?", at: 0, revision: 5, author: "other"),
                ], revision: 5))
        #expect(effects.events.first == .connected(resumed: true))
        #expect(effects.events.contains(.acknowledged(id: "1", revision: 4)))
        #expect(effects.edits == [.insertion("2", on: 5, "Y", at: 5)])
        #expect(replica.text == "?!abXY")
    }

    @Test("takes its own edit as the log has it, if a policy has made something else of it")
    func ownEditInOtherForm() {
        var replica = Self.cutOff()
        let whole = LoggedEdit(revision: 3, author: "me", changes: [.init(0..<2, insert: Array("aXb".utf16))])
        #expect(replica.receive(.resumed([whole], revision: 3)).edits.map(\.id) == ["2"])
        #expect(replica.text == "aXbY")
    }

    @Test("sends the edit again under its id when it was not among those it missed")
    func resends() {
        var replica = Self.cutOff()
        let missed = LoggedEdit.insertion("!", at: 0, revision: 3, author: "other")
        #expect(replica.receive(.resumed([missed], revision: 3)).edits == [.insertion("1", on: 3, "X", at: 3)])
        #expect(replica.text == "!abXY")
        #expect(replica.receive(.ack("1", 4)).edits == [.insertion("2", on: 4, "Y", at: 4)])
    }

    @Test("keeps an edit that a new welcome's text did not have")
    func keepsAfterWelcome() {
        var replica = Self.cutOff()
        let effects = replica.receive(.welcome("new ab", revision: 9))
        #expect(effects.events.first == .connected(resumed: false))
        #expect(effects.edits == [.insertion("1", on: 9, "X", at: 6)])
        _ = replica.receive(.ack("1", 10))
        #expect(replica.text == "new abXY")
    }

    @Test("takes back an edit that a new welcome's text had already")
    func takesBackAfterWelcome() {
        var replica = Self.cutOff()
        #expect(replica.receive(.welcome("abX", revision: 9)).edits.map(\.id) == ["1"])
        _ = replica.receive(.insertion("!", at: 0, revision: 10))
        let effects = replica.receive(.ack("1", 3))
        #expect(effects.events.contains(.acknowledged(id: "1", revision: 3)))
        #expect(replica.text == "!abXY")
        #expect(effects.edits == [.insertion("2", on: 10, "Y", at: 4)])
    }

    @Test("keeps the id of an edit that may be in the text when the server cannot take it just then")
    func keepsIDInDoubt() {
        var replica = Self.cutOff()
        _ = replica.receive(.welcome("abX", revision: 9))
        #expect(replica.receive(.rejected("1", .rateLimited, revision: 9)).contains(.retryLater))
        #expect(replica.retry().edits.map(\.id) == ["1"])
    }

    @Test("takes an edit as done whose resync was lost")
    func lostResync() {
        var replica = Replica.joined("ab", revision: 2)
        _ = replica.type("X", at: 2)
        _ = replica.receive(.ack(id: "1", revision: 4, resyncs: true))
        replica.didDisconnect()
        let edits = [
            LoggedEdit.insertion("!", at: 0, revision: 3, author: "other"),
            LoggedEdit(revision: 4, author: "me", changes: [.init(0..<3, insert: Array("abX".utf16))]),
        ]
        #expect(replica.receive(.resumed(edits, revision: 4)).edits.isEmpty)
        #expect(replica.text == "abX")
        #expect(replica.isIdle)
    }

    @Test("sends what was done meanwhile as one edit")
    func editsOffline() {
        var replica = Replica.joined("", revision: 1)
        replica.didDisconnect()
        #expect(replica.type("a", at: 0).isEmpty)
        #expect(replica.type("b", at: 1).isEmpty)
        #expect(replica.receive(.resumed([], revision: 1)).edits == [.insertion("1", on: 1, "ab", at: 0)])
    }

    @Test("follows a server that has lost what it had not saved")
    func followsBack() {
        var replica = Replica.joined("lost", revision: 8)
        replica.didDisconnect()
        _ = replica.receive(.welcome("", revision: 3, session: "other"))
        #expect(replica.text == "")
        #expect(replica.revision == 3)
        #expect(replica.resumption?.session == "other")
    }

    @Test("hears nothing before it is welcomed again")
    func ignoresUntilWelcome() {
        var replica = Self.cutOff()
        #expect(replica.receive(.ack("1", 3)).isEmpty)
        #expect(replica.receive(.resync(revision: 3, code: "?")).isEmpty)
    }
}
