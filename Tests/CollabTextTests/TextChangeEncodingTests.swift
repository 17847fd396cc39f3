import CollabText
import TestSupport
import Testing

@Suite struct TextChangeEncodingTests {
    @Test(arguments: seeds) func aChangeIsReadAsItWasWritten(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let text = random.text()
        let wild = random.wildText()
        for change in [random.change(of: text), random.wildChange(of: wild)] {
            #expect(try TextChange(encoded: change.encoded) == change)
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func aChangeOfEveryAlphabetIsReadAsItWasWritten(seed: UInt64, alphabet: Alphabet) throws {
        var random = SeededGenerator(seed: seed)
        let change = random.change(of: random.text(of: alphabet), with: alphabet)
        #expect(try TextChange(encoded: change.encoded) == change)
    }

    @Test func theBytesStayAsTheyAreInOldLogs() throws {
        let edit = try change(300, [(2..<2, "hé"), (200..<203, "")])
        #expect(edit.encoded == [0xAC, 0x02, 2, 2, 0, 2, 0x68, 0xE9, 0x01, 0xC6, 0x01, 3, 0])
    }

    @Test func encodingAppendsToWhatIsThere() throws {
        let edit = try change(1, [(0..<1, "x")])
        var bytes: [UInt8] = [7]
        edit.encode(into: &bytes)
        #expect(bytes == [7] + edit.encoded)
    }

    @Test(arguments: seeds) func damagedBytesAreAChangeOrRefused(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.text()
        let valid = random.change(of: text).encoded
        for _ in 0..<50 {
            var bytes = valid
            for _ in 0...Int.random(in: 0...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            expectChangeOrMalformed(bytes)
            expectChangeOrMalformed(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))))
        }
    }

    @Test(arguments: seeds) func randomBytesAreAChangeOrRefused(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...40, using: &random)
        expectChangeOrMalformed((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    @Test(arguments: [
        [], [0x80], [5], [1, 0, 9],
        [2, 1, 3, 0, 0], [2, 1, 0, 3, 0], [0, 1, 0, 0, 1, 0x80, 0x80, 0x04],
        [1] + huge, [9, 1] + huge + [1, 0], [9, 1, 1] + huge + [0], [9, 1, 0, 0] + huge, huge + [1, 0, 0, 1, 0x61],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0],
    ])
    func hostileBytesAreRefused(bytes: [UInt8]) {
        #expect(throws: TextChangeError.malformed) { try TextChange(encoded: bytes) }
    }

    @Test func everyNumberIsReadAsItWasWritten() throws {
        for shift in 0..<63 {
            for number in [(1 << shift) - 1, 1 << shift, Int.max - (1 << shift) + 1] {
                var bytes: [UInt8] = []
                bytes.appendVarint(number)
                var reader = VarintReader(bytes)
                #expect(try reader.next() == number)
            }
        }
    }

    /// The largest number, as LEB128.
    private static let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]

    private func expectChangeOrMalformed(_ bytes: [UInt8]) {
        do {
            let change = try TextChange(encoded: bytes)
            #expect(isNormal(change))
            #expect(try TextChange(encoded: change.encoded) == change)
        } catch {
            #expect(error == .malformed, "\(bytes)")
        }
    }
}
