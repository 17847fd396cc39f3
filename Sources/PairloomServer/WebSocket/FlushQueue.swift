import NIOCore

/// Flushes what the connections of one event loop wrote: once for each connection and turn of the loop, however many
/// messages there were. Used on that loop alone.
final class FlushQueue {
    private let eventLoop: any EventLoop
    private var waiting: [WebSocketHandler] = []

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Flushes a connection once all else of this turn is done.
    func add(_ handler: WebSocketHandler) {
        waiting.append(handler)
        guard waiting.count == 1 else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.execute { bound.value.flushAll() }
    }

    private func flushAll() {
        let handlers = waiting
        waiting.removeAll(keepingCapacity: true)
        for handler in handlers { handler.flush() }
    }
}
