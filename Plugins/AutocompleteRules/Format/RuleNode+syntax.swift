/// How comments, strings and blocks are written in a file.
extension RuleNode {
    /// `- line: "#"`, or `- open: "/*"` with `close: "*/"`.
    func comments() throws(RuleFileError) -> ([LineComment], [BlockComment]) {
        var lines: [LineComment] = []
        var blocks: [BlockComment] = []
        for item in try items("a list of comments") {
            let section = try item.section(["line", "behind_blank", "open", "close", "nests"])
            if let line = section["line"] {
                let isBehindBlank = try section["behind_blank"]?.boolean() ?? false
                lines.append(LineComment(mark: try line.mark(), isBehindBlank: isBehindBlank))
            } else if let open = section["open"], let close = section["close"] {
                let nests = try section["nests"]?.boolean() ?? false
                blocks.append(BlockComment(open: try open.mark(), close: try close.mark(), nests: nests))
            } else {
                throw item.error("half a comment, expected the key line, or open and close")
            }
        }
        return (lines, blocks)
    }

    func stringSyntaxes() throws(RuleFileError) -> [StringSyntax] {
        var strings: [StringSyntax] = []
        for item in try items("a list of strings") { strings.append(try item.stringSyntax()) }
        return strings
    }

    private func stringSyntax() throws(RuleFileError) -> StringSyntax {
        let section = try section(["open", "close", "escapes", "spans_lines", "one_character", "interpolation"])
        guard let open = section["open"] else { throw error("a string without a beginning, expected the key open") }
        var interpolations: [Interpolation] = []
        var nameMarks: [Mark] = []
        for node in try section["interpolation"]?.items("a list of interpolations") ?? [] {
            if let interpolation = Interpolation(try node.string()) {
                interpolations.append(interpolation)
            } else {
                nameMarks.append(try node.mark())
            }
        }
        return StringSyntax(
            open: try open.mark(), close: try (section["close"] ?? open).mark(),
            escapes: try section["escapes"]?.boolean() ?? true,
            spansLines: try section["spans_lines"]?.boolean() ?? false,
            isCharacter: try section["one_character"]?.boolean() ?? false,
            interpolations: interpolations, nameMarks: nameMarks)
    }

    /// Code between brackets, such as `${}`.
    func interpolation() throws(RuleFileError) -> Interpolation {
        guard let interpolation = Interpolation(try string()) else {
            throw expected("what ends in a pair of brackets, such as \"<>\"")
        }
        return interpolation
    }

    func blockStyles() throws(RuleFileError) -> BlockStyles {
        let section = try section(["braces", "colon", "words", "void_tags"])
        var words: [WordBlock] = []
        for item in try section["words"]?.items("a list of blocks") ?? [] {
            let block = try item.section(["opens", "opens_inside", "closes"])
            guard let closer = block["closes"] else {
                throw item.error("a block without an end, expected the key closes")
            }
            words.append(
                WordBlock(
                    openers: Set(try block["opens"]?.strings() ?? []),
                    innerOpeners: Set(try block["opens_inside"]?.strings() ?? []), closer: try closer.string()))
        }
        return BlockStyles(
            hasBraces: try section["braces"]?.boolean() ?? false,
            colonOpeners: Set(try section["colon"]?.strings() ?? []), words: words,
            voidTags: try section["void_tags"].map { (node) throws(RuleFileError) in Set(try node.strings()) })
    }

    private func mark() throws(RuleFileError) -> Mark {
        guard let mark = Mark(try string()) else { throw expected("one to \(Mark.longest) ASCII characters") }
        return mark
    }
}
