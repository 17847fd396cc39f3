import NIOCore

extension JSONValue {
    /// The value as JSON for people: what is short is on one line, and of all else each member is on a line of its own,
    /// two spaces deeper than what it belongs to.
    package var indented: String { indented(by: 0) }

    /// How much is short, in characters.
    private static let lineLength = 80

    private func indented(by depth: Int) -> String {
        let line = line
        guard line.count > Self.lineLength else { return line }
        switch self {
        case .object(let object):
            return Self.block(
                object.members.map { "\(Self.quoted($0.name)): \($0.value.indented(by: depth + 1))" }, "{", "}", depth)
        case .array(let elements):
            return Self.block(elements.map { $0.indented(by: depth + 1) }, "[", "]", depth)
        case .null, .bool, .number, .string:
            return line
        }
    }

    private static func block(_ items: [String], _ open: String, _ close: String, _ depth: Int) -> String {
        let indent = String(repeating: "  ", count: depth)
        let lines = items.map { "\(indent)  \($0)" }
        return "\(open)\n\(lines.joined(separator: ",\n"))\n\(indent)\(close)"
    }

    private var line: String {
        switch self {
        case .object(let object):
            "{\(object.members.map { "\(Self.quoted($0.name)): \($0.value.line)" }.joined(separator: ", "))}"
        case .array(let elements):
            "[\(elements.map(\.line).joined(separator: ", "))]"
        case .null, .bool, .number, .string:
            compact
        }
    }

    private static func quoted(_ name: String) -> String { JSONValue.string(name).compact }

    /// The value on one line.
    package var compact: String {
        var buffer = ByteBuffer()
        buffer.writeJSON(self)
        return String(buffer: buffer)
    }
}
