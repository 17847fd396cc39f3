/// What a line of code means by the rules of a language.
extension LanguageRules {
    /// Whether a line is `typed`, as it stands or without some of its lead-ins.
    func isLine(_ line: String, _ typed: String) -> Bool {
        var line = line[...]
        while line != typed {
            guard let shorter = withoutLeadIn(line) else { return false }
            line = shorter
        }
        return true
    }

    /// Whether a statement may begin behind this part of a line.
    func isStatementStart(behind code: String) -> Bool {
        guard let last = withoutLeadIns(code).last(where: { $0 != " " }) else { return true }
        return "{};".contains(last)
    }

    /// Whether a line ends by opening a block.
    func opensBlock(_ line: String) -> Bool {
        switch blocks {
        case .none: false
        case .braces: line.hasSuffix("{")
        case .colon(let openers):
            line.hasSuffix(":") && line.hasBalancedBrackets
                && openers.contains(String(withoutLeadIns(line).leadingWord))
        }
    }

    private func withoutLeadIns(_ line: String) -> Substring {
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
    /// The name that a string begins with; empty when it begins with something else.
    var leadingWord: SubSequence {
        self[..<(utf16.firstIndex { !$0.isIdentifier } ?? endIndex)]
    }

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
