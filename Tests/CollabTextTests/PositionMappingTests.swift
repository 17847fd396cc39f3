import CollabText
import TestSupport
import Testing

@Suite struct PositionMappingTests {
    @Test(arguments: seeds) func aKeptUnitIsFoundWhereItsPositionLeads(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.wildText()
        let change = random.wildChange(of: text)
        let after = text.applying(change)
        for position in 0..<text.count where isKept(position, by: change) {
            #expect(after[change.mapped(position: position)] == text[position])
        }
    }

    @Test(arguments: seeds, [TieSide.left, .right]) func positionsKeepTheirOrder(seed: UInt64, side: TieSide) {
        var random = SeededGenerator(seed: seed)
        let text = random.wildText()
        let change = random.wildChange(of: text)
        let mapped = (0...text.count).map { change.mapped(position: $0, side: side) }
        #expect(mapped == mapped.sorted())
        #expect(mapped.allSatisfy { (0...change.resultLength).contains($0) })
    }

    @Test(arguments: seeds) func aCursorBetweenPairsNeverEndsUpInsideOne(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.text()
        let change = random.change(of: text)
        let after = text.applying(change)
        for position in 0..<text.count where !UTF16.isTrailSurrogate(text[position]) {
            for side in [TieSide.left, .right] {
                let mapped = change.mapped(position: position, side: side)
                #expect(mapped == after.count || !UTF16.isTrailSurrogate(after[mapped]))
            }
        }
    }

    @Test func textInsertedRightThereGoesToTheChosenSide() throws {
        let insertion = try change(4, [(2..<2, "xyz")])
        #expect(insertion.mapped(position: 2, side: .left) == 2)
        #expect(insertion.mapped(position: 2, side: .right) == 5)
        #expect(insertion.mapped(position: 1) == 1)
        #expect(insertion.mapped(position: 3) == 6)
    }

    @Test(arguments: [3, 4]) func insideAReplacedRangeItGoesBehindWhatCame(position: Int) throws {
        let replacement = try change(8, [(0..<0, "ab"), (2..<5, "xyz")])
        #expect(replacement.mapped(position: position, side: .left) == 7)
        #expect(replacement.mapped(position: position, side: .right) == 7)
    }

    @Test func whereAReplacedRangeBeginsItGoesToTheChosenSide() throws {
        let replacement = try change(8, [(2..<5, "xyz")])
        #expect(replacement.mapped(position: 2, side: .left) == 2)
        #expect(replacement.mapped(position: 2, side: .right) == 5)
    }

    @Test(arguments: seeds, [TieSide.left, .right])
    func itGoesWhereTextInsertedThereGoes(seed: UInt64, side: TieSide) throws {
        var random = SeededGenerator(seed: seed)
        let text = random.wildText()
        let change = random.wildChange(of: text)
        for position in 0...text.count {
            let mark = TextChange.Replacement(position..<position, insert: [0x7C])
            let inserted = try TextChange(baseLength: text.count, replacements: [mark])
            let moved = inserted.transformed(over: change, side: side)
            #expect(moved.replacements.map(\.range.lowerBound) == [change.mapped(position: position, side: side)])
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func throughACompositionAKeptUnitGoesWhereItGoesThroughBoth(seed: UInt64, alphabet: Alphabet) {
        var random = SeededGenerator(seed: seed)
        let text = random.text(of: alphabet)
        let first = random.change(of: text, with: alphabet)
        let second = random.change(of: text.applying(first), with: alphabet)
        let composed = first.composed(with: second)
        for position in 0..<text.count where isKept(position, by: composed) {
            let through = second.mapped(position: first.mapped(position: position))
            #expect(composed.mapped(position: position) == through)
        }
        let end = second.mapped(position: first.mapped(position: text.count))
        #expect(composed.mapped(position: text.count) == end)
    }

    private func isKept(_ position: Int, by change: TextChange) -> Bool {
        !change.replacements.contains { $0.range.contains(position) }
    }
}
