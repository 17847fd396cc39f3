import CollabText
import LoadClient
import NIOCore
import Wire

/// Somebody who types alone in a room, in the dialect of changes, and waits for what is saved.
///
/// Has one edit in flight, as the dialect wants it; what is due meanwhile waits. As nobody else types in the room, the
/// writer needs no text to know where its next letter goes.
final class Writer: Listener {
    private let run: SavesRun
    private var connection: Connection?
    private var typing = Typing(writer: 0, of: 1, length: 0)
    private var revision = 0
    private var savedRevision = 0
    /// How many edits were sent.
    private(set) var count = 0
    /// When the edit in flight was due.
    private var inFlight: NIODeadline?
    /// When those were due that wait for it.
    private var waiting = CircularBuffer<NIODeadline>()
    /// The edits that are acknowledged and not saved.
    private var unsaved = CircularBuffer<(revision: Int, due: NIODeadline)>()

    init(run: SavesRun) {
        self.run = run
    }

    /// Enters a room. To be called on the loop.
    func join(_ room: String, on loop: any EventLoop) {
        connection = .open(
            "/ws/\(room)", of: run.options.server, subprotocol: "pairloom.v1", on: loop, listener: self)
    }

    /// Types the next letter as soon as the dialect allows.
    ///
    /// - Parameter due: when it ought to be sent.
    func type(due: NIODeadline) {
        guard inFlight == nil else { return waiting.append(due) }
        inFlight = due
        count += 1
        let edit = EditMessage(id: String(count), revision: revision, changes: [typing.next()])
        connection?.send { ClientMessage.edit(edit).write(into: &$0) }
    }

    /// Hangs up.
    func leave() {
        connection?.close()
    }

    func didConnect() {}

    func didReceive(_ message: ByteBufferView, at time: NIODeadline) throws {
        switch try ServerMessage(decoding: ByteBuffer(message)) {
        case .welcome(let welcome):
            try enter(welcome)
        case .ack(_, let revision, _):
            try acknowledge(revision, at: time)
        case .saved(let revision):
            savedRevision = revision
            noteSaved(at: time)
        case .presence:
            break
        default:
            throw LoadError("the server said \(String(decoding: message, as: UTF8.self).prefix(300))")
        }
    }

    func didFail(_ error: LoadError) {
        run.fail(error)
    }

    private func enter(_ welcome: Welcome) throws {
        guard case .code(let text) = welcome.start else { throw LoadError("the server resumed a new client") }
        revision = welcome.revision
        typing = Typing(writer: 0, of: 1, length: text.count)
        run.writerDidJoin()
    }

    private func acknowledge(_ next: Int, at time: NIODeadline) throws {
        guard let due = inFlight, next == revision + 1 else {
            throw LoadError("revision \(next) came after revision \(revision)")
        }
        revision = next
        inFlight = nil
        unsaved.append((next, due))
        noteSaved(at: time)
        if let next = waiting.popFirst() { type(due: next) } else { run.writerIsIdle(self) }
    }

    private func noteSaved(at time: NIODeadline) {
        while let edit = unsaved.first, edit.revision <= savedRevision {
            unsaved.removeFirst()
            run.writerDidSave(after: time - edit.due)
        }
    }
}
