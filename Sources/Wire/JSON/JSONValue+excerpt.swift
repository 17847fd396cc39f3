import CollabText

extension JSONValue {
    /// The value cut down to what fits into an error message, whatever its size: long strings end in `…`, and members
    /// and elements past a few thousand characters in all are left out.
    package var excerpt: JSONValue {
        var excerpt = Excerpt()
        return excerpt.take(self)
    }
}

/// Copies a value as long as there is room.
private struct Excerpt {
    /// How many more UTF-16 code units may be copied in all.
    private var room = 2_000
    private let longestString = 200

    mutating func take(_ value: JSONValue) -> JSONValue {
        room -= 4
        switch value {
        case .null, .bool: return value
        case .number(let literal): return takeNumber(literal)
        case .string(let text): return .string(cut(text))
        case .array(let elements): return .array(take(elements))
        case .object(let object): return .object(take(object))
        }
    }

    private mutating func takeNumber(_ literal: String) -> JSONValue {
        guard literal.utf8.count > longestString else {
            room -= literal.utf8.count
            return .number(literal)
        }
        // A part of a number is another number, so it is shown as a string.
        return .string(cut(TextBuffer(literal)))
    }

    private mutating func take(_ elements: [JSONValue]) -> [JSONValue] {
        var kept: [JSONValue] = []
        for element in elements where room > 0 { kept.append(take(element)) }
        return kept
    }

    private mutating func take(_ object: JSONObject) -> JSONObject {
        var kept = JSONObject()
        for member in object.members where room > 0 {
            kept.append(cut(TextBuffer(member.name)).description, take(member.value))
        }
        return kept
    }

    private mutating func cut(_ text: TextBuffer) -> TextBuffer {
        guard text.count > longestString else {
            room -= text.count
            return text
        }
        room -= longestString
        // Not through the middle of a surrogate pair.
        let end = UTF16.isLeadSurrogate(text[longestString - 1]) ? longestString - 1 : longestString
        return TextBuffer(units: text[0..<end] + "…".utf16)
    }
}
