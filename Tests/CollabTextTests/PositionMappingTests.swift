import CollabText
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

    @Test(arguments: [2, 3, 4]) func insideADeletedRangeItGoesToItsStart(position: Int) throws {
        let replacement = try change(8, [(0..<0, "ab"), (2..<5, "xyz")])
        #expect(replacement.mapped(position: position) == 4)
    }

    private func isKept(_ position: Int, by change: TextChange) -> Bool {
        !change.replacements.contains { $0.range.contains(position) }
    }
}
