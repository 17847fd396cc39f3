import CollabText
import TestSupport
import Testing

@Suite struct TextBufferTests {
    @Test(arguments: seeds) func itHoldsWhatAPlainArrayHolds(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var model = random.wildUnits(atMost: 200)
        var buffer = TextBuffer(units: model)
        for _ in 0..<60 {
            let start = Int.random(in: 0...model.count, using: &random)
            let end = Int.random(in: start...min(model.count, start + 8), using: &random)
            let units = random.wildUnits(atMost: Int.random(in: 0...100, using: &random))
            model.replaceSubrange(start..<end, with: units)
            buffer.replace(start..<end, with: units)
            #expect(buffer.count == model.count)
            #expect(buffer.isEmpty == model.isEmpty)
            #expect(buffer == TextBuffer(units: model))
            #expect(segments(of: buffer) == model)
            #expect(model.indices.allSatisfy { buffer[$0] == model[$0] })
            #expect(buffer[start..<model.count] == Array(model[start...]))
            #expect(buffer[0..<start] == Array(model[..<start]))
        }
    }

    @Test(arguments: seeds) func everyRangeCanBeReadWhereverTheGapIs(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.text()
        let units = text[0..<text.count]
        let moved = text.gapMoved(using: &random)
        for start in 0...units.count {
            let end = Int.random(in: start...units.count, using: &random)
            #expect(moved[start..<end] == Array(units[start..<end]))
        }
    }

    @Test func equalTextsAreEqualWhereverTheGapIs() {
        var a = TextBuffer("hello")
        a.replace(1..<1, with: Array("x".utf16))
        a.replace(1..<2, with: [])
        #expect(a == TextBuffer("hello"))
        #expect(a.hashValue == TextBuffer("hello").hashValue)
    }

    @Test(arguments: seeds) func textsThatDifferInOneUnitAreNotEqual(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.text().gapMoved(using: &random)
        guard !text.isEmpty else { return }
        let position = Int.random(in: 0..<text.count, using: &random)
        var other = text.gapMoved(using: &random)
        #expect(other == text)
        other.replace(position..<(position + 1), with: [text[position] ^ 1])
        #expect(other != text)
        other.replace(position..<(position + 1), with: [])
        #expect(other != text)
    }

    @Test func aCopyKeepsItsText() {
        var text: TextBuffer = "shared"
        let copy = text
        text.replace(0..<1, with: Array("S".utf16))
        #expect(text == "Shared")
        #expect(copy == "shared")
    }

    @Test func aNewBufferIsEmpty() {
        #expect(TextBuffer().isEmpty)
        #expect(TextBuffer() == "")
        #expect(TextBuffer()[0..<0].isEmpty)
        #expect(TextBuffer().utf8.isEmpty)
        #expect(TextBuffer().isWellFormed)
    }
}

/// The runs of a text, one after the other.
func segments(of text: TextBuffer) -> [UInt16] {
    var units: [UInt16] = []
    text.forEachSegment { units += $0 }
    return units
}
