import Logging
import ProviderKit
import Testing

@testable import PairloomServer

@Suite struct ConnectionBoundTests {
    private let sockets = ConnectionCount(capacity: ConnectionCapacity(total: .max, others: 3))

    @Test("there may be as many connections as WebSockets, and some more; those over it are refused")
    func bounds() {
        for _ in 0..<5 { #expect(sockets.open(limit: 2)) }
        #expect(!sockets.open(limit: 2))
        sockets.close()
        #expect(!sockets.open(limit: 2))
        for _ in 0..<2 { sockets.close() }
        #expect(sockets.open(limit: 2))
    }

    @Test("WebSockets above a limit that was lowered leave room for other requests")
    func leavesRoom() {
        for _ in 0..<10 {
            _ = sockets.open(limit: 10)
            _ = sockets.enter(limit: 10)
        }
        for _ in 0..<3 { #expect(sockets.open(limit: 2)) }
        #expect(!sockets.open(limit: 2))
    }

    @Test("a few more connections are accepted than may be open, to be refused")
    func acceptsSomeMore() {
        var bound = bound(limit: 2)
        for _ in 0..<12 { bound.connectionOpened() }
        #expect(bound.isAcceptingNewConnections())
        bound.connectionOpened()
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
        #expect((0..<20).count { _ in sockets.open(limit: 10_000) } == 8)
        #expect(ConnectionCount().bound(limit: .max) == .max)
    }
}
