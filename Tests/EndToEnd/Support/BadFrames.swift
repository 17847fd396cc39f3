import Testing

/// Frames that break the protocol, and the code with which the server must close.
struct BadFrames: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let frames: [Frame]
    let code: Int

    init(_ name: String, _ frames: Frame..., code: Int = 1002) {
        testDescription = name
        self.frames = frames
        self.code = code
    }
}

extension BadFrames {
    private typealias Opcode = Frame.Opcode
    private static let update = #"{"type":"code_update","code":"broken"}"#
    private static let text = Array(update.utf8)

    static let protocolErrors: [BadFrames] = [
        BadFrames("a frame without a mask", Frame(opcode: Opcode.text, payload: text, mask: nil)),
        BadFrames("the first reserved bit", Frame(opcode: Opcode.text, payload: text, reserved: 0x40)),
        BadFrames("the second reserved bit", Frame(opcode: Opcode.text, payload: text, reserved: 0x20)),
        BadFrames("the third reserved bit", Frame(opcode: Opcode.text, payload: text, reserved: 0x10)),
        BadFrames("a reserved bit on a ping", Frame(opcode: Opcode.ping, reserved: 0x40)),
        BadFrames("opcode 3", Frame(opcode: 0x3)),
        BadFrames("opcode 7", Frame(opcode: 0x7)),
        BadFrames("opcode 11", Frame(opcode: 0xB)),
        BadFrames("opcode 15", Frame(opcode: 0xF)),
        BadFrames("a ping in fragments", Frame(opcode: Opcode.ping, isFinal: false)),
        BadFrames("a close in fragments", Frame(opcode: Opcode.close, isFinal: false)),
        BadFrames("a ping of 126 bytes", Frame(opcode: Opcode.ping, payload: Array(repeating: 97, count: 126))),
        BadFrames(
            "a close of 126 bytes",
            Frame(opcode: Opcode.close, payload: [3, 232] + Array(repeating: 97, count: 124))),
        BadFrames("a continuation of nothing", Frame(opcode: Opcode.continuation, payload: text)),
        BadFrames(
            "a new text inside a text", Frame(opcode: Opcode.text, payload: text, isFinal: false),
            Frame(opcode: Opcode.text, payload: text)),
        BadFrames(
            "a continuation after the end", .text(update), Frame(opcode: Opcode.continuation, payload: text)),
    ]

    static let closes: [BadFrames] = [
        BadFrames("a close of one byte", Frame(opcode: Opcode.close, payload: [3])),
        BadFrames("close code 0", .close(0)),
        BadFrames("close code 999", .close(999)),
        BadFrames("close code 1004", .close(1004)),
        BadFrames("close code 1005", .close(1005)),
        BadFrames("close code 1006", .close(1006)),
        BadFrames("close code 1015", .close(1015)),
        BadFrames("close code 2999", .close(2999)),
        BadFrames("close code 5000", .close(5000)),
        BadFrames(
            "a close with broken UTF-8", Frame(opcode: Opcode.close, payload: [3, 232, 0xC3]), code: 1007),
    ]

    static let texts: [BadFrames] = [
        BadFrames("a binary message", Frame(opcode: Opcode.binary, payload: text), code: 1003),
        BadFrames("a lone continuation byte", broken([0x80]), code: 1007),
        BadFrames("an overlong slash", broken([0xC0, 0xAF]), code: 1007),
        BadFrames("half a surrogate pair as UTF-8", broken([0xED, 0xA0, 0x80]), code: 1007),
        BadFrames("beyond the last code point", broken([0xF4, 0x90, 0x80, 0x80]), code: 1007),
        BadFrames("a cut-off character at the end", broken([], ending: [0xF0, 0x9F]), code: 1007),
        BadFrames(
            "broken UTF-8 that begins in one fragment and ends in the next",
            Frame(opcode: Opcode.text, payload: text.dropLast(2) + [0xF0, 0x9F], isFinal: false),
            Frame(opcode: Opcode.continuation, payload: text.suffix(2)), code: 1007),
    ]

    static let lengths: [BadFrames] = [
        BadFrames(
            "a frame that claims a gigabyte",
            Frame(opcode: Opcode.text, payload: text, claimedLength: 1 << 30), code: 1009),
        BadFrames(
            "a frame that claims the longest length of all",
            Frame(opcode: Opcode.text, payload: text, claimedLength: UInt64(Int64.max)), code: 1009),
        BadFrames(
            "a length with the forbidden top bit",
            Frame(opcode: Opcode.text, payload: text, claimedLength: .max)),
        BadFrames(
            "fragments that together pass the limit",
            Frame(opcode: Opcode.text, payload: Array(repeating: 97, count: 40_000), isFinal: false),
            Frame(opcode: Opcode.continuation, payload: Array(repeating: 97, count: 40_000)), code: 1009),
    ]

    /// A message with bytes in it that are not UTF-8.
    private static func broken(_ bytes: [UInt8], ending: [UInt8] = []) -> Frame {
        let start = Array(#"{"type":"code_update","code":"a"#.utf8)
        return Frame(opcode: Opcode.text, payload: start + bytes + Array(#"b"}"#.utf8) + ending)
    }
}
