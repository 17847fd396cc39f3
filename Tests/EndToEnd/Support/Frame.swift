import NIOCore
import TestSupport

/// A WebSocket frame, as a client may put it on the wire, also in ways in which it must not.
struct Frame: Hashable, Sendable {
    enum Opcode {
        static let continuation: UInt8 = 0x0
        static let text: UInt8 = 0x1
        static let binary: UInt8 = 0x2
        static let close: UInt8 = 0x8
        static let ping: UInt8 = 0x9
        static let pong: UInt8 = 0xA
    }

    var opcode: UInt8
    var payload: [UInt8] = []
    var isFinal = true
    /// The three reserved bits of the first byte: 0x40, 0x20 and 0x10.
    var reserved: UInt8 = 0
    /// Nil for a frame without a mask, which only a server may send.
    var mask: [UInt8]? = [0x37, 0xFA, 0x21, 0x3D]
    /// What the frame says about its length, if that is not true.
    var claimedLength: UInt64?

    static func text(_ text: String) -> Frame { Frame(opcode: Opcode.text, payload: Array(text.utf8)) }
    static func ping(_ payload: String) -> Frame { Frame(opcode: Opcode.ping, payload: Array(payload.utf8)) }

    static func close(_ code: UInt16) -> Frame {
        Frame(opcode: Opcode.close, payload: [UInt8(code >> 8), UInt8(code & 0xFF)])
    }

    /// The frame as it goes over the wire.
    var bytes: [UInt8] {
        var bytes = [(isFinal ? 0x80 : 0) | reserved | opcode]
        let masked: UInt8 = mask == nil ? 0 : 0x80
        let length = claimedLength ?? UInt64(payload.count)
        let sizes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
        switch length {
        case ..<126: bytes.append(masked | UInt8(length))
        case ..<65_536: bytes += [masked | 126] + sizes.suffix(2)
        default: bytes += [masked | 127] + sizes
        }
        guard let mask else { return bytes + payload }
        // A mask of zeros changes nothing; it spares large messages the loop.
        let isZero = mask.allSatisfy { $0 == 0 }
        return bytes + mask + (isZero ? payload : payload.enumerated().map { $1 ^ mask[$0 % 4] })
    }

    /// Takes a frame of the server's from the input; nil as long as it has not all arrived.
    static func parse(_ input: inout ByteBuffer) throws -> Frame? {
        let start = input.readerIndex
        guard let (first, second) = input.readMultipleIntegers(as: (UInt8, UInt8).self) else { return nil }
        guard second & 0x80 == 0 else { throw Failure("the server has masked a frame") }
        let length: Int? =
            switch second {
            case 126: input.readInteger(as: UInt16.self).map(Int.init)
            case 127: input.readInteger(as: UInt64.self).map(Int.init)
            default: Int(second)
            }
        guard let length, let payload = input.readBytes(length: length) else {
            input.moveReaderIndex(to: start)
            return nil
        }
        return Frame(
            opcode: first & 0x0F, payload: payload, isFinal: first & 0x80 != 0, reserved: first & 0x70, mask: nil)
    }
}
