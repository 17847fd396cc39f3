import Logging
import ProviderKit
import Testing

@testable import PairloomServer

@Suite struct ConnectionBoundTests {
    private let sockets = ConnectionCount()

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
        var bound = ConnectionBound(live: live, sockets: sockets)
        bound.others = 3
        return bound
    }
}
