import CollabText
import TestSupport
import Testing

@Suite struct TextChangeTests {
    @Test func replacementsThatTouchBecomeOne() throws {
        let parts = try change(10, [(2..<4, "a"), (4..<4, "b"), (4..<6, "c")])
        #expect(try parts == change(10, [(2..<6, "abc")]))
        #expect(parts.replacements.count == 1)
    }

    @Test func replacementsThatDoNothingGoAway() throws {
        #expect(try change(3, [(1..<1, ""), (3..<3, "")]) == .identity(length: 3))
    }

    @Test(arguments: seeds) func everyChangeIsInNormalForm(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.text()
        let change = random.change(of: text)
        #expect(isNormal(change))
        #expect(change.resultLength == text.applying(change).count)
    }

    @Test(arguments: [-1..<0, 0..<4, 4..<4]) func aRangeOutsideOfTheTextIsRefused(range: Range<Int>) {
        #expect(throws: TextChangeError.outOfRange(range, length: 3)) {
            try TextChange(baseLength: 3, replacements: [.init(range, insert: [])])
        }
    }

    @Test func rangesOutOfOrderAreRefused() {
        #expect(throws: TextChangeError.unsorted(0..<1, after: 3)) { try change(5, [(2..<3, "a"), (0..<1, "b")]) }
    }

    @Test func rangesThatOverlapAreRefused() {
        #expect(throws: TextChangeError.unsorted(2..<4, after: 3)) { try change(5, [(1..<3, "a"), (2..<4, "b")]) }
    }

    @Test func theErrorsSayWhatIsWrong() {
        #expect(
            "\(TextChangeError.outOfRange(2..<9, length: 3))"
                == "the range 2..<9 lies outside a text of 3 code units")
        #expect("\(TextChangeError.malformed)" == "these bytes are not an encoded change")
        #expect(
            "\(TextChangeError.unsorted(2..<4, after: 3))"
                == "the range 2..<4 begins before 3, the end of the one before it")
    }

    @Test func theOneAlreadyInTheLogStandsLeft() throws {
        let logged = try change(2, [(1..<1, "logged")])
        let late = try change(2, [(1..<1, "late")])
        let text = TextBuffer("()").applying(logged).applying(late.transformed(over: logged))
        #expect(text == "(loggedlate)")
    }

    @Test func whatBothDeleteIsDeletedOnce() throws {
        let a = try change(6, [(1..<4, "")])
        let b = try change(6, [(2..<5, "")])
        #expect(TextBuffer("012345").applying(a).applying(b.transformed(over: a)) == "05")
    }

    @Test func insideAPairIsNoPlaceForAChange() throws {
        let text: TextBuffer = "a😀b"
        #expect(try change(4, [(2..<2, "x")]).breaksPairs(in: text))
        #expect(try change(4, [(1..<2, "")]).breaksPairs(in: text))
        #expect(try change(4, [(2..<3, "")]).breaksPairs(in: text))
        #expect(try !change(4, [(1..<3, "😅")]).breaksPairs(in: text))
    }

    @Test(arguments: [[0xD83D], [0xDE00], [0xDE00, 0xD83D], [0x61, 0]] as [[UInt16]])
    func halfAPairIsNoTextToInsert(units: [UInt16]) throws {
        let change = try TextChange(baseLength: 1, replacements: [.init(0..<0, insert: units)])
        #expect(change.breaksPairs(in: "a"))
    }

    @Test func movingOneOfTwoEqualUnitsLeavesTheTextAsItIs() throws {
        #expect(try change(3, [(0..<1, ""), (3..<3, "a")]).leavesAsIs("aaa"))
        #expect(try !change(3, [(0..<1, ""), (3..<3, "a")]).leavesAsIs("aba"))
    }
}

/// A change from ranges and strings.
func change(_ length: Int, _ replacements: [(Range<Int>, String)]) throws -> TextChange {
    try TextChange(baseLength: length, replacements: replacements.map { .init($0.0, insert: Array($0.1.utf16)) })
}
