/// Blocks between words.
extension Closing {
    /// The word that ends the innermost block that was begun at the indentation of the cursor's line.
    func wordOfBlock() -> String? {
        let indentation = source.indentation(at: source.cursor)
        let open = rules.blocks.words.compactMap { block in
            opener(of: block, at: indentation).map { (block: block, opener: $0) }
        }
        guard let innermost = open.max(by: { $0.opener < $1.opener }) else { return nil }
        guard isBody(from: innermost.opener, at: indentation), !isEnded(innermost.block, at: indentation) else {
            return nil
        }
        return innermost.block.closer
    }

    /// The start of the line that opens the innermost block at an indentation.
    private func opener(of block: WordBlock, at indentation: ArraySlice<UInt16>) -> Int? {
        var depth = 0
        var end = source.lineStart(at: source.cursor)
        while end > 0 {
            end -= 1
            let start = source.lineStart(at: end)
            defer { end = start }
            switch depthOfLine(start..<end, from: indentation) {
            case .shallower: return nil
            case .deeper: continue
            case .same:
                depth += growth(of: block, in: start..<end)
                if depth > 0 { return start }
            }
        }
        return nil
    }

    /// Whether a block at an indentation ends below the cursor.
    private func isEnded(_ block: WordBlock, at indentation: ArraySlice<UInt16>) -> Bool {
        var depth = 1
        var start = source.lineEnd(at: source.cursor) + 1
        while start < source.units.count {
            let end = source.lineEnd(at: start)
            defer { start = end + 1 }
            switch depthOfLine(start..<end, from: indentation) {
            case .shallower: return false
            case .deeper: continue
            case .same:
                depth += growth(of: block, in: start..<end)
                if depth == 0 { return true }
            }
        }
        return false
    }

    private enum LineDepth {
        case shallower
        case same
        case deeper
    }

    /// How a line is indented; lines without code are as good as deeper ones.
    private func depthOfLine(_ line: Range<Int>, from indentation: ArraySlice<UInt16>) -> LineDepth {
        let textStart = source.end(ofRunAt: line.lowerBound, where: \.isBlank)
        guard textStart < line.upperBound, reading.code[textStart] != 0 else { return .deeper }
        let own = source.units[line.lowerBound..<textStart]
        if own == indentation { return .same }
        return own.starts(with: indentation) ? .deeper : .shallower
    }

    private func growth(of block: WordBlock, in line: Range<Int>) -> Int {
        let text = String(decoding: reading.code[line].drop(while: \.isBlank), as: UTF16.self)
        let words = text.split { character in
            character.utf16.first.map { !source.names.contain($0) } ?? true
        }
        return block.growth(first: rules.leadingWord(of: rules.withoutLeadIns(text)), words: words)
    }
}
