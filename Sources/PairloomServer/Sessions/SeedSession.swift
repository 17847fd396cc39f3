import Metrics
import NIOCore
import ProviderKit
import Rooms
import Wire

/// A client of the seed dialect in its room. Used on the connection's loop alone.
///
/// A client that cannot keep up is not sent what it will not miss: while its connection is full, updates are skipped, and
/// when it has room again it gets the newest text. So it costs one text, not a queue of them.
final class SeedSession: Session {
    private let dialect: SeedDialect
    private let documentLimit: Int
    private let connections: ConnectionCount
    private let metrics: SocketMetrics
    private var allowance: TokenBucket
    private var socket: WebSocketHandler?
    private var member: SeedMember?
    private var room: Room?
    private var isBehind = false
    private var seen = SeenRevision()

    init(dialect: SeedDialect, limits: ServerLimits, connections: ConnectionCount, metrics: SocketMetrics) {
        self.dialect = dialect
        self.connections = connections
        self.metrics = metrics
        documentLimit = limits.document
        allowance = TokenBucket(
            capacity: Double(limits.messagesPerSecond * 2), refillPerSecond: Double(limits.messagesPerSecond),
            now: .now())
    }

    /// The session as a room knows it. To be called once, on the connection's loop.
    func makeMember(on eventLoop: any EventLoop) -> SeedMember {
        let member = SeedMember(session: self, dialect: dialect, eventLoop: eventLoop)
        // Kept while the connection lives, and only then: the member keeps the session.
        if socket != nil { self.member = member }
        return member
    }

    /// The client is in its room; false when it went away while the room was being opened.
    func didJoin(_ room: Room) -> Bool {
        guard let socket else { return false }
        self.room = room
        socket.start()
        // What was skipped while the room was being opened.
        catchUp()
        return true
    }

    /// Ends the connection, since the room cannot be had.
    func fail(_ error: RoomError) {
        socket?.close(Closure(error))
    }

    /// Sends a message of the room, or notes that one was skipped.
    ///
    /// - Parameter revision: what the message leads to; nil when it must not be skipped.
    func send(_ message: ByteBuffer, revision: Revision?) {
        guard let socket else { return }
        guard revision == nil || socket.isWritable else {
            isBehind = true
            return
        }
        metrics.sent.increment()
        if let revision, let question = seen.willSend(revision, now: NIODeadline.now) {
            socket.send(FrameEncoder.control(.ping, question))
        }
        socket.send(message)
    }

    private func catchUp() {
        guard isBehind, let socket, socket.isWritable, let room, let member else { return }
        isBehind = false
        room.catchUp(member)
    }

    // MARK: Session

    func didOpen(_ socket: WebSocketHandler) {
        self.socket = socket
        if !connections.enter() { socket.close(Closure(.overloaded, "the server is full")) }
    }

    func receive(_ message: ByteBuffer) {
        metrics.received.increment()
        guard let room, let member else { return }
        do throws(MessageError) {
            guard allowance.take(now: .now()) else {
                throw MessageError(.rateLimited, "Too many messages a second; this one was not taken.")
            }
            switch try SeedMessage(decoding: message, documentLimit: documentLimit) {
            case .codeUpdate(let text, let revision):
                room.receive(.text(text), base: revision.map(Revision.init), from: member)
                seen.didWrite()
            }
        } catch {
            metrics.refused.increment()
            socket?.send(dialect.error(error))
        }
    }

    func receivePong(_ payload: ByteBuffer) {
        guard let read = seen.didAnswer(payload), let room, let member else { return }
        room.putRight(member, whoHadRead: read)
    }

    func didBecomeWritable() {
        catchUp()
    }

    func didEnd() {
        connections.leave()
        if let room, let member { room.leave(member) }
        room = nil
        member = nil
        socket = nil
    }
}
