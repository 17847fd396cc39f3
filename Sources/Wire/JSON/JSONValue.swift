package import CollabText

/// Any JSON, as a tree: for bodies of requests, where speed is not what counts.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number as it was written; one that JSON allows.
    case number(String)
    /// A string; unlike a room's text it may hold halves of surrogate pairs and U+0000.
    case string(TextBuffer)
    case array([JSONValue])
    case object(JSONObject)

    /// A whole number.
    package static func integer(_ value: Int) -> JSONValue {
        .number(String(value))
    }

    /// A string.
    package static func string(_ value: String) -> JSONValue {
        .string(TextBuffer(value))
    }
}

/// The members of a JSON object, in the order in which they were written.
package struct JSONObject: Sendable, Hashable {
    /// A name and its value.
    package struct Member: Sendable, Hashable {
        package let name: String
        package let value: JSONValue

        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var members: [Member]

    package init(_ members: [Member] = []) {
        self.members = members
    }

    /// The value of a name; of its last member, when several have the name.
    package subscript(name: String) -> JSONValue? {
        members.last { $0.name == name }?.value
    }

    /// Puts a member at the end.
    package mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name, value))
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral value: String) {
        self = .string(value)
    }

    package init(integerLiteral value: Int) {
        self = .integer(value)
    }

    package init(booleanLiteral value: Bool) {
        self = .bool(value)
    }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral {
    package init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member($0.0, $0.1) }))
    }

    package init(nilLiteral: ()) {
        self = .null
    }
}
