import CollabText
import NIOCore
import PairloomClient
import TestSupport
import Testing
import Wire

@Suite("A server that says anything")
struct HostileServerTests {
    @Test("is followed or left, and never ends the client")
    func survives() throws {
        var server = HostileServer()
        var replica = Replica()
        var joins = 0
        var follows = 0
        for _ in 0..<20_000 {
            if server.random.isOnce(in: 3) { _ = replica.edit(server.random.change(of: replica.text)) }
            if server.random.isOnce(in: 20) {
                let cursor = Cursor(anchor: server.number(near: replica.text.count), head: -server.number(near: 3))
                _ = replica.setPresence(name: "Ada", cursor: .at(cursor))
            }
            if server.random.isOnce(in: 20) { _ = replica.retry() }
            if server.random.isOnce(in: 100) || !replica.isJoined { replica.didDisconnect() }
            let json = server.message(to: replica)
            guard let message = try? ServerMessage(decoding: ByteBuffer(string: json)) else { continue }
            let before = replica.revision
            for effect in replica.receive(message) {
                switch effect {
                case .send(let message):
                    var buffer = ByteBuffer()
                    message.write(into: &buffer)
                    let limit = ServerMessage.longestText
                    #expect(throws: Never.self, "seed \(server.random.seed): \(json)") {
                        try ClientMessage(decoding: buffer, in: .change, documentLimit: limit)
                    }
                case .tell(.connected): joins += 1
                case .reconnect: replica.didDisconnect()
                case .tell, .retryLater: break
                }
            }
            if replica.revision == before + 1 { follows += 1 }
            if replica.text.count > 500 { replica = Replica() }
        }
        #expect(joins > 100 && follows > 100, "seed \(server.random.seed)")
    }
}

extension ServerMessage {
    fileprivate static let longestText = 1 << 20
}

/// Writes messages that may be true, and often are not.
private struct HostileServer {
    var random = SeededGenerator()

    /// A number near one that may be true, or one at the end of what a message carries.
    mutating func number(near truth: Int) -> Int {
        let ends = [0, 1, 1 << 31, 1 << 32, WireNumber.largest - 1, WireNumber.largest]
        if random.isOnce(in: 8) { return ends.randomElement(using: &random) ?? 0 }
        return max(0, truth + Int.random(in: -1...1, using: &random))
    }

    mutating func message(to replica: Replica) -> String {
        let revision = number(near: replica.revision + 1)
        let id = replica.inFlight?.id ?? "7"
        let kinds = replica.isJoined ? 0...12 : 9...12
        return switch Int.random(in: kinds, using: &random) {
        case 0, 1, 2:
            #"{"type":"edit","revision":\#(revision),"author":"\#(author)","changes":\#(changes(replica))}"#
        case 3, 4:
            #"{"type":"ack","id":"\#(id)","revision":\#(revision),"resync":\#(random.isOnce(in: 3))}"#
        case 5:
            #"{"type":"rejected","id":"\#(id)","reason":"\#(reason)","revision":\#(revision)}"#
        case 6:
            #"{"type":"resync","revision":\#(revision),"code":"resync 😀 \#(revision)"}"#
        case 7:
            #"{"type":"presence","members":\#(members(replica))}"#
        case 8:
            #"{"type":"saved","revision":\#(revision)}"#
        case 9, 10:
            #"{"type":"welcome","code":"welcome 😀","revision":\#(revision),\#(greeting(replica))}"#
        default:
            #"{"type":"resumed","edits":[{"revision":\#(revision),"author":"\#(author)","#
                + #""changes":\#(changes(replica))}],"revision":\#(revision),\#(greeting(replica))}"#
        }
    }

    private var author: String {
        mutating get { random.isOnce(in: 3) ? "me" : "other" }
    }

    private var reason: String {
        mutating get { RejectionReason.allCases.randomElement(using: &random)?.rawValue ?? "" }
    }

    private mutating func changes(_ replica: Replica) -> String {
        let places = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            let from = number(near: Int.random(in: 0...replica.text.count, using: &random))
            return (from, number(near: from))
        }
        let changes = places.sorted { $0.0 < $1.0 }.map { #"{"from":\#($0),"to":\#(max($0, $1)),"insert":"x😀"}"# }
        return "[\(changes.joined(separator: ","))]"
    }

    private mutating func members(_ replica: Replica) -> String {
        let cursor = #"{"anchor":\#(number(near: replica.text.count)),"head":\#(number(near: 0))}"#
        return #"[{"clientId":"me","cursor":\#(cursor)},{"clientId":"other","cursor":\#(cursor)}]"#
    }

    private mutating func greeting(_ replica: Replica) -> String {
        let limits = ["document", "message", "members", "messagesPerSecond"].map { "\"\($0)\":\(number(near: 9))" }
        return #""clientId":"me","session":"s","saved":\#(number(near: 2)),"language":"","policy":"merge","#
            + #""limits":{\#(limits.joined(separator: ","))},"members":\#(members(replica))"#
    }
}
