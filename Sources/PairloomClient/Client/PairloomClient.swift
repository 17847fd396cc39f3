package import CollabText
package import NIOCore
import NIOWebSocket
package import Wire

/// A member of a room on a server, by the dialect `pairloom.v1`: a ``Replica`` with a connection.
///
/// Reconnects by itself, with growing pauses, unless the end was permanent (``Closure/isPermanent``). The user may go
/// on editing meanwhile: the server gets it all when the connection is back.
///
/// Everything happens on one event loop, which is the actor's executor. Must be closed: until then a client and its
/// connection keep each other alive.
package actor PairloomClient {
    package nonisolated let eventLoop: any EventLoop
    package nonisolated var unownedExecutor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }

    /// The copy of the room as it is now.
    ///
    /// Who keeps it while the room goes on pays with a copy of its text at the next edit.
    package private(set) var replica = Replica()
    /// How it ended, when it has.
    package private(set) var closure: Closure?

    private let dialer: Dialer
    private let onEvent: (@Sendable (ClientEvent) -> Void)?
    private var waiters = Waiters()
    /// Counts the connections: what comes from an older one is ignored.
    private var number = 0
    private var channel: (any Channel)?
    private var hasJoined = false
    private var reconnectPauses: Pauses
    private var retryPauses: Pauses
    /// What will happen by itself; cancelled when the connection ends or the client is closed.
    private var welcomeTimeout: Scheduled<Void>?
    private var nextDial: Scheduled<Void>?
    private var nextRetry: Scheduled<Void>?

    init(address: RoomAddress, options: ClientOptions, onEvent: (@Sendable (ClientEvent) -> Void)?) {
        eventLoop = options.group.next()
        dialer = Dialer(address: address, options: options, eventLoop: eventLoop)
        reconnectPauses = options.reconnectPauses
        retryPauses = options.retryPauses
        self.onEvent = onEvent
    }

    // MARK: Edits

    /// Makes an edit on the local text as it is at this moment.
    ///
    /// - Parameter change: is given the local text, and returns nil for no edit.
    /// - Throws: what `change` throws, ``StaleChange``, or the ``Closure`` when it is over.
    package func edit(_ change: @Sendable (TextBuffer) throws -> TextChange?) throws {
        if let closure { throw closure }
        guard let change = try change(replica.text) else { return }
        guard change.baseLength == replica.text.count else { throw StaleChange() }
        perform(replica.edit(change))
    }

    /// Makes an edit that was prepared on the local text; right only where nobody else can have edited since.
    package func edit(_ change: TextChange) throws {
        try edit { _ in change }
    }

    /// Replaces the local text, as the smallest edit that leads to the new one.
    package func setText(_ text: TextBuffer) throws {
        try edit { .difference(from: $0, to: text) }
    }

    /// Shows the others a name, a color or a cursor: see ``Replica/setPresence(name:color:cursor:)``.
    package func setPresence(name: String? = nil, color: String? = nil, cursor: CursorUpdate = .unchanged) {
        perform(replica.setPresence(name: name, color: color, cursor: cursor))
    }

    // MARK: Waiting

    /// Waits until something is true of the copy of the room.
    ///
    /// - Throws: `CancellationError`, or the ``Closure`` when it is over and not true.
    package func wait(until condition: @escaping @Sendable (Replica) -> Bool) async throws {
        if condition(replica) { return }
        if let closure { throw closure }
        let waiter = waiters.makeID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiters.add($0, id: waiter, condition: condition) }
        } onCancel: {
            eventLoop.execute { self.assumeIsolated { $0.waiters.cancel(waiter) } }
        }
    }

    // MARK: The connection

    /// Opens the first connection, and waits until the server has welcomed this client.
    func start() async throws {
        dial()
        try await wait { $0.isJoined }
    }

    /// Cuts the connection without a close frame, as a failing network would; the client connects again.
    package func dropConnection() {
        channel?.close(promise: nil)
    }

    /// Leaves the room for good, and returns when the connection is gone. What was not acknowledged may be lost.
    package func close() async {
        end(Closure(code: 1000, reason: "closed by the client"))
        guard let channel else { return }
        var payload = ByteBuffer()
        payload.writeInteger(UInt16(1000))
        channel.writeAndFlush(WebSocketFrame.masked(.connectionClose, payload), promise: nil)
        let timeout = eventLoop.scheduleTask(in: TimeAmount(dialer.options.closeTimeout)) {
            channel.close(promise: nil)
        }
        try? await channel.closeFuture.get()
        timeout.cancel()
    }

    private func dial() {
        number += 1
        let dialed = number
        welcomeTimeout = schedule(in: dialer.options.connectTimeout) { client in
            client.didEnd(.broken("the server took too long"), number: dialed)
        }
        dialer.dial(resuming: replica.resumption) { SocketHandler(client: self, number: dialed) }
            .whenFailure { error in
                self.assumeIsolated { $0.didEnd(error as? Closure ?? .broken("\(error)"), number: dialed) }
            }
    }

    func didOpen(_ channel: any Channel, number: Int) {
        guard number == self.number, closure == nil else { return channel.close(promise: nil) }
        self.channel = channel
    }

    func didReceive(_ message: ByteBuffer, number: Int) {
        guard number == self.number, closure == nil else { return }
        do throws(MessageError) {
            let message = try ServerMessage(decoding: message)
            // Not for the welcome alone, which a server may send only to hang up.
            if replica.isJoined { reconnectPauses.reset() }
            perform(replica.receive(message))
        } catch {
            // A server of a newer kind may say what this client does not know.
            if error.code != .unknownType { channel?.close(promise: nil) }
        }
    }

    func didEnd(_ closure: Closure, number: Int) {
        guard number == self.number else { return }
        // From here on nothing counts that this connection still says.
        self.number += 1
        channel?.close(promise: nil)
        channel = nil
        cancelScheduled()
        replica.didDisconnect()
        guard self.closure == nil else { return }
        guard hasJoined, !closure.isPermanent else { return end(closure) }
        waiters.check(replica)
        onEvent?(.disconnected(closure))
        let pause = closure.isOverload ? reconnectPauses.nextLongest() : reconnectPauses.next()
        nextDial = schedule(in: pause) { $0.dial() }
    }

    /// Ends it all: nothing is tried any more, and nobody waits any longer.
    private func end(_ closure: Closure) {
        guard self.closure == nil else { return }
        self.closure = closure
        cancelScheduled()
        waiters.fail(closure)
        onEvent?(.closed(closure))
    }

    // MARK: Effects

    private func perform(_ effects: [ReplicaEffect]) {
        for effect in effects {
            switch effect {
            case .send(let message): send(message)
            case .retryLater: nextRetry = schedule(in: retryPauses.next()) { $0.retry() }
            case .reconnect: channel?.close(promise: nil)
            case .tell(let event): tell(event)
            }
        }
        waiters.check(replica)
    }

    private func send(_ message: ClientMessage) {
        guard let channel else { return }
        var buffer = channel.allocator.buffer(capacity: 256)
        message.write(into: &buffer)
        channel.writeAndFlush(WebSocketFrame.masked(.text, buffer), promise: nil)
    }

    private func tell(_ event: ClientEvent) {
        switch event {
        case .connected:
            hasJoined = true
            welcomeTimeout?.cancel()
        case .acknowledged:
            retryPauses.reset()
        default:
            break
        }
        onEvent?(event)
    }

    private func retry() {
        perform(replica.retry())
    }

    private func schedule(
        in pause: Duration, _ work: @escaping @Sendable (isolated PairloomClient) -> Void
    ) -> Scheduled<Void> {
        eventLoop.scheduleTask(in: TimeAmount(pause)) { self.assumeIsolated { work($0) } }
    }

    private func cancelScheduled() {
        for scheduled in [welcomeTimeout, nextDial, nextRetry] { scheduled?.cancel() }
    }
}
