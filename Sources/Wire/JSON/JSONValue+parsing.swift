extension JSONValue {
    /// Reads bytes that are one JSON value, with nothing but white space around it.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(JSONError) {
        var scanner = JSONScanner(bytes)
        self = try scanner.readValue()
        try scanner.finish()
    }

    fileprivate init(_ word: JSONWord) {
        switch word {
        case .true: self = .bool(true)
        case .false: self = .bool(false)
        case .null: self = .null
        }
    }
}

extension JSONScanner {
    /// Reads the next value, whatever it is.
    package mutating func readValue() throws(JSONError) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "\""): .string(text(of: try readString()))
        case UInt8(ascii: "{"): .object(try readObject())
        case UInt8(ascii: "["): .array(try readArray())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            .number(String(decoding: bytes[try readNumber()], as: UTF8.self))
        default: JSONValue(try readWord())
        }
    }

    private mutating func readObject() throws(JSONError) -> JSONObject {
        var object = JSONObject()
        var name = try enterObject()
        while let found = name {
            object.append(string(found), try readValue())
            name = try nextName()
        }
        return object
    }

    private mutating func readArray() throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        var more = try enterArray()
        while more {
            elements.append(try readValue())
            more = try nextElement()
        }
        return elements
    }
}
