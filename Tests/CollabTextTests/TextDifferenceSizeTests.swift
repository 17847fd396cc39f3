import CollabText
import TestSupport
import Testing

/// How small a change is found between texts that differ in several places.
@Suite struct TextDifferenceSizeTests {
    @Test func wordsRenamedInAnImmenseTextAreReplacedOneByOne() throws {
        let old = TextBuffer((0..<25_000).map { "let value\($0) = compute(\($0 * 7919))\n" }.joined())
        let edit = try change(old.count, [(4..<9, "first"), (500_004..<500_009, "x"), (800_000..<800_003, "second")])
        let difference = TextChange.difference(from: old, to: old.applying(edit))
        #expect(old.applying(difference) == old.applying(edit))
        #expect(difference.replacements.count == 3)
        #expect(difference.insertedCount <= edit.insertedCount)
    }

    @Test(arguments: [1, 30]) func aLineThatMovedIsTakenOutAndPutIn(words: Int) {
        let moved = (0..<words).map { "word\($0) " }.joined() + "\n"
        let lines = (0..<200).map { "line \($0 * 7919)\n" }
        let old = TextBuffer((lines[..<20] + [moved] + lines[20...]).joined())
        let new = TextBuffer((lines[..<150] + [moved] + lines[150...]).joined())
        let difference = TextChange.difference(from: old, to: new)
        #expect(old.applying(difference) == new)
        #expect(difference.replacements.count == 2)
        #expect(difference.insertedCount <= moved.utf16.count)
    }

    @Test func anImportAndAFunctionAreInsertedEachInItsPlace() {
        let lines = (0..<200).map { "func name\($0)() { print(\($0 * 7919)) }\n" }.joined()
        let addedImport = "import Second\n"
        let function = (0..<40).map { "let added\($0) = \($0 * 104_729)\n" }.joined()
        let old = TextBuffer("import First\n" + lines)
        let new = TextBuffer("import First\n" + addedImport + lines + function)
        let difference = TextChange.difference(from: old, to: new)
        #expect(old.applying(difference) == new)
        #expect(difference.insertedCount == (addedImport + function).utf16.count)
    }

    @Test func twoPlacesOfALongLineAreReplacedOneByOne() throws {
        let old = TextBuffer((0..<2_000).map { "a\($0)=f(\($0 * 7919));" }.joined())
        let edit = try change(old.count, [(100..<150, "x"), (20_000..<20_003, "abcdef")])
        let difference = TextChange.difference(from: old, to: old.applying(edit))
        #expect(old.applying(difference) == old.applying(edit))
        #expect(difference.replacements.count < 5)
        #expect(difference.insertedCount < 20)
    }

    @Test func otherLineEndingsLeaveTheLines() {
        let lines = (0..<400).map { "this is line \($0)" }
        let unix = TextBuffer(lines.joined(separator: "\n"))
        let windows = TextBuffer(lines.joined(separator: "\r\n"))
        let there = TextChange.difference(from: unix, to: windows)
        let back = TextChange.difference(from: windows, to: unix)
        #expect(unix.applying(there) == windows)
        #expect(windows.applying(back) == unix)
        #expect(there.insertedCount == 399)
        #expect(back.insertedCount == 0)
    }

    @Test func manyLinesOfALargeTextAreChangedOneByOne() {
        let lines = (0..<5_000).map { "    let name\($0) = value(\($0 * 7919))\n" }
        let changed = lines.enumerated().map { $0.offset % 20 == 3 ? "    try " + $0.element.dropFirst(4) : $0.element }
        let old = TextBuffer(lines.joined())
        let new = TextBuffer(changed.joined())
        let difference = TextChange.difference(from: old, to: new)
        #expect(old.applying(difference) == new)
        #expect(difference.replacements.count == 250)
        #expect(difference.insertedCount == 250 * 4)
    }

    @Test func aWordThatIsReplacedIsNotCutIntoPieces() throws {
        let old: TextBuffer = "one let two three four"
        let new: TextBuffer = "one were two three 4"
        let expected = try change(22, [(4..<7, "were"), (18..<22, "4")])
        #expect(TextChange.difference(from: old, to: new) == expected)
    }

    @Test(arguments: ["a", "ab", "\n", "a\n", "\r\n", "\n\r", "😀", "👨‍👩‍👧", "e\u{301}\n"])
    func repetitiveTextsAreComparedRightly(piece: String) {
        let old = TextBuffer(String(repeating: piece, count: 3_000))
        for step in [7, 50, 1_000] {
            let pieces = (0..<3_000).map { $0 % step == 1 ? "😁x" + piece : piece }
            let new = TextBuffer(pieces.joined())
            let difference = TextChange.difference(from: old, to: new)
            #expect(old.applying(difference) == new)
            #expect(isNormal(difference))
            #expect(!difference.breaksPairs(in: old))
            #expect(new.applying(.difference(from: new, to: old)) == old)
        }
    }

    @Test(arguments: seeds) func halvesOfPairsAreNoTrap(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let old = TextBuffer(units: (0..<20).flatMap { _ in random.wildUnits(atMost: 30) })
        let new = old.applying(random.wildChange(of: old))
        let difference = TextChange.difference(from: old, to: new)
        #expect(old.applying(difference) == new)
        #expect(isNormal(difference))
    }
}
