/// The lines that Markdown puts around code: three backticks or tildes, or more (CommonMark 0.31, section 4.5).
struct CodeFence: Equatable {
    let character: Character
    let length: Int
    /// What stands behind the signs, such as the language of the code.
    let info: Substring

    /// The fence that a line is; nil when it is none.
    static func mark(of line: Substring) -> CodeFence? {
        let text = line.drop(while: \.isWhitespace)
        guard let character = text.first, "`~".contains(character) else { return nil }
        let length = text.prefix { $0 == character }.count
        let rest = text.dropFirst(length).drop(while: \.isWhitespace)
        let info = rest.dropLast(rest.reversed().prefix(while: \.isWhitespace).count)
        guard length >= 3, !info.contains("`") else { return nil }
        return CodeFence(character: character, length: length, info: info)
    }

    /// Whether another fence ends the block that this one begins.
    ///
    /// A closing fence has nothing behind it, but for words that a model adds in the same line.
    func isClosed(by other: CodeFence) -> Bool {
        other.character == character && other.length >= length && (other.info.isEmpty || other.info.contains(" "))
    }

    var isMarkdown: Bool { ["markdown", "md", "mdx"].contains(info.lowercased()) }
}

/// The code in an answer of a model, without the Markdown and the explanations around it.
struct FencedAnswer {
    private let text: Substring
    private let lines: [Substring]
    /// The fence that each line is, if any.
    private let marks: [CodeFence?]
    /// Whether each line begins in a comment or a string over several lines.
    private let isInLongText: [Bool]
    private let place: InsertionPlace

    init(_ answer: String, at place: InsertionPlace) {
        text = answer[...]
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        marks = lines.map { CodeFence.mark(of: $0) }
        var longText = place.longText
        var isInLongText: [Bool] = []
        for line in lines {
            isInLongText.append(longText.isOpen)
            longText.read(line)
            longText.read("\n")
        }
        self.isInLongText = isInLongText
        self.place = place
    }

    /// The text to insert; nil when there is none but explanations.
    func content() -> String? {
        if place.takesFences { return contentOfDocument() }
        let fence = fence(from: lines.startIndex)
        if let inner = contentInLine(before: fence?.index) { return inner }
        if let fence {
            let start = lines[..<fence.index]
            let isClosing = fence.mark.info.isEmpty && hasText(start) && !Prose.isProse(start)
            // A model may begin with code and close a fence that it has not opened.
            return isClosing ? withoutProse(start) : block(from: fence)
        }
        return withoutProse(lines[...])
    }

    /// In a document that has fences of its own, only a fence around the whole answer is the model's.
    private func contentOfDocument() -> String? {
        guard let first = lines.firstIndex(where: { hasText([$0]) }) else { return nil }
        let talks = Prose.isTalk(lines[first])
        let start = talks ? lines.index(after: first) : first
        guard let index = lines[start...].indices.first(where: { marks[$0] != nil }), let mark = marks[index],
            talks || index == first
        else { return talks && !place.takesProse ? nil : String(text) }
        if mark.isMarkdown || talks && !place.isMarkdown { return block(from: (index, mark)) }
        guard talks, let end = closingFence(of: mark, from: index + 1) else { return String(text) }
        return lines[index...end].joined(separator: "\n")
    }

    // MARK: Blocks

    /// The first fence from a line on, but for those in a comment or a string of the answer itself.
    private func fence(from start: Int) -> (index: Int, mark: CodeFence)? {
        for index in lines[start...].indices where !isInLongText[index] {
            if let mark = marks[index] { return (index, mark) }
        }
        return nil
    }

    /// The content of a block, or of the first block behind it that is not empty.
    ///
    /// An empty block ends at the first fence behind its own, so that no line is searched for more than one block.
    private func block(from first: (index: Int, mark: CodeFence)) -> String? {
        var next: (index: Int, mark: CodeFence)? = first
        while let opening = next {
            let start = opening.index + 1
            guard let end = closingFence(of: opening.mark, from: start) else { return unclosed(lines[start...]) }
            let inner = lines[start..<end]
            if hasText(inner) { return inner.joined(separator: "\n") }
            next = fence(from: end + 1)
        }
        return nil
    }

    /// The line that closes a block; in it, blocks that say their language may be nested.
    private func closingFence(of mark: CodeFence, from start: Int) -> Int? {
        var depth = 1
        var firstEnd: Int?
        for index in lines[start...].indices {
            guard let other = marks[index], other.character == mark.character else { continue }
            if mark.isClosed(by: other) {
                depth -= 1
                firstEnd = firstEnd ?? index
            } else if !other.info.isEmpty {
                depth += 1
            }
            if depth == 0 { return index }
        }
        return firstEnd
    }

    /// A block that was cut off, or that is closed in the line of its last code.
    private func unclosed(_ inner: ArraySlice<Substring>) -> String? {
        guard let index = inner.lastIndex(where: { hasText([$0]) }) else { return nil }
        var lines = inner[...index]
        let last = inner[index]
        let rest = last.dropLast(last.reversed().prefix { $0 == "`" }.count)
        if last.hasSuffix("```") || rest.allSatisfy(\.isWhitespace) { lines[index] = rest }
        return lines.joined(separator: "\n")
    }

    /// The content of a fence that begins in the middle of a line, behind prose, or has its code in the same line; nil
    /// when there is none before the line of another fence.
    private func contentInLine(before limit: Int?) -> String? {
        let start = self.text[..<(limit.map { lines[$0].startIndex } ?? self.text.endIndex)]
        guard let position = start.firstRange(of: "```")?.lowerBound else { return nil }
        var longText = place.longText
        longText.read(start[..<position])
        let before = start[..<position].split(separator: "\n", omittingEmptySubsequences: false)
        guard !longText.isOpen, !hasText(before[...]) || Prose.isProse(before[...]) else { return nil }
        let index = before.endIndex - 1
        let line = lines[index][position...]
        let sign = line.prefix { $0 == "`" }
        let code = line[sign.endIndex...]
        if let close = code.firstRange(of: "```") { return String(code[..<close.lowerBound]) }
        if let mark = CodeFence.mark(of: line) {
            return code.contains(" ") ? "" : block(from: (index, mark)) ?? ""
        }
        // The name of a language has no backtick: the code begins right behind the sign.
        guard !hasText(before[index...]) || !code.contains(" ") else { return "" }
        let end = closingFence(of: CodeFence(character: "`", length: sign.count, info: ""), from: index + 1)
        var inner = lines[index..<(end ?? lines.endIndex)]
        inner[index] = code
        return end == nil ? unclosed(inner) : inner.joined(separator: "\n")
    }

    // MARK: Prose

    /// Code without a fence: nil when it begins with explanations, and without those behind it.
    private func withoutProse(_ lines: ArraySlice<Substring>) -> String? {
        let code = withoutClosingFence(lines)
        guard !place.takesProse else { return code.joined(separator: "\n") }
        guard let first = code.firstIndex(where: { hasText([$0]) }), !isExplanation(code[first]) else { return nil }
        let end = code.indices.first { index in
            index > first + 1 && !hasText([code[index - 1]]) && code[index].first?.isWhitespace == false
                && isExplanation(code[index]) && !isInLongText[index]
        }
        return code[..<(end ?? code.endIndex)].joined(separator: "\n")
    }

    /// Whether a line is a sentence, and no comment.
    private func isExplanation(_ line: Substring) -> Bool {
        Prose.isSentence(line) && line.first { !$0.isWhitespace }?.isLetter == true
    }

    /// Without a fence at the end that none has opened.
    private func withoutClosingFence(_ lines: ArraySlice<Substring>) -> ArraySlice<Substring> {
        guard let last = lines.lastIndex(where: { hasText([$0]) }), let mark = marks[last], mark.info.isEmpty
        else { return lines }
        return lines[..<last]
    }

    private func hasText(_ lines: ArraySlice<Substring>) -> Bool {
        lines.contains { !$0.allSatisfy(\.isWhitespace) }
    }
}

/// Tells sentences of a model from code.
enum Prose {
    /// Whether the lines are explanations, such as those that stand before a fence.
    static func isProse(_ lines: ArraySlice<Substring>) -> Bool {
        let lines = lines.filter { !$0.allSatisfy(\.isWhitespace) }
        guard let first = lines.first, let last = lines.last else { return false }
        if isTalk(first) || isSentence(first) || isSentence(last) { return true }
        let isIntroduction = words(of: last).last == ":" || words(of: first).first?.isUppercase == true
        return isIntroduction && lines.allSatisfy(isWordy)
    }

    /// Whether a line begins as models do that speak of what they answer.
    static func isTalk(_ line: Substring) -> Bool {
        let text = words(of: line)
        guard let first = text.first, first.isUppercase else { return false }
        let start = text.lowercased().replacing("’", with: "'")
        return isWordy(line)
            && openings.contains { opening in
                start.hasPrefix(opening) && start.dropFirst(opening.count).first?.isLetter != true
            }
    }

    private static let openings = [
        "sure", "certainly", "of course", "absolutely", "here is the completion", "here's the completion",
        "here is the completed", "here's the completed", "here is the code", "here's the code", "here is the rest",
        "here's the rest", "here is your", "here's your", "here is the text", "here's the text", "the completion",
        "the completed", "the code to insert", "the text to insert", "i'm sorry", "i am sorry", "i cannot", "i can't",
        "as an ai",
    ]

    /// Whether a line is a sentence: it begins with a capital letter, is made of words, and ends as sentences do.
    static func isSentence(_ line: Substring) -> Bool {
        let text = words(of: line)
        guard let first = text.first, let last = text.last, first.isLetter, !first.isLowercase else { return false }
        if isTalk(line) { return true }
        let count = text.split(separator: " ").count
        let isIdeographic = text.unicodeScalars.contains { $0.properties.isIdeographic }
        return ".!?:。！？：".contains(last) && (count >= 3 || isIdeographic) && isWordy(line)
    }

    /// Whether a line is made of words for the most part, and of no operators.
    private static func isWordy(_ line: Substring) -> Bool {
        let parts = words(of: line).split(separator: " ")
        let marks = Set(".,:;!?()\"'*_…—–-。！？：，、“”‘’")
        var (natural, all) = (0, 0)
        for part in parts {
            let word = part.drop { marks.contains($0) }
            let core = word.dropLast(word.reversed().prefix { marks.contains($0) }.count)
            if core.isEmpty || core.allSatisfy(\.isNumber) { continue }
            if core.contains("=") || ["+", "/", "|", "||", "&", "&&", "<", ">", "{", "}"].contains(core) {
                return false
            }
            all += 1
            if core.allSatisfy({ $0.isLetter || "'’-".contains($0) }) { natural += 1 }
        }
        guard let last = line.last(where: { !$0.isWhitespace }), !"{};([\\=".contains(last) else { return false }
        return all > 0 && natural * 4 >= all * 3
    }

    /// The line without the signs of Markdown at its start; code in backticks counts as a word.
    private static func words(of line: Substring) -> String {
        let start = line.drop { $0.isWhitespace || "*#>_-".contains($0) }
        let text = start.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset.isMultiple(of: 2) ? String($0.element) : "code" }.joined()
        return text.dropLast(text.reversed().prefix { $0.isWhitespace || "*_".contains($0) }.count).description
    }
}
