import CollabText
import NIOCore

/// Reads the fields of a body one by one and gathers what is wrong with them.
///
/// A field that is wrong reads as nil; what the body says counts only once ``check()`` has passed.
struct BodyFields {
    private let object: JSONObject
    /// Where the object is: `["body"]`, or the place of an object inside of the body.
    private let location: [JSONValue]
    private(set) var issues: [ValidationIssue] = []
    private var exceededLimit: Int?

    /// The fields of a body, none when there is no body or it is `null`.
    init(optional body: ByteBuffer) throws(BodyError) {
        self.init(try Self.object(body) ?? [:], at: ["body"])
    }

    /// The fields of a body that has to be there.
    init(required body: ByteBuffer) throws(BodyError) {
        guard let object = try Self.object(body) else { throw Self.refusal(.missing(at: ["body"], input: nil)) }
        self.init(object, at: ["body"])
    }

    /// The fields of an object inside of a body.
    init(_ object: JSONObject, at location: [JSONValue]) {
        self.object = object
        self.location = location
    }

    private static func object(_ body: ByteBuffer) throws(BodyError) -> JSONObject? {
        let body = body.withoutByteOrderMark
        if body.readableBytes == 0 { return nil }
        switch try value(body) {
        case .null: return nil
        case .object(let object): return object
        case let other:
            throw refusal(.notAnObject(at: ["body"], input: other))
        }
    }

    private static func value(_ body: ByteBuffer) throws(BodyError) -> JSONValue {
        try body.withUnsafeReadableBytes { (bytes) throws(BodyError) -> JSONValue in
            do throws(JSONError) {
                return try JSONValue(parsing: bytes)
            } catch {
                throw refusal(.invalidJSON(error.problem, position: error.position(in: bytes)))
            }
        }
    }

    private static func refusal(_ issue: ValidationIssue) -> BodyError {
        .invalid(ValidationFailure([issue]))
    }

    /// A document of at most `limit` bytes of UTF-8; `fallback` when the field is missing, which without one it may not be.
    mutating func document(_ name: String, limit: Int, default fallback: TextBuffer? = nil) -> TextBuffer? {
        guard let text = text(name, default: fallback) else { return nil }
        // A unit takes three bytes at the most, so that most texts need no counting.
        if text.count * 3 > limit, text.utf8.count > limit {
            exceed(limit)
            return nil
        }
        return text
    }

    /// Notes that the body's texts take more than `limit` bytes of UTF-8.
    mutating func exceed(_ limit: Int) {
        exceededLimit = limit
    }

    /// A string of at most `longest` characters; `fallback` when the field is missing, which without one it may not be.
    mutating func string(_ name: String, longest: Int, default fallback: TextBuffer? = nil) -> String? {
        guard let text = text(name, default: fallback) else { return nil }
        let string = text.description
        guard string.unicodeScalars.count <= longest else {
            note(
                "string_too_long", name, "String should have at most \(longest) characters", input: .string(text),
                context: ["max_length": .integer(longest)])
            return nil
        }
        return string
    }

    /// A position in a text, in UTF-16 code units: the nearest one to a whole number that is none, and the beginning of
    /// a surrogate pair for the middle of it.
    ///
    /// Without a text, which then is wrong itself, there is no position.
    mutating func position(_ name: String, nearestIn text: TextBuffer?) -> Int? {
        guard let number = integer(name), let text else { return nil }
        let position = min(max(number, 0), text.count)
        let isInPair = 0 < position && position < text.count && UTF16.isLeadSurrogate(text[position - 1])
        return isInPair ? position - 1 : position
    }

    /// A whole number in ``WireNumber/range``.
    mutating func natural(_ name: String) -> Int? {
        guard let number = integer(name), let input = object[name] else { return nil }
        guard number >= 0 else {
            note(
                "greater_than_equal", name, "Input should be greater than or equal to 0", input: input,
                context: ["ge": 0])
            return nil
        }
        guard number <= WireNumber.largest else {
            note(
                "less_than_equal", name, "Input should be less than or equal to \(WireNumber.largest)", input: input,
                context: ["le": .integer(WireNumber.largest)])
            return nil
        }
        return number
    }

    /// A list, as it was written; nothing is checked in it.
    mutating func list(_ name: String, longest: Int) -> [JSONValue]? {
        guard let value = found(name, isRequired: true) else { return nil }
        guard case .array(let elements) = value else {
            note("list_type", name, "Input should be a valid list", input: value)
            return nil
        }
        guard elements.count <= longest else {
            let message = "List should have at most \(longest) items after validation, not \(elements.count)"
            note(
                "too_long", name, message, input: value,
                context: [
                    "field_type": "List", "max_length": .integer(longest), "actual_length": .integer(elements.count),
                ])
            return nil
        }
        return elements
    }

    /// Whether a field is there and not `null`.
    func has(_ name: String) -> Bool {
        object[name] ?? .null != .null
    }

    /// Notes that a field has to be there.
    mutating func miss(_ name: String) {
        note(.missing(at: location + [.string(name)], input: .object(object)))
    }

    /// Notes that the value of a field will not do, with the reason.
    mutating func refuse(_ name: String, _ reason: String) {
        note(.wrongValue(at: location + [.string(name)], reason, input: object[name] ?? .null))
    }

    /// Notes something else that is wrong.
    mutating func note(_ issue: ValidationIssue) {
        issues.append(issue)
    }

    /// Throws what was wrong, if anything was.
    func check() throws(BodyError) {
        if let exceededLimit { throw .tooLarge(limit: exceededLimit) }
        if !issues.isEmpty { throw .invalid(ValidationFailure(issues)) }
    }

    private mutating func text(_ name: String, default fallback: TextBuffer?) -> TextBuffer? {
        guard let value = found(name, isRequired: fallback == nil) else { return fallback }
        guard case .string(let text) = value else {
            note("string_type", name, "Input should be a valid string", input: value)
            return nil
        }
        guard text.isWellFormed else {
            let message = "Input should be Unicode text without U+0000 and without half of a surrogate pair"
            note("string_unicode", name, message, input: value)
            return nil
        }
        return text
    }

    private mutating func integer(_ name: String) -> Int? {
        guard let value = found(name, isRequired: true) else { return nil }
        do throws(IntegerProblem) {
            return try Int(lax: value)
        } catch {
            note(error.rawValue, name, error.message, input: value)
            return nil
        }
    }

    private mutating func found(_ name: String, isRequired: Bool) -> JSONValue? {
        if let value = object[name] { return value }
        if isRequired { miss(name) }
        return nil
    }

    private mutating func note(
        _ type: String, _ name: String, _ message: String, input: JSONValue, context: JSONObject? = nil
    ) {
        note(ValidationIssue(type, at: location + [.string(name)], message, input: input, context: context))
    }
}

extension ByteBuffer {
    /// The bytes behind U+FEFF, which some clients write in front of UTF-8.
    fileprivate var withoutByteOrderMark: ByteBuffer {
        var rest = self
        if readableBytesView.starts(with: [0xEF, 0xBB, 0xBF]) { rest.moveReaderIndex(forwardBy: 3) }
        return rest
    }
}
