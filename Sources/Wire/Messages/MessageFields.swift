import CollabText

/// The members of one JSON object whose names were asked for: checked to be JSON, found, and not decoded yet.
///
/// Of several members with one name the last counts, and `null` counts as missing. Problems are told by the field's
/// path from this object.
struct MessageFields<let count: Int> {
    /// The names of the fields that are kept.
    typealias Names = InlineArray<count, StaticString>

    private let scanner: JSONScanner
    private let names: Names
    private var parts = InlineArray<count, JSONPart?>(repeating: nil)

    /// Reads a whole message; one that is no object has no fields.
    init(message bytes: UnsafeRawBufferPointer, names: Names) throws(MessageError) {
        var scanner = JSONScanner(bytes)
        do throws(JSONError) {
            self = try Self(&scanner, names: names) ?? Self(empty: scanner, names: names)
            try scanner.finish()
        } catch {
            throw MessageError(.invalidJSON, "The message is not JSON: \(error).")
        }
    }

    /// Reads the next value of a scanner; nil when it is no object, and was passed.
    private init?(_ scanner: inout JSONScanner, names: Names) throws(JSONError) {
        self.init(empty: scanner, names: names)
        guard try scanner.peek() == UInt8(ascii: "{") else {
            _ = try scanner.readPart()
            return nil
        }
        var name = try scanner.enterObject()
        while let found = name {
            let part = try scanner.readPart()
            if let index = index(where: { scanner.string(found, is: $0) }) { parts[index] = part }
            name = try scanner.nextName()
        }
    }

    private init(empty scanner: JSONScanner, names: Names) {
        self.scanner = scanner
        self.names = names
    }

    /// What kind of message it is.
    var type: String {
        get throws(MessageError) {
            guard let part = part("type") else {
                throw MessageError(.invalidMessage, "A message is an object with the field \"type\".")
            }
            guard case .string(let string) = part else { throw MessageError(Self.wrong("type", "a string")) }
            return scanner.string(string)
        }
    }

    /// Whether a field is there, and not `null`.
    func has(_ name: StaticString) -> Bool {
        part(name) != nil
    }

    /// Whether a field is there and `null`.
    func isNull(_ name: StaticString) -> Bool {
        index(of: name).flatMap { parts[$0] } == .word(.null)
    }

    /// The whole number of a field, in ``WireNumber/range``; nil when it is missing.
    func integer(ifPresent name: StaticString) throws(FieldProblem) -> Int? {
        guard let part = part(name) else { return nil }
        guard case .number(let range) = part, let number = scanner.wholeNumber(in: range) else {
            throw Self.wrong(name, "a whole number from 0 to \(WireNumber.largest)")
        }
        return number
    }

    /// Whether a field is true; false when it is missing.
    func flag(_ name: StaticString) throws(FieldProblem) -> Bool {
        switch part(name) {
        case nil, .word(.false): return false
        case .word(.true): return true
        default: throw Self.wrong(name, "true or false")
        }
    }

    /// The string of a field, of so many characters (Unicode scalars); nil when it is missing.
    func string(
        ifPresent name: StaticString, length: ClosedRange<Int> = 0...(.max)
    ) throws(FieldProblem) -> String? {
        guard let found = try text(name) else { return nil }
        // A scalar takes four bytes at the most: what is far too long is not decoded.
        let string = found.utf8Count / 4 <= length.upperBound ? scanner.string(found) : nil
        guard let string, length.contains(string.unicodeScalars.count) else {
            throw Self.wrong(name, "\(length.lowerBound) to \(length.upperBound) characters long")
        }
        return string
    }

    /// The code units of a text, and how many bytes of UTF-8 it takes, at most `limit`; nil when it is missing.
    func units(ifPresent name: StaticString, limit: Int) throws(FieldProblem) -> (units: [UInt16], utf8Count: Int)? {
        guard let found = try text(name) else { return nil }
        guard found.utf8Count <= limit else {
            let problem = "takes \(found.utf8Count) bytes of UTF-8; the limit is \(limit)"
            throw FieldProblem(.tooLarge, at: name.description, problem)
        }
        return (scanner.units(of: found), found.utf8Count)
    }

    /// An object inside of this one, by what `read` makes of its fields; nil when it is missing.
    func object<let inner: Int, Value>(
        ifPresent name: StaticString, _ names: MessageFields<inner>.Names,
        read: (MessageFields<inner>) throws(FieldProblem) -> Value
    ) throws(FieldProblem) -> Value? {
        guard let part = part(name) else { return nil }
        guard case .object(let range) = part else { throw Self.wrong(name, "an object") }
        var scanner = JSONScanner(scanner.bytes, from: range.lowerBound)
        return try Self.object(&scanner, names, at: name.description, read: read)
    }

    /// A list of objects inside of this one, by what `read` makes of their fields; nil when it is missing.
    ///
    /// One of more than `limit` objects is `.tooLarge`.
    func objects<let inner: Int, Value>(
        ifPresent name: StaticString, _ names: MessageFields<inner>.Names, limit: Int = .max,
        read: (MessageFields<inner>) throws(FieldProblem) -> Value
    ) throws(FieldProblem) -> [Value]? {
        guard let part = part(name) else { return nil }
        guard case .array(let range) = part else { throw Self.wrong(name, "a list") }
        var scanner = JSONScanner(scanner.bytes, from: range.lowerBound)
        var values: [Value] = []
        var more = try Self.checked { () throws(JSONError) in try scanner.enterArray() }
        while more {
            guard values.count < limit else {
                throw FieldProblem(.tooLarge, at: name.description, "holds more than \(limit) entries")
            }
            values.append(try Self.object(&scanner, names, at: "\(name)[\(values.count)]", read: read))
            more = try Self.checked { () throws(JSONError) in try scanner.nextElement() }
        }
        return values
    }

    /// Reads the next value of a scanner as an object; its place is only spelled out when something is wrong.
    private static func object<let inner: Int, Value>(
        _ scanner: inout JSONScanner, _ names: MessageFields<inner>.Names, at place: @autoclosure () -> String,
        read: (MessageFields<inner>) throws(FieldProblem) -> Value
    ) throws(FieldProblem) -> Value {
        let fields = try checked { () throws(JSONError) in try MessageFields<inner>(&scanner, names: names) }
        guard let fields else { throw FieldProblem(at: place(), "must be an object") }
        do throws(FieldProblem) {
            return try read(fields)
        } catch {
            throw error.inside(place())
        }
    }

    /// Reads bytes that were found to be JSON already, so that it does not fail.
    private static func checked<Value>(_ read: () throws(JSONError) -> Value) throws(FieldProblem) -> Value {
        do throws(JSONError) {
            return try read()
        } catch {
            throw FieldProblem(.invalidJSON, at: "", "is not JSON: \(error)")
        }
    }

    /// The string of a field that is Unicode text, not decoded; nil when it is missing.
    private func text(_ name: StaticString) throws(FieldProblem) -> JSONString? {
        guard let part = part(name) else { return nil }
        guard case .string(let string) = part else { throw Self.wrong(name, "a string") }
        guard string.isText else {
            throw FieldProblem(.invalidText, at: name.description, "holds U+0000 or half a surrogate pair")
        }
        return string
    }

    private func part(_ name: StaticString) -> JSONPart? {
        guard let index = index(of: name), let part = parts[index], part != .word(.null) else { return nil }
        return part
    }

    private func index(of name: StaticString) -> Int? {
        index { $0.isSpelled(in: name.bytes) }
    }

    @inline(__always)
    private func index(where isMatch: (StaticString) -> Bool) -> Int? {
        for index in 0..<count where isMatch(names[index]) { return index }
        return nil
    }

    private static func wrong(_ name: StaticString, _ expected: String) -> FieldProblem {
        FieldProblem(at: name.description, "must be \(expected)")
    }
}
