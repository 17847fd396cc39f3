import CollabText
import Testing

/// The laws that the documentation of ``TextChange`` promises, on random texts: of well-formed ones, and of any units.
@Suite struct TextChangeLawTests {
    @Test(arguments: seeds) func inversionTakesAChangeBack(seed: UInt64) {
        forEachKind(seed) { text, change, _ in
            let inverse = change.inverted(over: text)
            #expect(text.applying(change).applying(inverse) == text)
            #expect(isNormal(inverse))
        }
    }

    @Test(arguments: seeds) func invertingTwiceDoesTheSame(seed: UInt64) {
        forEachKind(seed) { text, change, _ in
            let after = text.applying(change)
            #expect(change.inverted(over: text).inverted(over: after) == change)
        }
    }

    @Test(arguments: seeds) func aComposedChangeDoesOneThenTheOther(seed: UInt64) {
        forEachKind(seed) { text, first, makeChange in
            let between = text.applying(first)
            let second = makeChange(between)
            let composed = first.composed(with: second)
            #expect(text.applying(composed) == between.applying(second))
            #expect(isNormal(composed))
        }
    }

    @Test(arguments: seeds) func compositionIsAssociative(seed: UInt64) {
        forEachKind(seed) { text, a, makeChange in
            let b = makeChange(text.applying(a))
            let c = makeChange(text.applying(a).applying(b))
            #expect(a.composed(with: b).composed(with: c) == a.composed(with: b.composed(with: c)))
        }
    }

    @Test(arguments: seeds) func theIdentityComposesToNothing(seed: UInt64) {
        forEachKind(seed) { text, change, _ in
            #expect(TextChange.identity(length: text.count).composed(with: change) == change)
            #expect(change.composed(with: .identity(length: change.resultLength)) == change)
        }
    }

    @Test(arguments: seeds) func eachTransformedOverTheOtherLeadsToTheSameText(seed: UInt64) {
        forEachKind(seed) { text, logged, makeChange in
            let late = makeChange(text)
            let lateAfter = late.transformed(over: logged)
            let loggedAfter = logged.transformed(over: late, side: .left)
            #expect(text.applying(logged).applying(lateAfter) == text.applying(late).applying(loggedAfter))
            #expect(isNormal(lateAfter) && isNormal(loggedAfter))
        }
    }

    @Test(arguments: seeds) func nothingThatWasTypedIsLostInATransform(seed: UInt64) {
        forEachKind(seed) { text, change, makeChange in
            let other = makeChange(text)
            #expect(change.transformed(over: other).insertedCount == change.insertedCount)
            #expect(change.transformed(over: other, side: .left).insertedCount == change.insertedCount)
        }
    }

    @Test(arguments: seeds) func whatBreaksNoPairBreaksNoneAfterATransform(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.text()
        let change = random.change(of: text)
        let other = random.change(of: text)
        let after = text.applying(other)
        let transformed = change.transformed(over: other)
        #expect(!change.breaksPairs(in: text))
        #expect(!transformed.breaksPairs(in: after))
        #expect(after.applying(transformed).isWellFormed)
    }

    @Test(arguments: seeds) func leavingATextAsItIsIsSeenWithoutMakingTheChange(seed: UInt64) {
        forEachKind(seed) { text, change, _ in
            #expect(change.leavesAsIs(text) == (text.applying(change) == text))
            let idle = change.composed(with: change.inverted(over: text))
            #expect(idle.leavesAsIs(text))
        }
    }

    /// Calls `body` with a well-formed text and then with one of any units, a change of it, and what makes more changes.
    private func forEachKind(
        _ seed: UInt64, _ body: (TextBuffer, TextChange, (TextBuffer) -> TextChange) -> Void
    ) {
        var random = SeededGenerator(seed: seed)
        let text = random.text()
        body(text, random.change(of: text)) { random.change(of: $0) }
        let wild = random.wildText()
        body(wild, random.wildChange(of: wild)) { random.wildChange(of: $0) }
    }
}

/// Whether a change is sorted, and its replacements lie apart and are not empty.
func isNormal(_ change: TextChange) -> Bool {
    let replacements = change.replacements
    return replacements.allSatisfy { !$0.range.isEmpty || !$0.insert.isEmpty }
        && zip(replacements, replacements.dropFirst()).allSatisfy { $0.range.upperBound < $1.range.lowerBound }
        && (replacements.last?.range.upperBound ?? 0) <= change.baseLength
}
