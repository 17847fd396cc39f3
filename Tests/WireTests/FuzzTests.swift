import CollabText
import NIOCore
import TestSupport
import Testing
import Wire

@Suite("Damaged messages")
struct FuzzTests {
    private let seed = UInt64.random(in: .min ... .max)
    private let limit = 64

    private static let samples = [
        #"{"type":"code_update","id":"e","code":"def f():\n\treturn \"\\u00e9\"","revision":12}"#,
        #"{"code":"日本語😀\ud83d\ude00 é\u2028","type":"code_update","x":[1,-2.5e+10,{"a":null}]}"#,
        #"{"type":"code_update","code":"\u0000\ud800"}"#,
        #"{"type":"edit","id":"12","revision":100,"changes":[{"from":1,"to":10,"insert":"a\n😀"},{"from":12,"to":12}]}"#,
        #"{"type":"presence","name":"Ada","color":"red","cursor":{"anchor":1,"head":22},"revision":3}"#,
        #"{"code":"abc","cursorPosition":"+1.0","language":"python"}"#,
        #"{"changes":[{"from":"1","to":2.0,"insert":"é"},{"from":0,"to":0}],"revision":7}"#,
    ]

    @Test("bytes of any kind are read or refused, and what is read is well-formed and within the limits")
    func mutations() {
        var random = SeededGenerator(seed: seed)
        for round in 0..<30_000 {
            var bytes = Array(Self.samples[round % Self.samples.count].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, using: &random) }
            let buffer = ByteBuffer(bytes: bytes)
            checkMessages(buffer)
            checkBodies(buffer)
        }
    }

    @Test("damaged messages of the server are read or refused, and what is read can be written")
    func serverMessages() throws {
        var messages = RandomMessages(seed: seed)
        for _ in 0..<10_000 {
            var buffer = ByteBuffer()
            messages.serverMessage().write(into: &buffer)
            var bytes = Array(buffer.readableBytesView)
            for _ in 0..<Int.random(in: 1...3, using: &messages.random) { mutate(&bytes, using: &messages.random) }
            guard let read = try? ServerMessage(decoding: ByteBuffer(bytes: bytes)) else { continue }
            buffer.clear()
            read.write(into: &buffer)
            #expect(try ServerMessage(decoding: buffer) == read, "seed \(seed): \(bytes)")
        }
    }

    @Test("random bytes are refused")
    func noise() {
        var random = SeededGenerator(seed: seed)
        for length in 0..<2_000 {
            let buffer = ByteBuffer(bytes: (0..<length % 100).map { _ in UInt8.random(in: 0...255, using: &random) })
            #expect(throws: MessageError.self) { try ServerMessage(decoding: buffer) }
            #expect(throws: MessageError.self) { try ClientMessage(decoding: buffer, in: .change, documentLimit: 9) }
        }
    }

    private func checkMessages(_ buffer: ByteBuffer) {
        for dialect in [WireDialect.seed, .change] {
            do throws(MessageError) {
                let message = try ClientMessage(decoding: buffer, in: dialect, documentLimit: limit)
                #expect(isSound(message), "seed \(seed): \(String(buffer: buffer))")
            } catch {
                #expect(error.detail.unicodeScalars.count < 200, "seed \(seed): \(String(buffer: buffer))")
            }
        }
    }

    private func isSound(_ message: ClientMessage) -> Bool {
        switch message {
        case .codeUpdate(let update):
            return update.code.isWellFormed && update.code.utf8.count <= limit && isInRange(update.revision)
        case .edit(let edit):
            let inserts = edit.changes.map { TextBuffer(units: $0.insert) }
            return (1...64).contains(edit.id.unicodeScalars.count) && isInRange(edit.revision)
                && inserts.allSatisfy(\.isWellFormed) && inserts.map(\.utf8.count).reduce(0, +) <= limit
                && edit.changes.allSatisfy { isInRange($0.range.lowerBound) && isInRange($0.range.upperBound) }
        case .presence(let presence):
            return presence.name?.unicodeScalars.count ?? 0 <= 64 && presence.color?.unicodeScalars.count ?? 0 <= 32
                && isInRange(presence.revision)
        case .complete(let question):
            return (1...64).contains(question.id.unicodeScalars.count) && isInRange(question.position)
                && isInRange(question.revision)
        }
    }

    private func isInRange(_ number: Int?) -> Bool {
        number.map(WireNumber.range.contains) ?? true
    }

    private func checkBodies(_ buffer: ByteBuffer) {
        if let body = try? AutocompleteBody(decoding: buffer, documentLimit: limit) {
            #expect((0...body.code.count).contains(body.cursorPosition), "seed \(seed): \(String(buffer: buffer))")
        }
        _ = try? CreateRoomBody(decoding: buffer, documentLimit: limit)
        guard let body = try? PatchRoomBody(decoding: buffer, documentLimit: limit) else { return }
        let texts =
            switch body.content {
            case .code(let code): [code]
            case .changes(let changes): changes.map { TextBuffer(units: $0.insert) }
            }
        let isSound = texts.allSatisfy(\.isWellFormed) && texts.map(\.utf8.count).reduce(0, +) <= limit
        #expect(isSound && isInRange(body.revision), "seed \(seed): \(String(buffer: buffer))")
    }

    private static let numbers = [
        "-1", "9007199254740991", "9007199254740992", "9223372036854775807", "18446744073709551616", "1e400", "0.5",
    ]

    /// Puts an extreme number in the place of the first one behind an index.
    private func replaceNumber(in bytes: inout [UInt8], from index: Int, using random: inout SeededGenerator) {
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard let start = bytes[index...].firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: Self.numbers.randomElement(using: &random)?.utf8 ?? "0".utf8)
    }

    private func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 5: replaceNumber(in: &bytes, from: index, using: &random)
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(contentsOf: "\\u\"{}[],:0".utf8.shuffled(using: &random).prefix(2), at: index)
        case 3: bytes.removeSubrange(index...)
        default: bytes.insert(contentsOf: bytes[..<index], at: index)
        }
    }
}
