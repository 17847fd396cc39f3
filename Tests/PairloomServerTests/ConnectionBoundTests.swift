import Logging
import ProviderKit
import Testing

@testable import PairloomServer

@Suite struct ConnectionBoundTests {
    private let sockets = ConnectionCount(capacity: ConnectionCapacity(total: .max, others: 3))

    @Test("there may be as many connections as WebSockets, and some more")
    func bounds() {
        var bound = bound(limit: 2)
        for _ in 0..<4 { bound.connectionOpened() }
        #expect(bound.isAcceptingNewConnections())
        bound.connectionOpened()
        #expect(!bound.isAcceptingNewConnections())
        bound.connectionClosed()
        #expect(bound.isAcceptingNewConnections())
    }

    @Test("WebSockets above a limit that was lowered leave room for other requests")
    func leavesRoom() {
        var bound = bound(limit: 2)
        for _ in 0..<10 {
            bound.connectionOpened()
            _ = sockets.enter(limit: 2)
        }
        #expect(bound.isAcceptingNewConnections())
        for _ in 0..<3 { bound.connectionOpened() }
        #expect(!bound.isAcceptingNewConnections())
        sockets.leave()
        bound.connectionClosed()
        #expect(!bound.isAcceptingNewConnections())
        bound.connectionClosed()
        #expect(bound.isAcceptingNewConnections())
    }

    /// A bound with three connections besides WebSockets.
    private func bound(limit: Int) -> ConnectionBound {
        let nobody = SuggestionLink(name: "none", provider: FixedAutocomplete { _ in nil })
        let live = LiveSettings(
            LiveSettings.Values(
                limits: ServerLimits(connections: limit), suggestions: SuggestionChain([nobody], logger: .silent),
                names: ProviderNames(storage: "", autocomplete: "", policy: "")))
        return ConnectionBound(live: live, sockets: sockets)
    }

    @Test("the files that the process may open bound its connections, and a reserve of them stays free")
    func leavesFiles() throws {
        for limit in [64, 200, 256, 1_024, 4_096, 1 << 20, Int.max] {
            let capacity = try #require(ConnectionCapacity(openFiles: limit, inUse: 25))
            #expect(capacity.total <= limit - 25 - 16)
            #expect(capacity.sockets(limit: .max) + capacity.others == capacity.total)
            #expect(capacity.sockets(limit: 5) == 5)
            #expect(capacity.others >= 2)
        }
        #expect(ConnectionCapacity(openFiles: 1_024, inUse: 25)?.total ?? 0 > 850)
        for limit in [0, 1, 32, 45] { #expect(ConnectionCapacity(openFiles: limit, inUse: 25) == nil) }
    }

    @Test("neither WebSockets nor other connections go beyond what the files allow")
    func staysWithinCapacity() {
        let sockets = ConnectionCount(capacity: ConnectionCapacity(total: 8, others: 2))
        let admitted = (0..<10).count { _ in sockets.enter(limit: 10_000) }
        #expect(admitted == 6)
        var bound = ConnectionBound(live: bound(limit: 10_000).live, sockets: sockets)
        var accepted = 0
        while bound.isAcceptingNewConnections(), accepted < 100 {
            bound.connectionOpened()
            accepted += 1
        }
        #expect(accepted == 8)
    }
}
