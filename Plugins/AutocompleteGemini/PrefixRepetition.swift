/// Finds what a suggestion repeats of the code before the cursor.
struct PrefixRepetition {
    /// Longer ones are not looked for, so that no answer takes long.
    private static let longest = 2_000

    private let before: [UInt16]

    init(_ before: [UInt16]) {
        self.before = before
    }

    /// How many units at the start of a suggestion stand before the cursor already.
    ///
    /// A repetition begins where a line or a word does, and ends at the cursor; of several the longest counts. One
    /// without a word in it, such as a bracket, is taken for a coincidence, unless it is the indentation of the line.
    func length(in suggestion: [UInt16]) -> Int {
        let longest = min(Self.longest, before.count, suggestion.count)
        for length in stride(from: longest, to: 0, by: -1) {
            let start = before.count - length
            guard before[start] == suggestion[0], isStart(start),
                before[start...].elementsEqual(suggestion[..<length])
            else { continue }
            if before[start...].contains(where: \.isWord) || isIndentation(start) { return length }
        }
        return 0
    }

    private func isStart(_ position: Int) -> Bool {
        guard position > 0 else { return true }
        let previous = before[position - 1]
        return previous.isNewline || (!previous.isWord && before[position].isWord)
    }

    /// Whether the cursor's line begins here and is blank, and is not the first of a block that has to be indented yet.
    private func isIndentation(_ start: Int) -> Bool {
        let indentation = before[start...]
        guard start == 0 || before[start - 1].isNewline, indentation.allSatisfy(\.isBlank) else { return false }
        let lines = before[..<start].split(whereSeparator: \.isNewline)
        guard let line = lines.last(where: { !$0.allSatisfy(\.isBlank) }) else { return true }
        let opensBlock = line.last { !$0.isBlank }.map { ":{([".utf16.contains($0) } ?? false
        return !opensBlock || line.prefix(while: \.isBlank).count < indentation.count
    }
}
