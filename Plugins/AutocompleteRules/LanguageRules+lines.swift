/// What a line of code means by the rules of a language.
extension LanguageRules {
    /// Whether a line is `typed`, as it stands or without some of its lead-ins.
    func isLine(_ line: String, _ typed: String) -> Bool {
        var line = line[...]
        while !isSame(line, typed) {
            guard let shorter = withoutLeadIn(line) else { return false }
            line = shorter
        }
        return true
    }

    /// Whether a line begins with `typed`, as it stands or without some of its lead-ins.
    func isLine(_ line: String, beginningWith typed: String) -> Bool {
        var line = line[...]
        while !(line.utf16.count >= typed.utf16.count && isSame(line.prefix(typed.count), typed)) {
            guard let shorter = withoutLeadIn(line) else { return false }
            line = shorter
        }
        return true
    }

    /// Whether two texts are the same keywords.
    func isSame(_ text: Substring, _ typed: String) -> Bool {
        ignoresCase ? text.uppercased() == typed.uppercased() : text == typed
    }

    /// A suggestion in the case of what was typed, where case does not matter.
    func inCase(of typed: String, _ insert: String) -> String {
        ignoresCase && typed.contains(where: \.isLowercase) ? insert.lowercased() : insert
    }

    /// Whether a statement may begin behind this part of a line.
    func isStatementStart(behind code: String) -> Bool {
        guard let last = withoutLeadIns(code).last(where: { $0 != " " }) else { return true }
        return "{};".contains(last)
    }

    /// Whether a line ends by opening a block.
    func opensBlock(_ line: String) -> Bool {
        if blocks.hasBraces, line.hasSuffix("{") { return true }
        guard !blocks.colonOpeners.isEmpty, line.hasSuffix(":"), line.hasBalancedBrackets else { return false }
        return blocks.colonOpeners.contains(String(leadingWord(of: withoutLeadIns(line))))
    }

    /// A line without the lead-ins that it begins with.
    func withoutLeadIns(_ line: String) -> Substring {
        var line = line[...]
        while let shorter = withoutLeadIn(line) { line = shorter }
        return line
    }

    /// A line without its first lead-in; nil when it has none.
    private func withoutLeadIn(_ line: Substring) -> Substring? {
        guard let space = line.firstIndex(of: " "), leadIns.contains(String(line[..<space])) else { return nil }
        return line[line.index(after: space)...]
    }
}

extension StringProtocol {
    /// Whether as many brackets are closed as are opened.
    var hasBalancedBrackets: Bool {
        unicodeScalars.reduce(0) { depth, scalar in
            switch scalar {
            case "(", "[", "{": depth + 1
            case ")", "]", "}": depth - 1
            default: depth
            }
        } == 0
    }
}
