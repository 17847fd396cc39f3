import CollabText
import TestSupport
import Testing

@Suite struct TextDifferenceTests {
    @Test(arguments: seeds) func itLeadsFromOneTextToTheOther(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for (old, new) in [(random.text(), random.text()), (random.wildText(), random.wildText())] {
            let difference = TextChange.difference(from: old, to: new)
            #expect(old.applying(difference) == new)
            #expect(difference.isIdentity == (old == new))
            #expect(isNormal(difference))
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func itNeverCutsAPairAndIsNoLargerThanOneReplacement(seed: UInt64, alphabet: Alphabet) {
        var random = SeededGenerator(seed: seed)
        let old = random.text(of: alphabet)
        let edited = old.applying(random.change(of: old, with: alphabet))
        for new in [random.text(of: alphabet), edited] {
            let difference = TextChange.difference(from: old, to: new)
            #expect(old.applying(difference) == new)
            #expect(isNormal(difference))
            #expect(!difference.breaksPairs(in: old))
            #expect(difference.insertedCount <= new.count)
            #expect(difference == .difference(from: old, to: new))
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func editsFarApartAreFoundOneByOne(seed: UInt64, alphabet: Alphabet) throws {
        var random = SeededGenerator(seed: seed)
        let old = random.longText(of: alphabet)
        let boundaries = random.boundaries(of: old)
        let places = (1...3).map { boundaries[$0 * boundaries.count / 4] }
        let edit = try TextChange(
            baseLength: old.count,
            replacements: places.map { .init($0..<$0, insert: Array(random.snippet(of: alphabet).utf16)) })
        let new = old.applying(edit)
        let difference = TextChange.difference(from: old, to: new)
        #expect(old.applying(difference) == new)
        #expect(!difference.breaksPairs(in: old))
        // Runs too short to be kept, and halves of pairs, may cost a few units around each place.
        #expect(difference.insertedCount <= edit.insertedCount + 60)
    }

    @Test func emojiThatShareHalfAPairAreReplacedWhole() throws {
        // The two begin with the same unit, and the other two end with the same one.
        #expect(try TextChange.difference(from: "a😀b", to: "a😁b") == change(4, [(1..<3, "😁")]))
        #expect(try TextChange.difference(from: "a\u{10000}b", to: "a\u{10400}b") == change(4, [(1..<3, "\u{10400}")]))
    }

    @Test(arguments: seeds) func itIsNoLargerThanTheEditThatWasMade(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let units = (0..<40).map { _ in UInt16.random(in: 0x61...0x63, using: &random) }
        let old = TextBuffer(units: units)
        let start = Int.random(in: 0...20, using: &random)
        let end = Int.random(in: start...40, using: &random)
        let edit = try change(40, [(start..<end, ["", "b", "abc"].randomElement(using: &random) ?? "")])
        let difference = TextChange.difference(from: old, to: old.applying(edit))
        #expect(difference.insertedCount <= edit.insertedCount)
        #expect(difference.insertedCount - difference.resultLength <= edit.insertedCount - edit.resultLength)
    }

    @Test(arguments: [("", ""), ("a", "aa"), ("aa", "a"), ("aaa", "aa"), ("abab", "ab"), ("", "x"), ("x", "")])
    func whatIsCommonToBothEndsIsCountedOnce(old: String, new: String) {
        let difference = TextChange.difference(from: TextBuffer(old), to: TextBuffer(new))
        #expect(TextBuffer(old).applying(difference) == TextBuffer(new))
        #expect(difference.insertedCount == max(0, new.utf16.count - old.utf16.count))
    }

    /// Of equally small differences, the one that cuts up no run is taken.
    @Test(arguments: [
        ("2-2» more", "1-2»«c2-2» more"), ("abcd efgh", "aXabcd efgh"), ("one two", "one onone two"),
        ("\n        «c-2»", "«c-5»\n        «c-3»\n        «c-2»«c-4»"),
    ])
    func anInsertionThatRepeatsWhatStandsBesideItIsOne(old: String, new: String) {
        let (old, new) = (TextBuffer("<" + old + "> and on"), TextBuffer("<" + new + "> and so on"))
        for (longer, shorter) in [(old, new), (new, old)] {
            let difference = TextChange.difference(from: shorter, to: longer)
            #expect(shorter.applying(difference) == longer)
            #expect(difference.replacements.allSatisfy { $0.range.isEmpty || $0.insert.isEmpty }, "\(difference)")
        }
    }

    @Test(arguments: seeds) func theGapsDoNotMatter(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let old = random.text()
        let new = old.applying(random.change(of: old))
        let plain = TextChange.difference(from: old, to: new)
        #expect(TextChange.difference(from: old.gapMoved(using: &random), to: new.gapMoved(using: &random)) == plain)
    }
}

extension TextBuffer {
    /// The same text, with the gap somewhere else.
    func gapMoved(using random: inout SeededGenerator) -> TextBuffer {
        var moved = self
        let position = Int.random(in: 0...count, using: &random)
        moved.replace(position..<position, with: [0x78])
        moved.replace(position..<(position + 1), with: [])
        return moved
    }
}
