/// A kind of string literal.
struct StringSyntax: Sendable {
    /// What takes the meaning from the unit that follows it: a backslash.
    static let escape: UInt16 = 0x5C

    let open: Mark
    let close: Mark
    /// Whether a backslash takes the meaning from the unit that follows it.
    let escapes: Bool
    /// Whether a line end stands inside the string; otherwise it ends an unfinished one.
    let spansLines: Bool
    /// Whether it holds one character: a quote without its twin right behind is no string, as in Rust's lifetimes.
    let isCharacter: Bool
    /// In the order in which they are tried.
    let interpolations: [Interpolation]
    /// What makes a name out of the word that follows it, as `$` does in a shell's strings.
    let nameMarks: [Mark]
}

/// Code inside a string: from a mark that ends in a bracket to the twin of that bracket.
struct Interpolation: Sendable {
    let open: Mark
    let opener: UInt16
    let closer: UInt16

    /// The interpolation that is written so, as in `${}`; nil when that does not end in a pair of brackets.
    init?(_ text: String) {
        guard let closer = text.last, let open = Mark(String(text.dropLast())) else { return nil }
        guard ["()", "[]", "{}", "<>"].contains(String(text.suffix(2))) else { return nil }
        guard let opener = open.text.utf16.last, let end = String(closer).utf16.first else { return nil }
        self.open = open
        self.opener = opener
        self.closer = end
    }
}
