import CollabText
import PairloomClient
import Testing
import Wire

@Suite("Presence")
struct PresenceTests {
    private static func other(at position: Int) -> MemberPresence {
        MemberPresence(clientID: "other", name: "Ada", cursor: Cursor(anchor: position, head: position))
    }

    @Test("of others is in the local text, and goes along with every edit")
    func mapsOthers() {
        var replica = Replica.joined("ab")
        _ = replica.type("X", at: 0)
        _ = replica.receive(.presence([Self.other(at: 1)]))
        #expect(replica.members == [Self.other(at: 2)])
        _ = replica.type("YY", at: 1)
        #expect(replica.members == [Self.other(at: 4)])
        _ = replica.receive(.insertion("!", at: 0, revision: 1))
        #expect(replica.members == [Self.other(at: 5)])
    }

    @Test("of others never lies outside of the text")
    func clamps() {
        var replica = Replica.joined("ab")
        _ = replica.receive(.presence([Self.other(at: .max), Self.other(at: .min)]))
        #expect(replica.members == [Self.other(at: 2), Self.other(at: 0)])
    }

    @Test("of one's own is sent as a position in the server's text")
    func sendsServerPosition() {
        var replica = Replica.joined("ab", revision: 3)
        _ = replica.type("XYZ", at: 1)
        let effects = replica.setPresence(name: "Ada", cursor: .at(Cursor(anchor: 5, head: 2)))
        let shown = PresenceUpdate(name: "Ada", color: nil, cursor: .at(Cursor(anchor: 2, head: 1)), revision: 3)
        #expect(effects == [.send(.presence(shown))])
    }

    @Test("of one's own is shown again after a reconnect, where the cursor went meanwhile")
    func showsAgain() {
        var replica = Replica.joined("ab", revision: 3)
        _ = replica.setPresence(name: "Ada", color: "#fff", cursor: .at(Cursor(anchor: 2, head: 2)))
        replica.didDisconnect()
        #expect(replica.setPresence(color: "#000").isEmpty)
        let missed = LoggedEdit.insertion("!", at: 0, revision: 4, author: "other")
        let shown = PresenceUpdate(name: "Ada", color: "#000", cursor: .at(Cursor(anchor: 3, head: 3)), revision: 4)
        #expect(replica.receive(.resumed([missed], revision: 4)).contains(.send(.presence(shown))))
    }

    @Test("keeps what an update leaves out")
    func leavesOut() {
        var replica = Replica.joined("ab")
        _ = replica.setPresence(name: "Ada", cursor: .at(Cursor(anchor: 1, head: 1)))
        let shown = PresenceUpdate(name: nil, color: nil, cursor: .none, revision: 0)
        #expect(replica.setPresence(cursor: .none) == [.send(.presence(shown))])
    }
}
