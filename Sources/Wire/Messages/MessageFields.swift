import CollabText

/// The members of a message: checked to be JSON, found, and not decoded until they are asked for.
struct MessageFields {
    private var scanner: JSONScanner
    private let names: [String]
    private var values: [JSONPart?]

    /// Reads a message and keeps the members of these names; of several with one name, the last.
    init(_ bytes: UnsafeRawBufferPointer, names: [String]) throws(MessageError) {
        scanner = JSONScanner(bytes)
        self.names = names
        values = Array(repeating: nil, count: names.count)
        do throws(JSONError) {
            try read()
        } catch {
            throw MessageError(.invalidJSON, "The message is not JSON: \(error).")
        }
    }

    private mutating func read() throws(JSONError) {
        guard try scanner.peek() == UInt8(ascii: "{") else {
            _ = try scanner.readPart()
            return try scanner.finish()
        }
        var name = try scanner.enterObject()
        while let found = name {
            let value = try scanner.readPart()
            if let index = names.firstIndex(where: { scanner.string(found, is: $0) }) { values[index] = value }
            name = try scanner.nextName()
        }
        try scanner.finish()
    }

    /// What kind of message it is.
    var type: String {
        get throws(MessageError) {
            guard let value = value("type") else {
                throw MessageError(.invalidMessage, "A message is an object with the field \"type\".")
            }
            guard case .string(let string) = value else { throw Self.wrong("type", "a string") }
            return scanner.string(string)
        }
    }

    /// The text of a field, nil when it is missing; `limit` is in bytes of UTF-8.
    func text(_ name: String, limit: Int) throws(MessageError) -> TextBuffer? {
        guard let value = value(name) else { return nil }
        guard case .string(let string) = value else { throw Self.wrong(name, "a string") }
        guard string.isText else {
            throw MessageError(.invalidText, "The field \"\(name)\" holds U+0000 or half a surrogate pair.")
        }
        guard string.utf8Count <= limit else {
            throw MessageError(
                .tooLarge, "The field \"\(name)\" takes \(string.utf8Count) bytes of UTF-8; the limit is \(limit).")
        }
        return scanner.text(of: string)
    }

    /// The whole number of a field, at least 0; nil when it is missing or null.
    func integer(_ name: String) throws(MessageError) -> Int? {
        switch value(name) {
        case nil, .word(.null):
            return nil
        case .number(let range):
            guard let number = Int(String(decoding: scanner.bytes[range], as: UTF8.self)), number >= 0 else { break }
            return number
        default:
            break
        }
        throw Self.wrong(name, "a whole number from 0")
    }

    private func value(_ name: String) -> JSONPart? {
        names.firstIndex(of: name).flatMap { values[$0] }
    }

    private static func wrong(_ name: String, _ expected: String) -> MessageError {
        MessageError(.invalidMessage, "The field \"\(name)\" must be \(expected).")
    }
}
