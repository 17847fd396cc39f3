import CollabText
import TestSupport
import Testing

/// The laws that the documentation of ``TextChange`` promises, on random texts: of well-formed ones, and of any units.
@Suite struct TextChangeLawTests {
    @Test(arguments: someSeeds, Alphabet.allCases)
    func inversionTakesAChangeBack(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, change, _ in
            let inverse = change.inverted(over: text)
            #expect(text.applying(change).applying(inverse) == text)
            #expect(isNormal(inverse))
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func invertingTwiceDoesTheSame(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, change, _ in
            let after = text.applying(change)
            #expect(change.inverted(over: text).inverted(over: after) == change)
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func aComposedChangeDoesOneThenTheOther(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, first, makeChange in
            let between = text.applying(first)
            let second = makeChange(between)
            let composed = first.composed(with: second)
            #expect(text.applying(composed) == between.applying(second))
            #expect(isNormal(composed))
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func compositionIsAssociative(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, a, makeChange in
            let b = makeChange(text.applying(a))
            let c = makeChange(text.applying(a).applying(b))
            #expect(a.composed(with: b).composed(with: c) == a.composed(with: b.composed(with: c)))
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func theIdentityComposesToNothing(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, change, _ in
            #expect(TextChange.identity(length: text.count).composed(with: change) == change)
            #expect(change.composed(with: .identity(length: change.resultLength)) == change)
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func eachTransformedOverTheOtherLeadsToTheSameText(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, logged, makeChange in
            let late = makeChange(text)
            let lateAfter = late.transformed(over: logged)
            let loggedAfter = logged.transformed(over: late, side: .left)
            #expect(text.applying(logged).applying(lateAfter) == text.applying(late).applying(loggedAfter))
            #expect(isNormal(lateAfter) && isNormal(loggedAfter))
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func nothingThatWasTypedIsLostInATransform(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, change, makeChange in
            let other = makeChange(text)
            #expect(change.transformed(over: other).insertedCount == change.insertedCount)
            #expect(change.transformed(over: other, side: .left).insertedCount == change.insertedCount)
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func whatBreaksNoPairBreaksNoneAfterATransform(seed: UInt64, alphabet: Alphabet) {
        var random = SeededGenerator(seed: seed)
        let text = random.text(of: alphabet)
        let change = random.change(of: text, with: alphabet)
        let other = random.change(of: text, with: alphabet)
        let after = text.applying(other)
        let transformed = change.transformed(over: other)
        #expect(!change.breaksPairs(in: text))
        #expect(!transformed.breaksPairs(in: after))
        #expect(after.applying(transformed).isWellFormed)
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func leavingATextAsItIsIsSeenWithoutMakingTheChange(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, change, _ in
            #expect(change.leavesAsIs(text) == (text.applying(change) == text))
            let idle = change.composed(with: change.inverted(over: text))
            #expect(idle.leavesAsIs(text))
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func aComposedChangeConvergesWithAnother(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, a, makeChange in
            let composed = a.composed(with: makeChange(text.applying(a)))
            let other = makeChange(text)
            let after = text.applying(other).applying(composed.transformed(over: other))
            let otherAfter = text.applying(composed).applying(other.transformed(over: composed, side: .left))
            #expect(after == otherAfter)
        }
    }

    /// A composed change does not tell whether what it inserts came before or behind what it deletes, so with both in one
    /// place only the order of two people's insertions may be another; with deletions alone there is none.
    @Test(arguments: someSeeds, Alphabet.allCases)
    func transformingBothOrTheirCompositionKeepsAndBringsInTheSameUnits(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, a, makeChange in
            let b = makeChange(text.applying(a))
            let c = makeChange(text)
            let (whole, steps) = transformedWholeAndInSteps(a, b, over: c)
            #expect(whole.baseLength == steps.baseLength)
            let after = text.applying(c)
            #expect(after.applying(whole).sortedUnits == after.applying(steps).sortedUnits)
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func transformingDeletionsOrTheirCompositionIsTheSame(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, change, makeChange in
            let a = change.withoutInsertions
            let b = makeChange(text.applying(a)).withoutInsertions
            let (whole, steps) = transformedWholeAndInSteps(a, b, over: makeChange(text))
            #expect(whole == steps)
        }
    }

    @Test(arguments: someSeeds, Alphabet.allCases)
    func transformingInsertionsOrTheirCompositionIsTheSame(seed: UInt64, alphabet: Alphabet) {
        forEachKind(seed, alphabet) { text, change, makeChange in
            let a = change.withoutDeletions
            let b = makeChange(text.applying(a)).withoutDeletions
            let (whole, steps) = transformedWholeAndInSteps(a, b, over: makeChange(text))
            #expect(whole == steps)
        }
    }

    private func transformedWholeAndInSteps(
        _ a: TextChange, _ b: TextChange, over c: TextChange
    ) -> (whole: TextChange, steps: TextChange) {
        let whole = a.composed(with: b).transformed(over: c)
        let between = c.transformed(over: a, side: .left)
        return (whole, a.transformed(over: c).composed(with: b.transformed(over: between)))
    }

    /// Calls `body` with a well-formed text and then with one of any units, a change of it, and what makes more changes.
    private func forEachKind(
        _ seed: UInt64, _ alphabet: Alphabet, _ body: (TextBuffer, TextChange, (TextBuffer) -> TextChange) -> Void
    ) {
        var random = SeededGenerator(seed: seed)
        let text = random.text(of: alphabet)
        body(text, random.change(of: text, with: alphabet)) { random.change(of: $0, with: alphabet) }
        let wild = random.wildText()
        body(wild, random.wildChange(of: wild)) { random.wildChange(of: $0) }
    }
}

extension TextChange {
    fileprivate var withoutInsertions: TextChange {
        changing { .init($0.range, insert: []) }
    }

    fileprivate var withoutDeletions: TextChange {
        changing { .init($0.range.lowerBound..<$0.range.lowerBound, insert: $0.insert) }
    }

    private func changing(_ part: (Replacement) -> Replacement) -> TextChange {
        (try? TextChange(baseLength: baseLength, replacements: replacements.map(part))) ?? .identity(length: baseLength)
    }
}

extension TextBuffer {
    fileprivate var sortedUnits: [UInt16] { self[0..<count].sorted() }
}

/// Whether a change is sorted, and its replacements lie apart and are not empty.
func isNormal(_ change: TextChange) -> Bool {
    let replacements = change.replacements
    return replacements.allSatisfy { !$0.range.isEmpty || !$0.insert.isEmpty }
        && zip(replacements, replacements.dropFirst()).allSatisfy { $0.range.upperBound < $1.range.lowerBound }
        && (replacements.last?.range.upperBound ?? 0) <= change.baseLength
}
