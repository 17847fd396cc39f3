import Logging
import Metrics
import NIOCore
import ProviderKit
import Rooms
import Wire

/// A client in its room, whatever its dialect. Used on the connection's loop alone.
///
/// A client that cannot keep up is not sent what it will not miss: while its connection is full, updates are skipped, and
/// when it has room again it gets the newest text. So it costs one text, not a queue of them.
final class RoomSession: Session {
    let dialect: any SessionDialect
    /// Where the provider of suggestions is found that is in use when the client asks.
    let live: LiveSettings
    private var limits: ServerLimits
    private let connections: ConnectionCount
    private let metrics: SocketMetrics
    private let logger: Logger
    private var allowance: TokenBucket
    private var socket: WebSocketHandler?
    private var member: SessionMember?
    private var room: Room?
    /// What was skipped.
    private var missed: Missed?
    private var isCatchingUp = false
    /// Answers that come after the next text, since they tell of revisions after what was skipped.
    private var heldBack: [ByteBuffer] = []
    private var receipts = ReadReceipts(isAsking: false)
    /// Asks about what was sent since the last question.
    private var lateQuestion: Scheduled<Void>?
    /// The suggestion that the client waits for: its next question ends it, and the session's end does.
    var openSuggestion: Task<Void, Never>?

    init(
        dialect: any SessionDialect, live: LiveSettings, limits: ServerLimits, connections: ConnectionCount,
        metrics: SocketMetrics, logger: Logger
    ) {
        self.dialect = dialect
        self.live = live
        self.connections = connections
        self.metrics = metrics
        self.logger = logger
        self.limits = limits
        allowance = TokenBucket(messagesPerSecond: limits.messagesPerSecond)
    }

    /// Sets what bounds the client from now on.
    func update(_ limits: ServerLimits) {
        if limits.messagesPerSecond != self.limits.messagesPerSecond {
            allowance = TokenBucket(messagesPerSecond: limits.messagesPerSecond)
        }
        self.limits = limits
    }

    /// The session as a room knows it. To be called once, on the connection's loop.
    func makeMember(for request: SocketRequest, on eventLoop: any EventLoop) -> SessionMember {
        let member = SessionMember(session: self, speech: dialect, request: request, eventLoop: eventLoop)
        // Kept while the connection lives, and only then: the member keeps the session.
        if socket != nil { self.member = member }
        return member
    }

    /// The client is about to be greeted by its room.
    func willJoin() {
        receipts = ReadReceipts(isAsking: dialect.wire != .change)
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

    // MARK: What the room says

    /// Sends a message of the room, or notes that one was skipped.
    func send(_ message: ByteBuffer, as kind: MessageKind) {
        guard let socket, !mustSkip(kind, isWritable: socket.isWritable) else { return }
        metrics.sent.increment()
        switch kind {
        case .update(let revision):
            send(message, of: revision, to: socket)
        case .text(let revision):
            send(message, of: revision, to: socket)
            for answer in heldBack { socket.send(answer) }
            heldBack.removeAll()
        case .answer where missed == .text:
            heldBack.append(message)
        case .answer, .prelude, .notice:
            socket.send(message)
        }
    }

    /// Whether a message is skipped: nobody needs an update of a text that it does not have, or a notice that it has no
    /// room for.
    private func mustSkip(_ kind: MessageKind, isWritable: Bool) -> Bool {
        switch kind {
        case .answer, .prelude:
            return false
        case .text:
            missed = nil
            isCatchingUp = false
            return false
        case .update:
            if missed != .text, isWritable { return false }
            missed = .text
            return true
        case .notice:
            if missed == nil, isWritable { return false }
            missed = missed ?? .notices
            return true
        }
    }

    private func catchUp() {
        guard let missed, !isCatchingUp, let socket, socket.isWritable, let room, let member else { return }
        switch missed {
        case .text: isCatchingUp = true
        case .notices: self.missed = nil
        }
        room.catchUp(member, on: missed)
    }

    /// Sends a message that tells of a revision, with a question whether it is read.
    private func send(_ message: ByteBuffer, of revision: Revision, to socket: WebSocketHandler) {
        ask(receipts.willSend(revision, now: NIODeadline.now))
        socket.send(message)
        askLater()
    }

    private func ask(_ question: ByteBuffer?) {
        if let question { socket?.send(FrameEncoder.control(.ping, question)) }
    }

    /// Sees to it that the client is asked about the newest text, too, when texts come faster than questions.
    private func askLater() {
        guard lateQuestion == nil, let due = receipts.questionDue, let loop = member?.eventLoop else { return }
        let bound = NIOLoopBound(self, eventLoop: loop)
        lateQuestion = loop.scheduleTask(deadline: due) {
            let session = bound.value
            session.lateQuestion = nil
            session.ask(session.receipts.overdueQuestion(now: .now()))
            session.askLater()
        }
    }

    // MARK: Session

    func didOpen(_ socket: WebSocketHandler) {
        self.socket = socket
        if !connections.enter(limit: limits.connections) { socket.close(Closure(.overloaded, "the server is full")) }
    }

    func receive(_ message: ByteBuffer) {
        metrics.received.increment()
        guard let room, let member else { return }
        do throws(MessageError) {
            let isAllowed = allowance.take(now: .now())
            let isShort = message.readableBytes <= Self.readableAnyway
            guard isAllowed || isShort else { throw .rateLimited(nil) }
            let message = try ClientMessage(decoding: message, in: dialect.wire, documentLimit: limits.document)
            guard isAllowed else { throw .rateLimited(message.editID) }
            take(message, from: member, in: room)
        } catch {
            if error.code == .unknownType, dialect.ignoresUnknownTypes {
                metrics.ignored.increment()
                logger.debug("A message was ignored", metadata: ["room": "\(room.id)", "reason": "\(error.detail)"])
                return
            }
            metrics.refused.increment()
            refuse(error, to: member, in: room)
        }
    }

    /// How many bytes a message may have that is read for the name of its edit though it comes too soon.
    private static let readableAnyway = 4_096

    private func take(_ message: ClientMessage, from member: SessionMember, in room: Room) {
        switch message {
        case .edit(let edit):
            room.receive(
                Submission(
                    id: EditID(edit.id), content: .changes(edit.changes), base: .revision(Revision(edit.revision))),
                from: member)
        case .codeUpdate(let update):
            let base: Submission.Base =
                update.revision.map { .revision(Revision($0)) } ?? .inferred(receipts.receipt(now: .now()))
            room.receive(
                Submission(id: update.id.map(EditID.init), content: .text(update.code), base: base), from: member)
        case .presence(let update):
            room.receive(Rooms.PresenceUpdate(update), from: member)
        case .complete(let question):
            suggest(question, to: member, in: room)
        }
    }

    private func refuse(_ error: MessageError, to member: SessionMember, in room: Room) {
        if let id = error.editID {
            room.refuse(EditID(id), of: member, Refusal(Refusal.Reason(error.code), detail: error.detail))
        } else {
            socket?.send(dialect.error(error))
        }
    }

    func receivePong(_ payload: ByteBuffer) {
        receipts.didAnswer(payload, now: NIODeadline.now)
        askLater()
    }

    func didBecomeWritable() {
        catchUp()
    }

    func didEnd() {
        connections.leave()
        openSuggestion?.cancel()
        lateQuestion?.cancel()
        if let room, let member { room.leave(member) }
        room = nil
        member = nil
        socket = nil
    }
}

extension TokenBucket {
    /// What a connection may send: so many messages a second, and twice as many at once.
    fileprivate init(messagesPerSecond: Int) {
        self.init(
            capacity: Double(messagesPerSecond * 2), refillPerSecond: Double(messagesPerSecond), now: .now())
    }
}

extension Rooms.PresenceUpdate {
    fileprivate init(_ update: Wire.PresenceUpdate) {
        let selection: SelectionUpdate =
            switch update.cursor {
            case .unchanged: .unchanged
            case .none: .none
            case .at(let cursor):
                .at(Selection(anchor: cursor.anchor, head: cursor.head), update.revision.map(Revision.init))
            }
        self.init(name: update.name, color: update.color, selection: selection)
    }
}

extension Refusal.Reason {
    /// Why an edit is refused whose message was.
    fileprivate init(_ code: MessageErrorCode) {
        switch code {
        case .invalidJSON, .unknownType, .invalidMessage, .invalidText: self = .invalid
        case .tooLarge: self = .tooLarge
        case .rateLimited: self = .rateLimited
        case .storageUnavailable: self = .storageUnavailable
        case .conflict: self = .conflict
        }
    }
}

extension ClientMessage {
    /// The name of the edit that the message is, if it is one and has one.
    fileprivate var editID: String? {
        switch self {
        case .edit(let edit): edit.id
        case .codeUpdate(let update): update.id
        case .presence, .complete: nil
        }
    }
}
