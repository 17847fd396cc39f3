import CollabText
import PairloomClient
import TestSupport
import Wire

/// Several replicas of one room behind a network that delays, loses connections, and a server that sometimes refuses.
struct Simulation {
    /// One replica and the two queues between it and the server.
    struct Peer {
        var replica = Replica()
        var isConnected = false
        var wantsRetry = false
        var toServer: [ClientMessage] = []
        var toClient: [ServerMessage] = []
        var acknowledged: [String] = []
        /// The text as an observer would have it who only hears of the changes.
        var observedText = TextBuffer()
        var reconnectsForced = 0
    }

    var random: SeededGenerator
    var server: SimulatedServer
    var peers: [Peer]
    /// Whether the server refuses some edits for a while, and tells clients to start over.
    var isUnkind = true

    init(policy: SimulatedServer.Policy, peers count: Int, seed: UInt64) {
        random = SeededGenerator(seed: seed)
        server = SimulatedServer(policy: policy, text: "fn main() {}\n😀\n")
        peers = Array(repeating: Peer(), count: count)
    }

    // MARK: What can happen

    /// Lets something happen; `makeChange` makes the users' edits.
    mutating func step(_ makeChange: (inout SeededGenerator, TextBuffer) -> TextChange) {
        let index = Int.random(in: peers.indices, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<35: edit(index, makeChange(&random, peers[index].replica.text))
        case 35..<60: deliverToServer(index)
        case 60..<92: deliverToClient(index)
        case 92..<94: disconnect(index)
        case 94..<97: connect(index)
        case 97..<98: peers[index].wantsRetry ? retry(index) : ()
        case 98: if isUnkind { resync(index) }
        default: if isUnkind { server.forgetChanges() }
        }
    }

    /// Lets everything arrive, until nobody has anything to say.
    mutating func settle() {
        isUnkind = false
        for index in peers.indices { connect(index) }
        while let index = peers.firstIndex(where: { !$0.toServer.isEmpty || !$0.toClient.isEmpty || $0.wantsRetry }) {
            if peers[index].wantsRetry { retry(index) }
            deliverToServer(index)
            deliverToClient(index)
            connect(index)
        }
    }

    mutating func edit(_ index: Int, _ change: TextChange) {
        peers[index].observedText.apply(change)
        take(peers[index].replica.edit(change), index)
    }

    private mutating func retry(_ index: Int) {
        peers[index].wantsRetry = false
        take(peers[index].replica.retry(), index)
    }

    mutating func connect(_ index: Int) {
        guard !peers[index].isConnected else { return }
        peers[index].isConnected = true
        peers[index].toClient = [server.join(index, resuming: peers[index].replica.resumption)]
    }

    /// Cuts a connection: whatever is on its way, in either direction, is lost.
    mutating func disconnect(_ index: Int) {
        guard peers[index].isConnected else { return }
        peers[index].isConnected = false
        peers[index].wantsRetry = false
        peers[index].toServer = []
        peers[index].toClient = []
        peers[index].replica.didDisconnect()
        server.leave(index)
    }

    /// Tells a client to start over, which may spare it the newest edits.
    private mutating func resync(_ index: Int) {
        guard peers[index].isConnected else { return }
        while case .edit = peers[index].toClient.last { peers[index].toClient.removeLast() }
        peers[index].toClient.append(server.resync(index))
    }

    // MARK: The network

    mutating func deliverToServer(_ index: Int) {
        guard !peers[index].toServer.isEmpty, case .edit(let edit) = peers[index].toServer.removeFirst() else { return }
        if isUnkind, random.isOnce(in: 15) {
            let reason: RejectionReason = random.isOnce(in: 2) ? .rateLimited : .storageUnavailable
            peers[index].toClient.append(server.rejection(of: edit, reason))
            return
        }
        for (member, message) in server.receive(edit, from: index) { peers[member].toClient.append(message) }
    }

    mutating func deliverToClient(_ index: Int) {
        guard !peers[index].toClient.isEmpty else { return }
        take(peers[index].replica.receive(peers[index].toClient.removeFirst()), index)
    }

    private mutating func take(_ effects: [ReplicaEffect], _ index: Int) {
        for effect in effects {
            switch effect {
            case .send(let message): peers[index].toServer.append(message)
            case .retryLater: peers[index].wantsRetry = true
            case .reconnect:
                peers[index].reconnectsForced += 1
                disconnect(index)
            case .tell(.changed(let change, _)): peers[index].observedText.apply(change)
            case .tell(.acknowledged(let id, _)):
                peers[index].acknowledged.append("\(peers[index].replica.clientID ?? "")/\(id)")
            case .tell: break
            }
        }
    }
}
