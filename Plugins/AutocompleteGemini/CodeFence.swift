/// The lines of three backticks that Markdown puts around code.
enum CodeFence {
    private static let mark = "```"

    /// What stands between the fences of a text that begins with one; another text as it is.
    ///
    /// The closing fence may be missing. What follows it is dropped.
    static func content(of text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard start.hasPrefix(mark) else { return withoutClosingFence(text) }
        let opened = start.dropFirst(mark.count)
        guard let lineEnd = opened.firstIndex(of: "\n") else { return onOneLine(opened) }
        return String(uptoClosingFence(opened[opened.index(after: lineEnd)...]))
    }

    /// A fence at the end that none has opened.
    private static func withoutClosingFence(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let last = lines.lastIndex(where: { !$0.allSatisfy(\.isWhitespace) }), isFence(lines[last]),
            lines[..<last].count(where: isFence) % 2 == 0
        else { return text }
        return lines[..<last].joined(separator: "\n")
    }

    private static func uptoClosingFence(_ text: Substring) -> Substring {
        var line = text.startIndex
        while line < text.endIndex {
            let end = text[line...].firstIndex(of: "\n") ?? text.endIndex
            if isFence(text[line..<end]) { return text[..<line].dropLast(line > text.startIndex ? 1 : 0) }
            line = end < text.endIndex ? text.index(after: end) : end
        }
        return text
    }

    /// Without a line of its own, the opening fence has no language: "```code```". Alone, it is all there is.
    private static func onOneLine(_ opened: Substring) -> String {
        guard let close = opened.firstRange(of: mark) else { return "" }
        return String(opened[..<close.lowerBound])
    }

    private static func isFence(_ line: Substring) -> Bool {
        line.drop(while: \.isWhitespace).hasPrefix(mark)
    }
}
