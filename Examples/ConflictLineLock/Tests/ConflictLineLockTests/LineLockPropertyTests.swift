import CollabText
import ConflictLineLock
import ProviderKit
import Testing

/// What holds of random edits of texts whose lines are all different.
@Suite struct LineLockPropertyTests {
    @Test(arguments: 1...20)
    func everyLineOfAnEditThatIsTakenStandsAsItWasWritten(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var taken = 0
        for round in 0..<100 {
            let text = random.text()
            var history = RoomHistory(revision: .zero, text: text)
            for _ in 0...random.number(below: 3) {
                history.commit(random.change(of: history.text), by: ClientID("ada"))
            }
            let change = random.change(of: text)
            let edit = ProposedEdit(author: ClientID("bob"), base: .zero, content: .change(change))
            guard case .apply(let merged) = LineLockPolicy().resolve(edit, against: history) else { continue }
            taken += 1
            let outcome = lines(history.text.applying(merged))
            for made in [lines(history.text), lines(text.applying(change))] {
                let isWhole = made.subtracting(lines(text)).isSubset(of: outcome)
                #expect(isWhole, "seed \(seed), round \(round): \(text), \(history.text), \(change)")
                let isGone = lines(text).subtracting(made).isDisjoint(with: outcome)
                #expect(isGone, "seed \(seed), round \(round): \(text), \(history.text), \(change)")
            }
        }
        #expect(taken > 10, "seed \(seed)")
    }

    @Test(arguments: 1...20)
    func editsOfDifferentLinesAreTaken(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<100 {
            let text = random.text()
            var lines = text.description.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
            guard lines.count > 1 else { continue }
            let place = 1 + random.number(below: lines.count - 1)
            let ada = lines.prefix(place).map { $0 + "A" } + lines.dropFirst(place)
            lines.replaceSubrange(place..., with: lines[place...].map { "B" + $0 })
            let example = Case(
                text.description, ada: ada.joined(separator: "\n"), bob: lines.joined(separator: "\n"))
            #expect(example.outcome() != nil, "seed \(seed): \(example.testDescription)")
        }
    }

    private func lines(_ text: TextBuffer) -> Set<Substring> {
        Set(text.description.split(separator: "\n", omittingEmptySubsequences: false)).subtracting([""])
    }
}

/// Random numbers that are the same for the same seed.
private struct SplitMix {
    var state: UInt64

    mutating func number(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    /// Up to eight lines, each with a number that no other has.
    mutating func text() -> TextBuffer {
        let lines = (0..<number(below: 9)).map { _ in "<\(number(below: 1 << 40))>" }
        return TextBuffer(lines.joined(separator: "\n") + (number(below: 2) == 0 ? "" : "\n"))
    }

    /// A change in one or two places, which often begin or end where a line does.
    mutating func change(of text: TextBuffer) -> TextChange {
        let cuts = (0..<(number(below: 2) * 2 + 2)).map { _ in position(in: text) }.sorted()
        let replacements = stride(from: 0, to: cuts.count, by: 2).map { index in
            let range = cuts[index]..<(number(below: 2) == 0 ? cuts[index] : cuts[index + 1])
            let line = "[\(number(below: 1 << 40))]"
            let inserts = ["", "\n", line, line + "\n", "\n" + line, "\n" + line + "\n", line + "\n" + line + "\n"]
            return TextChange.Replacement(range, insert: Array(inserts[number(below: inserts.count)].utf16))
        }
        let change = try? TextChange(baseLength: text.count, replacements: replacements)
        return change ?? .identity(length: text.count)
    }

    private mutating func position(in text: TextBuffer) -> Int {
        let ends = (0...text.count).filter { $0 == 0 || $0 == text.count || text[$0 - 1] == 0x0A || text[$0] == 0x0A }
        return number(below: 4) == 0 ? number(below: text.count + 1) : ends[number(below: ends.count)]
    }
}
