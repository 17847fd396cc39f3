/// Any JSON, to be compared field by field.
package enum JSONValue: Decodable, Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Every value that is neither a list nor an object, by the path to it.
    package var fields: [String: JSONValue] {
        let parts: [(String, JSONValue)]
        switch self {
        case .array(let values): parts = values.enumerated().map { ("[\($0)]", $1) }
        case .object(let values): parts = values.map { (".\($0)", $1) }
        default: return ["": self]
        }
        return parts.reduce(into: [:]) { fields, part in
            for (path, value) in part.1.fields { fields[part.0 + path] = value }
        }
    }

    /// The value of a key of an object.
    package subscript(key: String) -> JSONValue? {
        if case .object(let values) = self { values[key] } else { nil }
    }
}
