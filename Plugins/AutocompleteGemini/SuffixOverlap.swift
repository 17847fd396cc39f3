/// Finds what a suggestion repeats of the code after the cursor.
struct SuffixOverlap {
    /// Longer ones are not looked for, so that no answer takes long.
    private static let longest = 2_000

    private let after: [UInt16]

    init(_ after: [UInt16]) {
        self.after = after
    }

    /// How many units at the end of a suggestion follow the cursor already; of several overlaps the longest counts.
    ///
    /// Brackets and quotes alone may be the suggestion's own: they stay when it needs them itself.
    func length(in suggestion: [UInt16]) -> Int {
        overlap(of: after[...], in: suggestion) { length in
            let kept = suggestion.dropLast(length)
            return suggestion[kept.endIndex...].contains(where: \.isWord) || Self.isBalanced(kept)
        } ?? overlapBehindBlankLines(in: suggestion) ?? 0
    }

    /// The suggestion may go on with the next line of code where there are blank lines in between: whole lines count.
    private func overlapBehindBlankLines(in suggestion: [UInt16]) -> Int? {
        let code = after.drop { $0.isBlank || $0.isNewline }
        guard after.prefix(upTo: code.startIndex).contains(where: \.isNewline) else { return nil }
        return overlap(of: code, in: suggestion) { length in
            let start = suggestion.count - length
            let next = code.dropFirst(length).first
            let indentation = suggestion[..<start].reversed().prefix(while: \.isBlank).count
            let isLine = start - indentation > 0 && suggestion[start - indentation - 1].isNewline
            return isLine && next?.isNewline ?? true && suggestion[start...].contains(where: \.isWord)
        }
    }

    private func overlap(
        of code: ArraySlice<UInt16>, in suggestion: [UInt16], where isReal: (Int) -> Bool
    ) -> Int? {
        let longest = min(Self.longest, code.count, suggestion.count)
        return stride(from: longest, to: 0, by: -1).first { length in
            let tail = suggestion[(suggestion.count - length)...]
            return tail.first == code.first && tail.elementsEqual(code.prefix(length)) && isReal(length)
        }
    }

    /// Whether every bracket and every quote that is opened is closed too.
    private static func isBalanced(_ units: ArraySlice<UInt16>) -> Bool {
        var depth = 0
        var quotes: [UInt16: Int] = [:]
        for unit in units {
            switch Unicode.Scalar(unit) {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth = max(0, depth - 1)
            case "\"", "'", "`": quotes[unit, default: 0] += 1
            default: break
            }
        }
        return depth == 0 && quotes.values.allSatisfy { $0.isMultiple(of: 2) }
    }
}
