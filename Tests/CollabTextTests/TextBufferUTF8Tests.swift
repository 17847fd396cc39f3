import CollabText
import TestSupport
import Testing

@Suite struct TextBufferUTF8Tests {
    @Test(arguments: seeds) func itDecodesWhatTheStandardLibraryDecodes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let bytes = random.nearlyUTF8()
            let expected = String(validating: bytes, as: UTF8.self).map { Array($0.utf16) }
            #expect(units(decoding: bytes) == expected, "\(bytes)")
        }
    }

    @Test(arguments: seeds) func itRefusesWhatTheStandardLibraryRefuses(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for length in 1...12 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0x70...0xFF, using: &random) }
            #expect((units(decoding: bytes) == nil) == (String(validating: bytes, as: UTF8.self) == nil), "\(bytes)")
        }
    }

    @Test(arguments: seeds) func itEncodesWhatTheStandardLibraryEncodes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for text in [random.text(), random.wildText()] {
            let expected = String(decoding: text[0..<text.count], as: UTF16.self)
            for buffer in [text, text.gapMoved(using: &random)] {
                #expect(buffer.utf8 == Array(expected.utf8))
                #expect(buffer.description == expected)
            }
        }
    }

    @Test(arguments: seeds) func itIsWellFormedWhenTheStandardLibrarySaysSo(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for text in [random.text(), random.wildText()] {
            let units = text[0..<text.count]
            let expected = String(validating: units, as: UTF16.self) != nil && !units.contains(0)
            #expect(text.isWellFormed == expected)
            #expect(text.gapMoved(using: &random).isWellFormed == expected)
        }
    }

    @Test(arguments: seeds) func itCountsTheBytesThatItEncodesTo(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.text().gapMoved(using: &random)
        #expect(text.utf8Count == text.utf8.count)
        let cut = Int.random(in: 0...text.count, using: &random)
        let parts = [text[0..<cut], text[cut..<text.count]].map(TextBuffer.utf8Count)
        #expect(parts.reduce(0, +) == text.utf8Count)
    }

    @Test(arguments: [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF] as [UInt32])
    func everyScalarCountsItsBytes(scalar: UInt32) throws {
        let string = String(try #require(Unicode.Scalar(scalar)))
        #expect(TextBuffer.utf8Count(of: Array(string.utf16)) == string.utf8.count)
    }

    @Test(arguments: 0...40) func oneOddUnitIsFoundWhereverItIs(position: Int) {
        for odd: UInt16 in [0, 0xD800, 0xDBFF, 0xDC00, 0xDFFF] {
            var units = [UInt16](repeating: 0x61, count: 40)
            units.insert(odd, at: position)
            #expect(!TextBuffer(units: units).isWellFormed)
        }
        for fine: UInt16 in [1, 0x7F, 0x80, 0x7FFF, 0x8000, 0xD7FF, 0xE000, 0xFFFF] {
            var units = [UInt16](repeating: 0xE001, count: 40)
            units.insert(fine, at: position)
            #expect(TextBuffer(units: units).isWellFormed)
            #expect(TextBuffer(units: units).utf8 == Array(String(decoding: units, as: UTF16.self).utf8))
        }
    }

    @Test(arguments: 1...24) func twoHalvesWithTextBetweenThemAreNoPair(distance: Int) {
        let units: [UInt16] = [0xD83D] + [UInt16](repeating: 0x61, count: distance) + [0xDE00]
        #expect(!TextBuffer(units: units).isWellFormed)
        #expect(TextBuffer(units: units).utf8 == Array(String(decoding: units, as: UTF16.self).utf8))
    }

    @Test(arguments: 0...40) func oneWideScalarIsDecodedWhereverItIs(position: Int) {
        for scalar in ["\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"] {
            let string = String(repeating: "a", count: position) + scalar + String(repeating: "b", count: 40 - position)
            #expect(units(decoding: Array(string.utf8)) == Array(string.utf16))
            #expect(TextBuffer(string).utf8 == Array(string.utf8))
        }
    }

    private static let malformed: [[UInt8]] = [
        [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ]

    @Test(arguments: malformed) func bytesThatAreNotWellFormedAreRefused(bytes: [UInt8]) {
        #expect(units(decoding: bytes) == nil)
        #expect(units(decoding: Array("12345678".utf8) + bytes) == nil)
        #expect(units(decoding: bytes + Array("12345678".utf8)) == nil)
    }

    private func units(decoding bytes: [UInt8]) -> [UInt16]? {
        bytes.withUnsafeBytes { TextBuffer(utf8: $0) }.map { $0[0..<$0.count] }
    }
}
