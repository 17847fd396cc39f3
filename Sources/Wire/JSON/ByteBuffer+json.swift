package import CollabText
package import NIOCore

extension ByteBuffer {
    /// Writes a text as a JSON string.
    ///
    /// Half a surrogate pair becomes U+FFFD.
    package mutating func writeJSON(_ text: TextBuffer) {
        // A program's text grows by its quotes and its ends of lines; a longer one lets the buffer grow.
        reserveCapacity(minimumWritableBytes: text.count + text.count / 8 + 64)
        writeInteger(UInt8(ascii: "\""))
        var encoder = JSONTextEncoder()
        text.withUnsafeSegments { first, second in
            write(first, with: &encoder)
            write(second, with: &encoder)
        }
        writeWithUnsafeMutableBytes(minimumWritableBytes: JSONTextEncoder.bytesForRest) { encoder.finish(to: $0) }
        writeInteger(UInt8(ascii: "\""))
    }

    /// Writes a string as a JSON string.
    package mutating func writeJSON(_ string: String) {
        writeJSON(TextBuffer(string))
    }

    /// Writes a whole number.
    package mutating func writeJSON(_ value: Int) {
        writeString(String(value))
    }

    /// Writes a value, with its members and elements in their order and without white space.
    package mutating func writeJSON(_ value: JSONValue) {
        switch value {
        case .null: writeStaticString("null")
        case .bool(let value): writeStaticString(value ? "true" : "false")
        case .number(let literal): writeString(literal)
        case .string(let text): writeJSON(text)
        case .array(let elements): writeJSON(elements)
        case .object(let object): writeJSON(object)
        }
    }

    private mutating func writeJSON(_ elements: [JSONValue]) {
        writeStaticString("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { writeStaticString(",") }
            writeJSON(element)
        }
        writeStaticString("]")
    }

    private mutating func writeJSON(_ object: JSONObject) {
        writeStaticString("{")
        for (index, member) in object.members.enumerated() {
            if index > 0 { writeStaticString(",") }
            writeJSON(member.name)
            writeStaticString(":")
            writeJSON(member.value)
        }
        writeStaticString("}")
    }

    /// Writes a run of units piece by piece, so that the worst case of a long text is never set aside.
    private mutating func write(_ units: UnsafeBufferPointer<UInt16>, with encoder: inout JSONTextEncoder) {
        var start = 0
        while start < units.count {
            let piece = UnsafeBufferPointer(rebasing: units[start..<Swift.min(start + 512, units.count)])
            let worst = piece.count * JSONTextEncoder.bytesForUnit + JSONTextEncoder.bytesForRest
            writeWithUnsafeMutableBytes(minimumWritableBytes: worst) { encoder.encode(piece, to: $0) }
            start += piece.count
        }
    }
}
