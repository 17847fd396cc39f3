import CollabText
import NIOCore
import ProviderKit
import Rooms
import Synchronization

/// A member that keeps what it is sent, in the words of ``PlainDialect``.
final class RecordingMember: RoomMember {
    let id: ClientID
    let eventLoop: any EventLoop
    let dialect: any Dialect
    let openedAt = NIODeadline.now()
    let resumption: Revision?
    private let state = Mutex(State())

    private struct State {
        var messages: [String] = []
        var expulsion: RoomError?
        var watcher: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    init(
        _ id: ClientID = .random(), resumingAt revision: Revision? = nil, on eventLoop: any EventLoop,
        dialect: any Dialect
    ) {
        resumption = revision
        self.id = id
        self.eventLoop = eventLoop
        self.dialect = dialect
    }

    var messages: [String] { state.withLock { $0.messages } }

    var expulsion: RoomError? { state.withLock { $0.expulsion } }

    /// What was sent, once there are this many messages.
    func messages(_ count: Int) async -> [String] {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.messages.count >= count || state.expulsion != nil { return true }
                state.watcher = (count, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
        return messages
    }

    func greeting(_ greeting: Greeting) -> ByteBuffer? { nil }

    func send(_ message: ByteBuffer, as kind: MessageKind) {
        eventLoop.preconditionInEventLoop()
        note { $0.messages.append(String(buffer: message)) }
    }

    func expel(_ reason: RoomError) {
        eventLoop.preconditionInEventLoop()
        note { $0.expulsion = reason }
    }

    private func note(_ change: (inout State) -> Void) {
        let watcher = state.withLock { state in
            change(&state)
            guard let watcher = state.watcher else { return nil as CheckedContinuation<Void, Never>? }
            guard state.messages.count >= watcher.count || state.expulsion != nil else { return nil }
            state.watcher = nil
            return watcher.continuation
        }
        watcher?.resume()
    }
}

/// Says everything as `revision:text`, refusals as `refused:reason`, and nothing of saving and presence.
final class PlainDialect: Dialect {
    func standing(text: TextBuffer, revision: Revision) -> ByteBuffer {
        ByteBuffer(string: "\(revision):\(text)")
    }

    func update(_ change: RoomChange, text: TextBuffer) -> ByteBuffer {
        ByteBuffer(string: "\(change.revision):\(text)")
    }

    func acknowledgement(of id: EditID, at revision: Revision, textFollows: Bool) -> ByteBuffer? {
        ByteBuffer(string: "\(revision):taken \(id)\(textFollows ? ", text follows" : "")")
    }

    func refusal(_ refusal: Refusal, of id: EditID?, text: TextBuffer, revision: Revision) -> ByteBuffer? {
        ByteBuffer(string: "refused:\(refusal.reason)")
    }

    var tellsNews: Bool { false }

    func saved(_ revision: Revision) -> ByteBuffer? { nil }

    func presence(_ members: [MemberDescription]) -> ByteBuffer? { nil }

    func problem(_ problem: PresenceProblem) -> ByteBuffer {
        ByteBuffer(string: "problem:\(problem)")
    }
}
