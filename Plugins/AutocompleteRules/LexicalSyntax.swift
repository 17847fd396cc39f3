/// Which parts of a text are not code: what tells a lexical scanner where comments and strings begin and end.
struct LexicalSyntax: Sendable {
    let lineComments: [LineComment]
    let blockComments: [BlockComment]
    /// In the order in which they are tried: longer openings first.
    let strings: [StringSyntax]
    /// Those of all strings in turn, and last what code stands between in prose.
    let interpolations: [Interpolation]
    /// For each kind of string, the places of its interpolations.
    let interpolationsOfStrings: [Range<Int>]
    /// What code stands between, where the text itself is prose; nil where it is code.
    let codeBetween: Interpolation?
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
        /// In prose: it may begin a comment or code.
        static let prose = Roles(rawValue: 32)
    }

    init(
        lineComments: [LineComment] = [], blockComments: [BlockComment] = [], strings: [StringSyntax] = [],
        codeBetween: Interpolation? = nil
    ) {
        self.lineComments = lineComments
        self.blockComments = blockComments
        self.strings = strings
        self.codeBetween = codeBetween
        interpolations = strings.flatMap(\.interpolations) + [codeBetween].compactMap(\.self)
        var next = 0
        interpolationsOfStrings = strings.map { string in
            next += string.interpolations.count
            return (next - string.interpolations.count)..<next
        }
        let openings = lineComments.map(\.mark) + blockComments.map(\.open) + strings.map(\.open)
        var roles = [Roles](repeating: [], count: 0x80)
        func give(_ role: Roles, to units: [UInt16]) {
            for unit in units where unit < 0x80 { roles[Int(unit)].insert(role) }
        }
        give(.newline, to: [0x0A, 0x0D])
        give(.opening, to: openings.map(\.first))
        give(.bracket, to: interpolations.flatMap { [$0.opener, $0.closer] })
        give(.comment, to: blockComments.flatMap { [$0.open.first, $0.close.first] })
        give(.string, to: strings.map(\.close.first) + interpolations.map(\.open.first))
        if strings.contains(where: \.escapes) { give(.string, to: [StringSyntax.escape]) }
        give(.prose, to: blockComments.map(\.open.first) + [codeBetween?.open.first].compactMap(\.self))
        self.roles = roles
    }
}

/// A comment that ends with its line.
struct LineComment: Sendable {
    let mark: Mark
    /// Whether it begins a comment only at the start of a line or behind a blank.
    let isBehindBlank: Bool
}

/// A comment between two marks.
struct BlockComment: Sendable {
    let open: Mark
    let close: Mark
    /// Whether a comment may stand inside a comment.
    let nests: Bool
}
