import CollabText
import TestSupport
import Testing

/// Changes in one place take a short way. Within larger changes the same places take the long way: both must agree.
@Suite struct TextChangeShortcutTests {
    @Test(arguments: someSeeds, Alphabet.allCases)
    func transformingOneReplacementIsAsInALargerChange(seed: UInt64, alphabet: Alphabet) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let text = random.text(of: alphabet)
            let mine = random.replacement(in: text, with: alphabet)
            let theirs = Bool.random(using: &random) ? mine : random.replacement(in: text, with: alphabet)
            for side in [TieSide.left, .right] {
                let short = mine.transformed(over: theirs, side: side)
                let long = try mine.enlarged(by: [0]).transformed(over: theirs.enlarged(by: [2]), side: side)
                #expect(try long == short.enlarged(by: [0], of: 9))
            }
        }
    }

    @Test(arguments: [0..<0, 0..<2, 1..<1, 1..<3, 2..<4, 4..<4], ["", "x", "yz"])
    func everyTwoReplacementsOfAShortTextAreTransformedAsInALargerChange(range: Range<Int>, insert: String) throws {
        let mine = try change(4, [(range, insert)])
        for start in 0...4 {
            for end in start...4 {
                for text in ["", "m"] {
                    let theirs = try change(4, [(start..<end, text)])
                    for side in [TieSide.left, .right] {
                        let short = mine.transformed(over: theirs, side: side)
                        let long = try mine.enlarged(by: [0]).transformed(over: theirs.enlarged(by: [2]), side: side)
                        #expect(try long == short.enlarged(by: [0], of: 9), "\(mine) \(theirs) \(side)")
                    }
                }
            }
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func composingOneReplacementIsAsInALargerChange(seed: UInt64, alphabet: Alphabet) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let text = random.text(of: alphabet)
            let first = random.replacement(in: text, with: alphabet)
            let second = random.replacement(in: text.applying(first), with: alphabet)
            let short = first.composed(with: second)
            let long = try first.enlarged(by: [0]).composed(with: second.enlarged(by: [2], of: 9))
            #expect(try long == short.enlarged(by: [0, 3]))
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func whatLiesApartIsOnlyMoved(seed: UInt64, alphabet: Alphabet) throws {
        var random = SeededGenerator(seed: seed)
        let text = random.text(of: alphabet)
        let mine = random.change(of: text, with: alphabet)
        let theirs = try TextChange(
            baseLength: text.count + 20,
            replacements: [
                .init(0..<2, insert: [0x61]), .init((text.count + 15)..<(text.count + 15), insert: [0x62]),
            ])
        let moved = try mine.moved(by: 10, in: text.count + 20).transformed(over: theirs)
        #expect(try moved == mine.moved(by: 9, in: text.count + 20))
    }

    @Test func typingAndErasingComposeToWhatIsLeft() throws {
        let typed = try change(4, [(2..<2, "a")]).composed(with: change(5, [(3..<3, "b")]))
        #expect(try typed == change(4, [(2..<2, "ab")]))
        #expect(try typed.composed(with: change(6, [(3..<4, "")])) == change(4, [(2..<2, "a")]))
        #expect(try typed.composed(with: change(6, [(2..<4, "")])) == .identity(length: 4))
        #expect(try typed.composed(with: change(6, [(1..<5, "x")])) == change(4, [(1..<3, "x")]))
    }

    @Test func aReplacementInNormalFormIsKeptAsItIs() throws {
        let parts: [TextChange.Replacement] = [
            .init(0..<0, insert: [0x61]), .init(1..<3, insert: []), .init(4..<4, insert: [0x62]),
        ]
        #expect(try TextChange(baseLength: 4, replacements: parts).replacements == parts)
    }

    @Test func insertionsWhereATextBeginsBecomeOne() throws {
        #expect(try change(3, [(0..<0, "a"), (0..<0, "b"), (0..<1, "c")]) == change(3, [(0..<1, "abc")]))
    }

    @Test func numbersNearTheLargestAreNoTrap() throws {
        let end = TextChange.Replacement((Int.max - 1)..<Int.max, insert: [])
        #expect(throws: TextChangeError.outOfRange(end.range, length: 3)) {
            try TextChange(baseLength: 3, replacements: [end])
        }
        #expect(throws: TextChangeError.outOfRange(Int.min..<Int.max, length: 3)) {
            try TextChange(baseLength: 3, replacements: [.init(Int.min..<Int.max, insert: [])])
        }
        #expect(throws: TextChangeError.outOfRange(0..<0, length: -1)) {
            try TextChange(baseLength: -1, replacements: [])
        }
        for length in [Int.max, Int.max / 4 + 1] {
            #expect(throws: TextChangeError.outOfRange(0..<0, length: length)) {
                try TextChange(baseLength: length, replacements: [.init(0..<length, insert: [])])
            }
        }
        let longest = Int.max / 4
        let grown = try TextChange(
            baseLength: longest, replacements: [.init(0..<0, insert: [0x61]), .init(1..<longest, insert: [])])
        #expect(grown.resultLength == 2)
        #expect(grown.composed(with: try change(2, [(0..<2, "")])).resultLength == 0)
    }
}

extension TextChange {
    /// The same change of a text with `margin` more units on the left, where single units are deleted as well.
    fileprivate func enlarged(by deleted: [Int], of margin: Int = 10) throws -> TextChange {
        let all = deleted.map { Replacement($0..<($0 + 1), insert: []) } + shifted(by: margin)
        return try TextChange(baseLength: baseLength + margin, replacements: all)
    }

    /// The same replacements further right in a longer text.
    fileprivate func moved(by margin: Int, in length: Int) throws -> TextChange {
        try TextChange(baseLength: length, replacements: shifted(by: margin))
    }

    private func shifted(by margin: Int) -> [Replacement] {
        replacements.map { .init(($0.range.lowerBound + margin)..<($0.range.upperBound + margin), insert: $0.insert) }
    }
}
