/// How a text is laid out: one step of its indentation, and its line ends.
struct Layout: Sendable, Equatable {
    let indentation: String
    let newline: String

    /// The layout of the text around the cursor, with `fallback` as the indentation where the text has none.
    init(of source: Source, fallback: String) {
        var survey = IndentationSurvey()
        var position = 0
        while position < source.units.count {
            let textStart = source.end(ofRunAt: position, where: \.isBlank)
            let lineEnd = source.lineEnd(at: textStart)
            if textStart < lineEnd { survey.take(source.units[position..<textStart]) }
            position = max(lineEnd, position) + 1
        }
        indentation = survey.indentation ?? fallback
        newline = Self.newline(of: source)
    }

    /// More is no indentation, and not to be repeated in each line.
    private static let deepest = 512

    /// A template with `\n` as a line end at this indentation and `\t` as one step of it.
    func expand(_ template: String, at outer: String) -> String {
        let outer = outer.utf16.count <= Self.deepest ? outer : ""
        var result = ""
        for character in template {
            switch character {
            case "\n": result += newline + outer
            case "\t": result += indentation
            default: result.append(character)
            }
        }
        return result
    }

    /// The line end nearest before the cursor, else the first one behind it, else `\n`.
    private static func newline(of source: Source) -> String {
        let before = source.start(ofRunBefore: source.cursor) { $0 != 0x0A }
        let position = before > 0 ? before - 1 : source.end(ofRunAt: source.cursor) { $0 != 0x0A }
        return position > 0 && source.has("\r\n", at: position - 1) ? "\r\n" : "\n"
    }
}

/// Counts how lines are indented.
private struct IndentationSurvey {
    private var tabs = 0
    /// How often a line is deeper than the one before it, by the number of spaces.
    private var steps: [Int: Int] = [:]
    private var previous = 0

    mutating func take(_ blanks: ArraySlice<UInt16>) {
        if blanks.first == 0x09 {
            tabs += 1
            return
        }
        let step = blanks.count - previous
        previous = blanks.count
        // One space is alignment, as in the middle of a block comment; more than eight are, too.
        if (2...8).contains(step) { steps[step, default: 0] += 1 }
    }

    /// The usual step, the smaller of two that are as usual; nil when nothing is indented.
    var indentation: String? {
        if let step = steps.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }), step.value >= tabs {
            return String(repeating: " ", count: step.key)
        }
        return tabs > 0 ? "\t" : nil
    }
}
