import CollabText
import NIOCore
import Testing
import Wire

/// Random numbers that a seed brings back (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Random messages")
struct FuzzTests {
    private let seed = UInt64.random(in: .min ... .max)

    private static let samples = [
        #"{"type":"code_update","code":"def f():\n\treturn \"\\u00e9\"","revision":12}"#,
        #"{"code":"日本語😀\ud83d\ude00 é\u2028","type":"code_update","x":[1,-2.5e+10,{"a":null}]}"#,
        #"{"type":"code_update","code":"\u0000\ud800"}"#,
        #"{"code":"abc","cursorPosition":"+1.0","language":"python"}"#,
    ]

    @Test("bytes of any kind are read or refused, and what is read is well-formed and within the limit")
    func mutations() {
        var random = SeededGenerator(seed: seed)
        for round in 0..<20_000 {
            var bytes = Array(Self.samples[round % Self.samples.count].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, using: &random) }
            let buffer = ByteBuffer(bytes: bytes)
            if case .codeUpdate(let text, let revision) = try? SeedMessage(decoding: buffer, documentLimit: 64) {
                #expect(text.isWellFormed && text.utf8.count <= 64 && revision ?? 0 >= 0, "seed \(seed): \(bytes)")
            }
            if let body = try? AutocompleteBody(decoding: buffer, documentLimit: 64) {
                #expect((0...body.code.count).contains(body.cursorPosition), "seed \(seed): \(bytes)")
            }
            _ = try? CreateRoomBody(decoding: buffer, documentLimit: 64)
        }
    }

    @Test("random texts come back as they were")
    func texts() throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let text = randomText(using: &random)
            var buffer = ByteBuffer()
            buffer.writeStaticString("{\"type\":\"code_update\",\"code\":")
            buffer.writeJSON(text)
            buffer.writeStaticString("}")
            let message = try SeedMessage(decoding: buffer, documentLimit: 1 << 20)
            #expect(message == .codeUpdate(text: text, revision: nil), "seed \(seed): \(text)")
        }
    }

    private func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(contentsOf: "\\u\"{}[],:0".utf8.shuffled(using: &random).prefix(2), at: index)
        case 3: bytes.removeSubrange(index...)
        default: bytes.insert(contentsOf: bytes[..<index], at: index)
        }
    }

    private func randomText(using random: inout SeededGenerator) -> TextBuffer {
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x20...0x7E, 0x01...0x1F, 0x80...0x7FF, 0x800...0xD7FF, 0x1F300...0x1FAFF,
        ]
        var units: [UInt16] = []
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            let range = ranges[Int.random(in: 0..<ranges.count, using: &random)]
            guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) else { continue }
            units.append(contentsOf: String(scalar).utf16)
        }
        return TextBuffer(units: units)
    }
}
