import CollabText
import LoadClient
import NIOCore
import Wire

/// The dialect of changes, as cheaply as a client can speak it that types at a place of its own.
///
/// It holds no text, counts the revisions, and knows where its place has gone. A missing revision ends the run.
final class CountingVoice: Voice {
    static let subprotocol: String? = "pairloom.v1"
    static let isWelcomeUnasked = false

    private static let editOpening = Array(#"{"type":"edit","revision":"#.utf8)

    private(set) var isReady = false
    private let index: Int
    private let seat: Seat
    private let log: RoomLog
    private var typing = Typing(writer: 0, of: 1, length: 0)
    private var revision = 0
    private var sent = 0

    init(index: Int, seat: Seat, log: RoomLog) {
        self.index = index
        self.seat = seat
        self.log = log
    }

    func write(into message: inout ByteBuffer, stamped time: NIODeadline) {
        isReady = false
        sent += 1
        ClientMessage.edit(EditMessage(id: String(sent), revision: revision, changes: [typing.next()]))
            .write(into: &message)
    }

    func receive(_ message: ByteBufferView) throws -> Heard {
        if let next = Self.revisionOfEdit(message) {
            try advance(to: next)
            let entry = try log.entry(at: next, toldBy: message)
            typing.follow(editAt: entry.place, growth: entry.growth)
            return .delivery(of: entry.writer, sentAt: nil)
        }
        switch try ServerMessage(decoding: ByteBuffer(message)) {
        case .welcome(let welcome):
            return try join(welcome)
        case .ack(_, let next, _):
            try advance(to: next)
            isReady = true
            return .acknowledgement
        case .rejected, .error, .resync:
            throw LoadError("the server said \(String(decoding: message, as: UTF8.self).prefix(300))")
        default:
            return .nothing
        }
    }

    private func join(_ welcome: Welcome) throws -> Heard {
        guard case .code(let text) = welcome.start else { throw LoadError("the server resumed a new client") }
        revision = welcome.revision
        typing = seat.typing(in: text)
        log.add(clientID: welcome.clientID, index: index)
        isReady = true
        return .welcome
    }

    private func advance(to next: Int) throws {
        guard next == revision + 1 else { throw LoadError("revision \(next) came after revision \(revision)") }
        revision = next
    }

    /// The revision in a message that tells an edit; nil for any other message.
    private static func revisionOfEdit(_ message: ByteBufferView) -> Int? {
        message.withUnsafeBytes { bytes in
            guard bytes.starts(with: editOpening) else { return nil }
            var revision = 0
            for byte in bytes[editOpening.count...] {
                let digit = Int(byte) - Int(UInt8(ascii: "0"))
                guard (0...9).contains(digit) else { break }
                revision = revision * 10 + digit
            }
            return revision
        }
    }
}
