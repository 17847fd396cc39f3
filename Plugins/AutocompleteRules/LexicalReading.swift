import ProviderKit

/// What the parts of a window are: code, or comments, strings and prose.
///
/// What stands behind the cursor is read when it is asked for; most suggestions need not know.
final class LexicalReading {
    /// How much of a window tells what it begins in, in code units.
    private static let evidence = 8_192

    /// What the cursor stands in.
    let place: LexicalScanner.State
    /// Whether the unit before the cursor is code.
    let isBehindCode: Bool

    private let source: Source
    private var scanner: LexicalScanner
    private var knownCode: [UInt16]?

    init(of source: Source, rules: LanguageRules, within limit: WorkLimit) throws(AutocompleteError) {
        self.source = source
        scanner = LexicalScanner(
            units: source.units, rules: rules, startingIn: try Self.beginning(of: source, rules: rules, within: limit))
        try scanner.advance(to: source.cursor, within: limit)
        place = scanner.state
        isBehindCode = scanner.codeRanges.last?.upperBound == source.cursor
    }

    /// Whether the cursor stands in code.
    var isInCode: Bool {
        switch place {
        case .code, .interpolation: true
        case .prose, .lineComment, .blockComment, .string: false
        }
    }

    /// Reads the rest of the window.
    func readOn(within limit: WorkLimit) throws(AutocompleteError) {
        try scanner.advance(to: source.units.count, within: limit)
        knownCode = nil
    }

    /// The runs of code that have been read, in order.
    var codeRanges: [Range<Int>] { scanner.codeRanges }

    /// What stands in the brackets of complete tags that have been read, in order.
    var tags: [Range<Int>] { scanner.tags }

    /// The units of the window, with U+0000 for each that is not code or has not been read.
    var code: [UInt16] {
        if let known = knownCode { return known }
        let code = [UInt16](unsafeUninitializedCapacity: source.units.count) { code, count in
            count = source.units.count
            code.initialize(repeating: 0)
            source.units.withUnsafeBufferPointer { units in
                for range in scanner.codeRanges {
                    for position in range { code[position] = units[position] }
                }
            }
        }
        knownCode = code
        return code
    }

    /// What the window begins in; nil for the usual text of the language.
    ///
    /// It is not known when the text begins before it. Then each reading is tried: that it begins in code, and that it
    /// begins in any comment or string whose end mark it has. The one is taken in which the most lines look like what
    /// they are taken for; code, when there is no better one.
    private static func beginning(
        of source: Source, rules: LanguageRules, within limit: WorkLimit
    ) throws(AutocompleteError) -> LexicalScanner.State? {
        let end = min(evidence, source.cursor)
        let candidates = source.isAtTextStart ? [] : candidates(in: source, upTo: end, syntax: rules.syntax)
        guard !candidates.isEmpty else { return nil }
        let lines = CodeLikeness(of: source, upTo: end, rules: rules)
        var best: (beginning: LexicalScanner.State?, score: Int) = (nil, -1)
        for beginning in [nil] + candidates {
            var scanner = LexicalScanner(units: source.units, rules: rules, startingIn: beginning)
            try scanner.advance(to: end, within: limit)
            let score = lines.score(of: scanner.codeRanges)
            if score > best.score { best = (beginning, score) }
        }
        return best.beginning
    }

    /// What the window may begin in besides the usual text of the language.
    private static func candidates(
        in source: Source, upTo end: Int, syntax: LexicalSyntax
    ) -> [LexicalScanner.State?] {
        var marks: Set<Mark> = []
        let comments = syntax.blockComments.indices.filter { marks.insert(syntax.blockComments[$0].close).inserted }
        // The strings of tags are short, and prose is full of their marks.
        let strings = syntax.strings.indices.filter {
            syntax.strings[$0].spansLines && syntax.codeBetween == nil
                && marks.insert(syntax.strings[$0].close).inserted
        }
        let found = marks.filter { source.has($0, before: end) }
        return comments.filter { found.contains(syntax.blockComments[$0].close) }.map { .blockComment($0, depth: 1) }
            + strings.filter { found.contains(syntax.strings[$0].close) }.map { .string($0, start: 0) }
    }
}

extension Source {
    /// Whether a mark stands anywhere before a position.
    fileprivate func has(_ mark: Mark, before end: Int) -> Bool {
        units.withUnsafeBufferPointer { units in
            (0..<end).contains { units[$0] == mark.first && mark.begins(Lookahead(units, at: $0, end: end)) }
        }
    }
}
