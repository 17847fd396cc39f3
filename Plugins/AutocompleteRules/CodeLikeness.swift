/// For each line at the beginning of a window, whether it looks like code.
struct CodeLikeness {
    private static let longestKeyword = 16

    /// Where the text of a line begins behind its indentation, and whether it looks like code.
    private var lines: [(start: Int, isCode: Bool)] = []

    /// A line looks like code when it begins with a word of the language, or ends with a bracket or a semicolon.
    init(of source: Source, upTo limit: Int, rules: LanguageRules) {
        let ends = Array(";{}()[]".utf16)
        var position = 0
        while position < limit {
            let start = source.end(ofRunAt: position, where: \.isBlank)
            let end = min(limit, source.lineEnd(at: start))
            if start < end {
                let wordEnd = min(end, source.end(ofRunAt: start, where: source.names.contain))
                let word = wordEnd - start <= Self.longestKeyword ? source.string(start..<wordEnd) : ""
                lines.append((start, ends.contains(source.units[end - 1]) || rules.isKnown(word)))
            }
            position = max(end, position) + 1
        }
    }

    /// How many lines look like what they are when just these ranges are code.
    func score(of codeRanges: [Range<Int>]) -> Int {
        var ranges = codeRanges[...]
        return lines.count { line in
            while let range = ranges.first, range.upperBound <= line.start { ranges.removeFirst() }
            return (ranges.first?.contains(line.start) ?? false) == line.isCode
        }
    }
}
