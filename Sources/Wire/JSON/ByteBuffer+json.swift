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
        text.forEachSegment { write($0, with: &encoder) }
        writeWithUnsafeMutableBytes(minimumWritableBytes: JSONTextEncoder.bytesForRest) { encoder.finish(to: $0) }
        writeInteger(UInt8(ascii: "\""))
    }

    /// Writes code units as a JSON string.
    ///
    /// Half a surrogate pair becomes U+FFFD.
    package mutating func writeJSON(_ units: [UInt16]) {
        guard units.count <= Self.pieceLength else { return writeJSON(TextBuffer(units: units)) }
        // In one go: this is what a keystroke inserts.
        let worst = units.count * JSONTextEncoder.bytesForUnit + JSONTextEncoder.bytesForRest + 2
        writeWithUnsafeMutableBytes(minimumWritableBytes: worst) { target in
            var encoder = JSONTextEncoder()
            var end = 1
            target[0] = UInt8(ascii: "\"")
            end += units.withUnsafeBufferPointer { encoder.encode($0, to: .init(rebasing: target[end...])) }
            end += encoder.finish(to: .init(rebasing: target[end...]))
            target[end] = UInt8(ascii: "\"")
            return end + 1
        }
    }

    /// Writes a string as a JSON string.
    package mutating func writeJSON(_ string: String) {
        if !writeOrdinary(string) { writeJSON(TextBuffer(string)) }
    }

    /// Writes a string whose characters all stand for themselves, as those of ids do; false when there are others.
    private mutating func writeOrdinary(_ string: String) -> Bool {
        let isWritten = string.utf8.withContiguousStorageIfAvailable { bytes in
            let isOrdinary = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F && JSONEscape.letter(for: $0) == nil }
            guard isOrdinary else { return false }
            writeWithUnsafeMutableBytes(minimumWritableBytes: bytes.count + 2) { target in
                target[0] = UInt8(ascii: "\"")
                UnsafeMutableRawBufferPointer(rebasing: target[1...]).copyMemory(from: UnsafeRawBufferPointer(bytes))
                target[bytes.count + 1] = UInt8(ascii: "\"")
                return bytes.count + 2
            }
            return true
        }
        return isWritten ?? false
    }

    /// Writes a whole number.
    package mutating func writeJSON(_ value: Int) {
        let sign = value < 0 ? 1 : 0
        var count = 1 + sign
        var rest = value.magnitude / 10
        while rest > 0 {
            count += 1
            rest /= 10
        }
        writeWithUnsafeMutableBytes(minimumWritableBytes: count) { target in
            target[0] = UInt8(ascii: "-")
            var rest = value.magnitude
            for index in (sign..<count).reversed() {
                target[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
            return count
        }
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

    /// How many units are written in one go.
    private static let pieceLength = 512

    /// Writes a run of units piece by piece, so that the worst case of a long text is never set aside.
    private mutating func write(_ units: UnsafeBufferPointer<UInt16>, with encoder: inout JSONTextEncoder) {
        var start = 0
        while start < units.count {
            let piece = UnsafeBufferPointer(rebasing: units[start..<Swift.min(start + Self.pieceLength, units.count)])
            let worst = piece.count * JSONTextEncoder.bytesForUnit + JSONTextEncoder.bytesForRest
            writeWithUnsafeMutableBytes(minimumWritableBytes: worst) { encoder.encode(piece, to: $0) }
            start += piece.count
        }
    }
}
