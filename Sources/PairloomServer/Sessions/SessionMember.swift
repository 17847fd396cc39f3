import NIOCore
import ProviderKit
import Rooms
import Wire

/// A session as a room knows it.
final class SessionMember: RoomMember {
    let id: ClientID
    let eventLoop: any EventLoop
    let openedAt = NIODeadline.now()
    let resumption: Revision?
    private let token: SessionToken
    private let speech: any SessionDialect
    private let session: NIOLoopBound<RoomSession>

    /// Must be called on the session's loop.
    init(session: RoomSession, speech: any SessionDialect, request: SocketRequest, eventLoop: any EventLoop) {
        token = request.resumption?.session ?? SessionToken()
        id = token.clientID
        resumption = request.resumption?.revision
        self.session = NIOLoopBound(session, eventLoop: eventLoop)
        self.speech = speech
        self.eventLoop = eventLoop
    }

    var dialect: any Dialect { speech }

    func greeting(_ greeting: Greeting) -> ByteBuffer? {
        // Comes before the greeting itself, which takes the same way.
        if eventLoop.inEventLoop {
            session.value.willJoin()
        } else {
            eventLoop.execute { [session] in session.value.willJoin() }
        }
        return speech.greeting(greeting, of: id, session: token)
    }

    func send(_ message: ByteBuffer, as kind: MessageKind) {
        session.value.send(message, as: kind)
    }

    func expel(_ reason: RoomError) {
        session.value.fail(reason)
    }

    /// Brings the session into its room, or ends it. Called once, from anywhere.
    func enter(_ id: RoomID, of directory: RoomDirectory) async {
        do {
            let room = try await directory.join(id, self)
            eventLoop.execute { [self] in
                if !session.value.didJoin(room) { room.leave(self) }
            }
        } catch {
            eventLoop.execute { [session] in session.value.fail(error) }
        }
    }
}
