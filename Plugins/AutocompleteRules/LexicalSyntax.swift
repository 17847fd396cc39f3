/// Which parts of a text are not code: what tells a lexical scanner where comments and strings begin and end.
struct LexicalSyntax: Sendable {
    /// What begins a comment that ends with its line.
    let lineComments: [Mark]
    let blockComments: [BlockComment]
    /// In the order in which they are tried: longer openings first.
    let strings: [StringSyntax]
    /// For each ASCII unit, what may begin or end there.
    let roles: [Roles]

    /// What a code unit may mean, each in a state of its own.
    struct Roles: OptionSet {
        let rawValue: UInt8

        /// In code: it may begin a comment or a string.
        static let opening = Roles(rawValue: 1)
        /// In code inside a string: it may open or close a bracket.
        static let bracket = Roles(rawValue: 2)
        /// It ends a line.
        static let newline = Roles(rawValue: 4)
        /// In a block comment: it may begin or end one.
        static let comment = Roles(rawValue: 8)
        /// In a string: it may end it, escape what follows, or begin code.
        static let string = Roles(rawValue: 16)
    }

    init(lineComments: [String] = [], blockComments: [BlockComment] = [], strings: [StringSyntax] = []) {
        self.lineComments = lineComments.map { Mark($0) }
        self.blockComments = blockComments
        self.strings = strings
        let openings = self.lineComments + blockComments.map(\.open) + strings.map(\.open)
        let interpolations = strings.compactMap(\.interpolation)
        var roles = [Roles](repeating: [], count: 0x80)
        func give(_ role: Roles, to units: [UInt16]) {
            for unit in units where unit < 0x80 { roles[Int(unit)].insert(role) }
        }
        give(.newline, to: [0x0A, 0x0D])
        give(.opening, to: openings.map(\.first))
        give(.bracket, to: interpolations.flatMap { [$0.opener, $0.closer] })
        give(.comment, to: blockComments.flatMap { [$0.open.first, $0.close.first] })
        give(.string, to: strings.map(\.close.first) + strings.compactMap(\.escape) + interpolations.map(\.open.first))
        self.roles = roles
    }
}

/// A comment between two marks.
struct BlockComment: Sendable {
    let open: Mark
    let close: Mark
    /// Whether a comment may stand inside a comment.
    let nests: Bool

    init(_ open: String, _ close: String, nests: Bool = false) {
        self.open = Mark(open)
        self.close = Mark(close)
        self.nests = nests
    }

    /// The comments of C and its heirs.
    static let slashStar = BlockComment("/*", "*/")
    /// The same, where comments nest.
    static let nestingSlashStar = BlockComment("/*", "*/", nests: true)
}

/// A kind of string literal.
struct StringSyntax: Sendable {
    let open: Mark
    let close: Mark
    /// What takes the meaning from the unit that follows it; nil in raw strings.
    let escape: UInt16?
    /// Whether a line end stands inside the string; otherwise it ends an unfinished one.
    let spansLines: Bool
    /// Whether it holds one character: a quote without its twin right behind is no string, as in Rust's lifetimes.
    let isCharacter: Bool
    let interpolation: Interpolation?

    /// A kind of string whose end is the same as its beginning unless told otherwise.
    init(
        _ open: String, _ close: String? = nil, escapes: Bool = true, spansLines: Bool = false,
        isCharacter: Bool = false, interpolation: Interpolation? = nil
    ) {
        self.open = Mark(open)
        self.close = Mark(close ?? open)
        self.escape = escapes ? 0x5C : nil
        self.spansLines = spansLines
        self.isCharacter = isCharacter
        self.interpolation = interpolation
    }
}

/// Code inside a string: from a mark that ends in a bracket to the twin of that bracket.
struct Interpolation: Sendable {
    let open: Mark
    let opener: UInt16
    let closer: UInt16

    /// Code between `${` and `}`.
    static let dollarBraces = Interpolation(mark: "$", opener: "{", closer: "}")
    /// Code between `\(` and `)`.
    static let backslashParentheses = Interpolation(mark: "\\", opener: "(", closer: ")")
    /// Code between `\#(` and `)`.
    static let rawBackslashParentheses = Interpolation(mark: "\\#", opener: "(", closer: ")")

    private init(mark: String, opener: Unicode.Scalar, closer: Unicode.Scalar) {
        open = Mark(mark + String(opener))
        self.opener = UInt16(truncatingIfNeeded: opener.value)
        self.closer = UInt16(truncatingIfNeeded: closer.value)
    }
}
