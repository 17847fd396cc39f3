import NIOCore
import ProviderKit
import Rooms

/// A seed session as a room knows it.
final class SeedMember: RoomMember {
    let id = ClientID.random()
    let eventLoop: any EventLoop
    let dialect: any Dialect
    private let session: NIOLoopBound<SeedSession>

    /// Must be called on the session's loop.
    init(session: SeedSession, dialect: SeedDialect, eventLoop: any EventLoop) {
        self.session = NIOLoopBound(session, eventLoop: eventLoop)
        self.dialect = dialect
        self.eventLoop = eventLoop
    }

    func send(_ message: ByteBuffer, revision: Revision?) {
        session.value.send(message, revision: revision)
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
