import CollabText
import LoadClient
import NIOCore
import PairloomClient
import Wire

/// The dialect of changes as the client library speaks it, with the room's whole text.
final class ReplicaVoice: Voice {
    static let subprotocol: String? = "pairloom.v1"
    static let isWelcomeUnasked = false

    private let index: Int
    private let seat: Seat
    private let log: RoomLog
    private var typing = Typing(writer: 0, of: 1, length: 0)
    private var replica = Replica()

    init(index: Int, seat: Seat, log: RoomLog) {
        self.index = index
        self.seat = seat
        self.log = log
    }

    var isReady: Bool { replica.isJoined && replica.isIdle }

    var text: TextBuffer? { replica.text }

    func write(into message: inout ByteBuffer, stamped time: NIODeadline) {
        guard let change = try? TextChange(baseLength: replica.text.count, replacements: [typing.next()]) else {
            return
        }
        for case .send(let edit) in replica.edit(change) { edit.write(into: &message) }
    }

    func receive(_ message: ByteBufferView) throws -> Heard {
        let told = try ServerMessage(decoding: ByteBuffer(message))
        var heard = Heard.nothing
        for effect in replica.receive(told) {
            switch effect {
            case .tell(.changed(let change, by: .some)):
                typing.follow(change)
            case .tell(.connected):
                heard = try join()
            case .tell(.acknowledged):
                heard = .acknowledgement
            case .send, .retryLater, .reconnect, .tell(.rejected), .tell(.refused):
                throw LoadError(
                    "the client answers \(effect) to \(String(decoding: message, as: UTF8.self).prefix(300))")
            case .tell:
                break
            }
        }
        if case .edit(let revision, _, _) = told {
            return .delivery(of: try log.entry(at: revision, toldBy: message).writer, sentAt: nil)
        }
        return heard
    }

    private func join() throws -> Heard {
        guard let clientID = replica.clientID else { throw LoadError("the server gave the client no id") }
        typing = seat.typing(in: replica.text)
        log.add(clientID: clientID, index: index)
        return .welcome
    }
}
