import CollabText
import PairloomClient
import Testing
import Wire

/// New ones in every run; a failing test names its seed as its argument.
private let seeds: [UInt64] = {
    let first = UInt64.random(in: 0..<1_000_000_000)
    return (0..<20).map { first + $0 }
}()

@Suite("Replicas of one room")
struct ConvergenceTests {
    @Test("all come to the server's text", arguments: seeds, SimulatedServer.Policy.allCases)
    func converge(seed: UInt64, policy: SimulatedServer.Policy) {
        for count in [2, 3, 8] {
            var simulation = Simulation(policy: policy, peers: count, seed: seed)
            for _ in 0..<1_500 { simulation.step { $0.change(of: $1) } }
            simulation.settle()
            #expect(simulation.server.invalidEdits == 0)
            for peer in simulation.peers {
                #expect(peer.replica.text == simulation.server.text)
                #expect(peer.replica.revision == simulation.server.revision)
                #expect(peer.observedText == simulation.server.text)
                #expect(peer.replica.isIdle)
                #expect(peer.reconnectsForced == 0)
            }
        }
    }

    @Test("have every edit in the log once, and what was acknowledged among them", arguments: seeds)
    func logsOnce(seed: UInt64) {
        var simulation = Simulation(policy: .merge, peers: 3, seed: seed)
        var typed = 0
        for _ in 0..<1_500 {
            simulation.step { random, text in
                typed += 1
                return random.insertion(of: [UInt16(0x4E00 + typed)], into: text)
            }
        }
        simulation.settle()
        let logged = simulation.server.log.map { "\($0.author)/\($0.editID)" }
        #expect(Set(logged).count == logged.count)
        let acknowledged = simulation.peers.flatMap(\.acknowledged)
        #expect(Set(acknowledged) == Set(logged))
        #expect(acknowledged.count == logged.count)
        let text = simulation.server.text
        let characters = (0..<text.count).map { text[$0] }.filter { 0x4E01...(0x4E00 + typed) ~= Int($0) }
        #expect(Set(characters).count == typed)
        #expect(characters.count == typed)
    }

    @Test("lose nothing that was typed under a policy that refuses what is stale", arguments: seeds)
    func keepsTyping(seed: UInt64) {
        var simulation = Simulation(policy: .versionChecked, peers: 3, seed: seed)
        var typed = 0
        for _ in 0..<1_500 {
            simulation.step { random, text in
                typed += 1
                return random.insertion(of: [UInt16(0x4E00 + typed)], into: text)
            }
        }
        simulation.settle()
        let text = simulation.server.text
        #expect((0..<text.count).filter { 0x4E01...(0x4E00 + typed) ~= Int(text[$0]) }.count == typed)
    }
}
