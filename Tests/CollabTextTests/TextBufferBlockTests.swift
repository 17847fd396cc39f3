import CollabText
import TestSupport
import Testing

/// Texts that are long enough to lie in many blocks.
@Suite struct TextBufferBlockTests {
    @Test(arguments: seeds.prefix(10)) func aLongTextHoldsWhatAPlainArrayHolds(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var model = random.longUnits(atMost: 40_000)
        var buffer = TextBuffer(units: model)
        for _ in 0..<80 {
            let (range, units) = random.longEdit(of: model.count)
            model.replaceSubrange(range, with: units)
            buffer.replace(range, with: units)
            #expect(buffer.count == model.count)
            #expect(buffer.isEmpty == model.isEmpty)
            let read = random.range(in: model.count, atMost: 20_000)
            #expect(buffer[read] == Array(model[read]))
            let positions = (0..<20).map { _ in Int.random(in: 0...model.count, using: &random) }
            #expect(positions.allSatisfy { $0 == model.count || buffer[$0] == model[$0] })
        }
        #expect(segments(of: buffer) == model)
        #expect(buffer[0..<model.count] == model)
        #expect(model.indices.allSatisfy { buffer[$0] == model[$0] })
    }

    @Test(arguments: seeds.prefix(10)) func typingAndDeletingUnitByUnitCrossesBlocks(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var model = random.longUnits(atMost: 10_000)
        var buffer = TextBuffer(units: model)
        for _ in 0..<12 {
            let start = Int.random(in: 0...model.count, using: &random)
            if Bool.random(using: &random) {
                let typed = random.longUnits(atMost: 5_000)
                for (offset, unit) in typed.enumerated() {
                    buffer.replace((start + offset)..<(start + offset), with: [unit])
                }
                model.insert(contentsOf: typed, at: start)
            } else {
                let kept = Int.random(in: max(0, start - 5_000)...start, using: &random)
                for end in stride(from: start, to: kept, by: -1) { buffer.replace((end - 1)..<end, with: []) }
                model.removeSubrange(kept..<start)
            }
            #expect(segments(of: buffer) == model)
        }
    }

    @Test(arguments: seeds.prefix(10)) func theWayToATextDoesNotMatter(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let units = random.longUnits(atMost: 40_000)
        let whole = TextBuffer(units: units)
        for other in [random.typed(units), random.edited(whole)] {
            #expect(other == whole)
            #expect(other.hashValue == whole.hashValue)
            #expect(other.utf8 == whole.utf8)
            #expect(other.isWellFormed == whole.isWellFormed)
            #expect(TextChange.difference(from: other, to: whole).isIdentity)
        }
    }

    @Test(arguments: seeds.prefix(10)) func whatLongTextsHaveInCommonIsFound(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let units = (0..<Int.random(in: 1...40_000, using: &random)).map { UInt16(truncatingIfNeeded: $0 % 251 + 97) }
        let old = random.edited(TextBuffer(units: units))
        let position = Int.random(in: 0..<units.count, using: &random)
        // A unit that stands nowhere else in the text.
        var new = random.edited(TextBuffer(units: units))
        new.replace(position..<(position + 1), with: [0x2022])
        #expect(old != new)
        let difference = TextChange.difference(from: old, to: new)
        #expect(difference.replacements.map(\.range) == [position..<(position + 1)])
        #expect(old.applying(difference) == new)
        #expect(TextChange.difference(from: new, to: old).replacements.map(\.range) == [position..<(position + 1)])
    }

    @Test(arguments: seeds.prefix(10)) func aCopyKeepsItsTextWhicheverSideIsEdited(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var models = [random.longUnits(atMost: 40_000)]
        var texts = [TextBuffer(units: models[0])]
        for _ in 0..<40 {
            let edited = Int.random(in: 0..<texts.count, using: &random)
            if texts.count < 6 {
                texts.append(texts[edited])
                models.append(models[edited])
            }
            let (range, units) = random.longEdit(of: models[edited].count)
            texts[edited].replace(range, with: units)
            models[edited].replaceSubrange(range, with: units)
        }
        #expect(zip(texts, models).allSatisfy { segments(of: $0) == $1 })
    }

    @Test(arguments: seeds.prefix(5)) func pairsThatABlockBorderCutsAreWhole(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // One unit in front shifts all pairs, so that in one of both texts a border falls inside of a pair.
        for front in ["", "x"] {
            let string = front + String(repeating: "😀", count: 10_000)
            let text = random.edited(TextBuffer(string))
            #expect(text.isWellFormed)
            #expect(text.utf8 == Array(string.utf8))
            #expect(text.description == string)
            #expect(text.utf8Count == string.utf8.count)
        }
    }

    @Test(arguments: seeds.prefix(10)) func anEditedTextLiesInRunsThatAreNeitherLongNorMany(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var text = TextBuffer(units: [UInt16](repeating: 0x61, count: 16_000))
        while text.count > 1_000 {
            // Unit by unit, so that no deletion reaches into two blocks.
            for _ in 0..<100 { text.replace(random.unit(in: text.count), with: []) }
            var lengths: [Int] = []
            text.forEachSegment { lengths.append($0.count) }
            #expect(lengths.allSatisfy { (1...4_096).contains($0) })
            // A block has at least 512 units, in two runs, unless it is the only one.
            #expect(lengths.count <= max(2, text.count / 256))
        }
    }

    @Test func aTextThatIsEmptiedIsEmpty() {
        var text = TextBuffer(units: [UInt16](repeating: 0x61, count: 50_000))
        text.replace(20_000..<20_000, with: [0x62])
        text.replace(0..<text.count, with: [])
        #expect(text.isEmpty)
        #expect(text == "")
        text.replace(0..<0, with: [0x63])
        #expect(text == "c")
    }
}

extension SeededGenerator {
    /// Many wild units.
    fileprivate mutating func longUnits(atMost limit: Int) -> [UInt16] {
        let repeated = wildUnits(atMost: 200) + [0x61]
        let count = Int.random(in: 0...limit, using: &self)
        return (0..<count).map { repeated[$0 % repeated.count] }
    }

    fileprivate mutating func range(in length: Int, atMost limit: Int) -> Range<Int> {
        let start = Int.random(in: 0...length, using: &self)
        return start..<Int.random(in: start...min(length, start + limit), using: &self)
    }

    /// The range of one unit of a text that is not empty.
    fileprivate mutating func unit(in length: Int) -> Range<Int> {
        let position = Int.random(in: 0..<length, using: &self)
        return position..<(position + 1)
    }

    /// Now and then a large edit, most often a small one.
    fileprivate mutating func longEdit(of length: Int) -> (Range<Int>, [UInt16]) {
        let limits = [1, 1, 10, 1_000, 5_000, 15_000]
        let removed = limits[Int.random(in: 0..<limits.count, using: &self)]
        let inserted = limits[Int.random(in: 0..<limits.count, using: &self)]
        return (range(in: length, atMost: removed), longUnits(atMost: inserted))
    }

    /// A text of these units that came into being piece by piece.
    fileprivate mutating func typed(_ units: [UInt16]) -> TextBuffer {
        var text = TextBuffer()
        while text.count < units.count {
            let end = Int.random(in: text.count...min(units.count, text.count + 2_000), using: &self)
            text.replace(text.count..<text.count, with: Array(units[text.count..<end]))
        }
        return text
    }

    /// The same text after edits that were taken back.
    fileprivate mutating func edited(_ text: TextBuffer) -> TextBuffer {
        var text = text
        for _ in 0..<20 {
            let (range, units) = longEdit(of: text.count)
            let removed = text[range]
            text.replace(range, with: units)
            text = text.gapMoved(using: &self)
            text.replace(range.lowerBound..<(range.lowerBound + units.count), with: removed)
        }
        return text
    }
}
