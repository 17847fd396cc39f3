import NIOCore

/// The WebSocket connections of one event loop.
struct SocketLoop: Sendable {
    let eventLoop: any EventLoop
    private let state: NIOLoopBoundBox<State>

    private struct State {
        let flushQueue: FlushQueue
        /// Grows with the connections; those that ended are forgotten when it has doubled.
        var sockets: [Socket] = []
        var sweepsAt = 64
    }

    private struct Socket {
        weak var handler: WebSocketHandler?
        weak var session: RoomSession?
    }

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        state = .makeBoxSendingValue(State(flushQueue: FlushQueue(eventLoop: eventLoop)), eventLoop: eventLoop)
    }

    /// The queue of the loop. To be called on it.
    var flushQueue: FlushQueue { state.value.flushQueue }

    /// Remembers a connection. To be called on the loop.
    func add(_ handler: WebSocketHandler, _ session: RoomSession) {
        state.value.sockets.append(Socket(handler: handler, session: session))
        guard state.value.sockets.count >= state.value.sweepsAt else { return }
        state.value.sockets.removeAll { $0.handler == nil }
        state.value.sweepsAt = max(64, 2 * state.value.sockets.count)
    }

    /// Sets what bounds every connection that is open.
    func apply(_ limits: ServerLimits) async {
        let applied = eventLoop.submit { [state] in
            for socket in state.value.sockets {
                socket.handler?.update(WebSocketOptions(limits))
                socket.session?.update(limits)
            }
        }
        // Fails only on a loop that is no more.
        try? await applied.get()
    }
}
