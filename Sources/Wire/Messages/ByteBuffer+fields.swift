import CollabText
import NIOCore

/// Each of these writes a field: what stands before its value, such as `,"revision":`, and the value.
extension ByteBuffer {
    mutating func writeField(_ start: StaticString, _ value: Int) {
        writeStaticString(start)
        writeJSON(value)
    }

    mutating func writeField(_ start: StaticString, _ value: String) {
        writeStaticString(start)
        writeJSON(value)
    }

    mutating func writeField(_ start: StaticString, _ value: TextBuffer) {
        writeStaticString(start)
        writeJSON(value)
    }

    mutating func writeField(_ start: StaticString, _ changes: [TextChange.Replacement]) {
        writeStaticString(start)
        writeList(changes) { change, buffer in
            buffer.writeField(#"{"from":"#, change.range.lowerBound)
            buffer.writeField(#","to":"#, change.range.upperBound)
            buffer.writeStaticString(#","insert":"#)
            buffer.writeJSON(change.insert)
        }
    }

    mutating func writeField(_ start: StaticString, _ cursor: Cursor?) {
        writeStaticString(start)
        guard let cursor else {
            writeStaticString("null")
            return
        }
        writeField(#"{"anchor":"#, cursor.anchor)
        writeField(#","head":"#, cursor.head)
        writeStaticString("}")
    }

    mutating func writeField(_ start: StaticString, _ members: [MemberPresence]) {
        writeStaticString(start)
        writeList(members) { member, buffer in
            buffer.writeField(#"{"clientId":"#, member.clientID)
            buffer.writeField(#","name":"#, member.name)
            buffer.writeField(#","color":"#, member.color)
            buffer.writeField(#","cursor":"#, member.cursor)
        }
    }

    mutating func writeField(_ start: StaticString, _ edits: [LoggedEdit]) {
        writeStaticString(start)
        writeList(edits) { edit, buffer in
            buffer.writeField(#"{"revision":"#, edit.revision)
            buffer.writeField(#","author":"#, edit.author)
            buffer.writeField(#","changes":"#, edit.changes)
        }
    }

    private mutating func writeField(_ start: StaticString, _ value: String?) {
        writeStaticString(start)
        if let value { writeJSON(value) } else { writeStaticString("null") }
    }

    /// Writes a list of objects; `body` leaves out the closing brace of each.
    @inline(__always)
    private mutating func writeList<Element>(_ elements: [Element], _ body: (Element, inout ByteBuffer) -> Void) {
        var separator: StaticString = "["
        for element in elements {
            writeStaticString(separator)
            body(element, &self)
            separator = "},"
        }
        writeStaticString(elements.isEmpty ? "[]" : "}]")
    }
}
