import NIOCore
import TestSupport
import Testing

@testable import PairloomServer

@Suite struct FrameDecoderTests {
    private static let limit = 100_000

    /// All that comes of some bytes: events, and at last the closure that ends them, if one does.
    private func decode(_ bytes: [UInt8], inPiecesOf size: Int = .max) -> (events: [FrameDecoder.Event], end: Closure?)
    {
        var decoder = FrameDecoder(messageLimit: Self.limit)
        var events: [FrameDecoder.Event] = []
        var rest = bytes[...]
        do throws(Closure) {
            while !rest.isEmpty {
                decoder.append(ByteBuffer(bytes: rest.prefix(size)))
                rest = rest.dropFirst(size)
                while let event = try decoder.next() { events.append(event) }
            }
        } catch {
            return (events, error)
        }
        return (events, nil)
    }

    private func text(_ string: String) -> FrameDecoder.Event {
        .text(ByteBuffer(string: string))
    }

    @Test(arguments: [0, 1, 7, 8, 125, 126, 127, 65_535, 65_536, 99_999], [1, 3, 4_096, Int.max])
    func aMessageArrivesHoweverItIsCut(length: Int, piece: Int) {
        let message = String((0..<length).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
        let (events, end) = decode(ClientFrame(.text, Array(message.utf8)).bytes, inPiecesOf: piece)
        #expect(events == [text(message)])
        #expect(end == nil)
    }

    @Test func aMessageThatHasBegunKeepsTheBoundThatHeldThen() throws {
        let long = ClientFrame(.text, Array(repeating: 97, count: 1_000)).bytes
        let fragments =
            ClientFrame(.text, Array(repeating: 97, count: 600), isFinal: false).bytes
            + ClientFrame(.continuation, Array(repeating: 97, count: 400)).bytes
        for bytes in [long, fragments] {
            var decoder = FrameDecoder(messageLimit: 1_000)
            decoder.append(ByteBuffer(bytes: bytes.prefix(700)))
            #expect(try decoder.next() == nil)
            decoder.messageLimit = 10
            decoder.append(ByteBuffer(bytes: bytes.dropFirst(700)))
            #expect(try decoder.next() == text(String(repeating: "a", count: 1_000)))
            decoder.append(ByteBuffer(bytes: ClientFrame(.text, Array(repeating: 97, count: 11)).bytes))
            #expect(throws: Closure.self) { try decoder.next() }
        }
    }

    @Test(arguments: [0, 1, 125, 1 << 32, Int.max - 20, Int.max])
    func aHeaderOfAnyLengthIsRefusedOrAwaited(limit: Int) {
        var random = SeededGenerator()
        let lengths: [UInt64] = [
            0, 1, 125, 126, 127, 0xFFFF, 0x1_0000, 1 << 31, 1 << 32, 1 << 53, UInt64(Int64.max) - 14,
            UInt64(Int64.max), 1 << 63, .max,
        ]
        for length in lengths + (0..<200).map({ _ in random.next() >> UInt64.random(in: 0..<64, using: &random) }) {
            for opcode in [0, 1, 2, 8, 9, 10] as [UInt8] {
                var bytes: [UInt8] = [0x80 | opcode, 0x80 | 127]
                bytes += withUnsafeBytes(of: length.bigEndian, Array.init) + [1, 2, 3, 4]
                bytes += (0..<20).map { _ in .random(in: 0...255, using: &random) }
                for count in [bytes.count, 14, 10, 3] {
                    var decoder = FrameDecoder(messageLimit: limit)
                    decoder.append(ByteBuffer(bytes: bytes.prefix(count)))
                    do throws(Closure) {
                        #expect(try decoder.next() == nil, "seed \(random.seed)")
                    } catch {
                        #expect([.protocolError, .messageTooBig].contains(error.code), "seed \(random.seed)")
                    }
                }
            }
        }
    }

    @Test(arguments: [1, 2, 5, Int.max])
    func fragmentsMakeOneMessageAndControlFramesGoBetween(piece: Int) {
        let wave = Array("👋 hi".utf8)
        let bytes =
            ClientFrame(.text, Array(wave[..<2]), isFinal: false).bytes
            + ClientFrame(.ping, Array("now".utf8)).bytes
            + ClientFrame(.continuation, Array(wave[2..<5]), isFinal: false).bytes
            + ClientFrame(.continuation, []).bytes.replacingFinalBit(false)
            + ClientFrame(.pong, []).bytes
            + ClientFrame(.continuation, Array(wave[5...])).bytes
        let (events, end) = decode(bytes, inPiecesOf: piece)
        #expect(events == [.ping(ByteBuffer(string: "now")), .pong(ByteBuffer()), text("👋 hi")])
        #expect(end == nil)
    }

    @Test func aCloseFrameTellsItsCodeAndReason() {
        let frame = ClientFrame(.close, [0x03, 0xE8] + Array("bye".utf8))
        #expect(decode(frame.bytes).events == [.close(Closure(.normal, "bye"))])
        #expect(decode(ClientFrame(.close, []).bytes).events == [.close(Closure(nil))])
    }

    static let breaches: [(name: String, bytes: [UInt8], code: CloseCode)] = [
        ("not masked", [0x81, 0x01, 0x61], .protocolError),
        ("reserved bit 1", ClientFrame(.text, []).bytes.settingFirst(0xC1), .protocolError),
        ("reserved bit 3", ClientFrame(.text, []).bytes.settingFirst(0x91), .protocolError),
        ("reserved opcode", ClientFrame(.text, []).bytes.settingFirst(0x83), .protocolError),
        ("reserved control opcode", ClientFrame(.text, []).bytes.settingFirst(0x8B), .protocolError),
        ("fragmented ping", ClientFrame(.ping, [], isFinal: false).bytes, .protocolError),
        ("long ping", ClientFrame(.ping, Array(repeating: 0, count: 126)).bytes, .protocolError),
        ("continuation of nothing", ClientFrame(.continuation, [1]).bytes, .protocolError),
        (
            "text inside of a message",
            ClientFrame(.text, [97], isFinal: false).bytes + ClientFrame(.text, [97]).bytes, .protocolError
        ),
        ("long form of a short length", [0x81, 0xFE, 0x00, 0x05, 0, 0, 0, 0], .protocolError),
        ("longest form of a short length", [0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0], .protocolError),
        ("length of 64 bits", [0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], .protocolError),
        ("length of 63 bits", [0x81, 0xFF, 0x7F] + Array(repeating: 0xFF, count: 11), .messageTooBig),
        ("a byte too many", ClientFrame(.text, Array(repeating: 97, count: limit + 1)).bytes, .messageTooBig),
        (
            "a byte too many in fragments",
            ClientFrame(.text, Array(repeating: 97, count: limit), isFinal: false).bytes
                + ClientFrame(.continuation, [97]).bytes, .messageTooBig
        ),
        ("binary", ClientFrame(.binary, [1]).bytes, .unsupportedData),
        ("invalid UTF-8", ClientFrame(.text, [0xC3, 0x28]).bytes, .invalidUTF8),
        ("half a surrogate pair in UTF-8", ClientFrame(.text, [0xED, 0xA0, 0x80]).bytes, .invalidUTF8),
        (
            "UTF-8 that ends in the middle",
            ClientFrame(.text, [0xE2, 0x82], isFinal: false).bytes + ClientFrame(.continuation, []).bytes, .invalidUTF8
        ),
        ("close with one byte", ClientFrame(.close, [3]).bytes, .protocolError),
        ("close with code 1005", ClientFrame(.close, [0x03, 0xED]).bytes, .protocolError),
        ("close with code 999", ClientFrame(.close, [0x03, 0xE7]).bytes, .protocolError),
        ("close with an invalid reason", ClientFrame(.close, [0x03, 0xE8, 0xFF]).bytes, .invalidUTF8),
    ]

    @Test(arguments: breaches.indices, [1, Int.max])
    func aBreachEndsTheConnectionWithItsCode(index: Int, piece: Int) {
        let breach = Self.breaches[index]
        #expect(decode(breach.bytes, inPiecesOf: piece).end?.code == breach.code, "\(breach.name)")
    }

    @Test func whatCameBeforeABreachIsStillTaken() {
        let (events, end) = decode(ClientFrame(.text, [97]).bytes + [0xFF])
        #expect(events == [text("a")])
        #expect(end == nil, "the second byte of the frame is not here yet")
        #expect(decode(ClientFrame(.text, [97]).bytes + [0xFF, 0xFF]).end?.code == .protocolError)
    }

    @Test(arguments: [0, 125, 126, 65_535, 65_536])
    func whatTheServerWritesIsAWholeUnmaskedFrame(length: Int) {
        var frame = FrameEncoder.text(capacity: 0) { $0.writeRepeatingByte(120, count: length) }
        #expect(frame.readInteger(as: UInt8.self) == 0x81)
        var announced = Int(frame.readInteger(as: UInt8.self) ?? 0)
        if announced == 126 { announced = Int(frame.readInteger(as: UInt16.self) ?? 0) }
        if announced == 127 { announced = Int(frame.readInteger(as: UInt64.self) ?? 0) }
        #expect(announced == length)
        #expect(frame.readableBytes == length)
    }

    @Test func aLongReasonIsCutWhereACharacterEnds() {
        let frame = FrameEncoder.close(Closure(.overloaded, String(repeating: "é", count: 100)))
        #expect(frame.readableBytes == 2 + 2 + 122)
    }
}

/// A frame as a client sends it.
struct ClientFrame {
    let bytes: [UInt8]

    init(_ opcode: Opcode, _ payload: [UInt8], isFinal: Bool = true) {
        let key: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        var bytes = [(isFinal ? 0x80 : 0) | opcode.rawValue]
        switch payload.count {
        case ..<126:
            bytes.append(0x80 | UInt8(payload.count))
        case ...0xFFFF:
            bytes.append(0x80 | 126)
            bytes += withUnsafeBytes(of: UInt16(payload.count).bigEndian, Array.init)
        default:
            bytes.append(0x80 | 127)
            bytes += withUnsafeBytes(of: UInt64(payload.count).bigEndian, Array.init)
        }
        self.bytes = bytes + key + payload.enumerated().map { $0.element ^ key[$0.offset % 4] }
    }
}

extension [UInt8] {
    fileprivate func settingFirst(_ byte: UInt8) -> [UInt8] {
        [byte] + dropFirst()
    }

    fileprivate func replacingFinalBit(_ isFinal: Bool) -> [UInt8] {
        settingFirst(isFinal ? self[0] | 0x80 : self[0] & 0x7F)
    }
}
