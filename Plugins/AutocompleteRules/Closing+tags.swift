import ProviderKit

/// Elements between tags.
extension Closing {
    /// The end of the innermost element: behind `</`, behind a beginning at the end of its line, or on a line of its own.
    func tag() throws(AutocompleteError) -> String? {
        guard let voidTags = rules.blocks.voidTags else { return nil }
        let mayEnd = reading.isInCode ? context.lineBeforeWord.hasSuffix("</") : context.isAtLineEnd
        guard mayEnd, reading.isInCode || context.isAtLineStart || context.line.hasSuffix(">") else { return nil }
        try reading.readOn(within: limit)
        let tags = try Tags(reading: reading, source: source, voidTags: voidTags, within: limit)
        guard let innermost = tags.openAtCursor else { return nil }
        if reading.isInCode { return restOfEnd(innermost) }
        guard tags.firstEndBelow != innermost.name else { return nil }
        let isDirectlyBehind = innermost.end == source.cursor
        let endsBlock =
            context.isAtLineStart
            && isBody(from: innermost.end - 1, at: source.indentation(at: source.cursor))
        return isDirectlyBehind || endsBlock ? "</\(innermost.name)>" : nil
    }

    /// The rest of the name behind `</`, and `>`.
    private func restOfEnd(_ tag: Tags.Tag) -> String? {
        guard tag.name.hasPrefix(context.word) else { return nil }
        let rest = String(tag.name.dropFirst(context.word.count))
        return context.rest.hasPrefix(">") ? (rest.isEmpty ? nil : rest) : rest + ">"
    }
}

/// The elements of a text that the cursor stands in.
private struct Tags {
    struct Tag {
        let name: String
        /// Where what follows the tag begins.
        let end: Int
    }

    /// The innermost element that is open at the cursor.
    private(set) var openAtCursor: Tag?
    /// The name of the first element that ends behind the cursor and did not begin there.
    private(set) var firstEndBelow: String?

    init(
        reading: LexicalReading, source: Source, voidTags: Set<String>, within limit: WorkLimit
    ) throws(AutocompleteError) {
        var open = Stack()
        var below = Stack()
        for range in reading.tags {
            try limit.check()
            let isEnd = source.units[range].first == UInt16(ascii: "/")
            let start = range.lowerBound + (isEnd ? 1 : 0)
            let tag = Tag(
                name: source.string(start..<source.end(ofRunAt: start, where: source.names.contain)),
                end: range.upperBound + 1)
            let hasEnd = !voidTags.contains(tag.name) && source.units[range].last != UInt16(ascii: "/")
            if tag.end <= source.cursor {
                open.take(tag, isEnd: isEnd, hasEnd: hasEnd)
            } else if range.lowerBound > source.cursor, !below.take(tag, isEnd: isEnd, hasEnd: hasEnd) {
                firstEndBelow = tag.name
                break
            }
        }
        openAtCursor = open.innermost
    }

    /// The elements that are open, the innermost last.
    private struct Stack {
        private var tags: [Tag] = []
        /// How many of each name, so that an end without a beginning is not looked for.
        private var counts: [String: Int] = [:]

        var innermost: Tag? { tags.last }

        /// False when the tag ends an element that has no beginning here.
        @discardableResult
        mutating func take(_ tag: Tag, isEnd: Bool, hasEnd: Bool) -> Bool {
            if !isEnd {
                if hasEnd {
                    tags.append(tag)
                    counts[tag.name, default: 0] += 1
                }
                return true
            }
            guard counts[tag.name, default: 0] > 0 else { return false }
            while let last = tags.popLast() {
                counts[last.name, default: 1] -= 1
                if last.name == tag.name { break }
            }
            return true
        }
    }
}
