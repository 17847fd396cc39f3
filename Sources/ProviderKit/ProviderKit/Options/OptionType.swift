/// What a value in the configuration must look like.
public enum OptionKind: Sendable, Hashable {
    case string
    case boolean
    case integer(ClosedRange<Int>)
    /// A number of bytes, written with a unit: `512KiB`, `1MiB`.
    case size(ClosedRange<Int>)
    /// Written with a unit: `250ms`, `30s`, `5m`, `1h`.
    case duration(ClosedRange<Duration>)
    /// A file or folder; relative to the folder of the configuration.
    case path
    case choice([String])
    case strings
}

/// A checked value.
public enum OptionValue: Sendable, Hashable {
    case string(String)
    case boolean(Bool)
    /// An integer, or a size in bytes.
    case integer(Int)
    case duration(Duration)
    case strings([String])
}

/// Ties a kind of option to the Swift type of its values.
public struct OptionType<Value: Sendable>: Sendable {
    public let kind: OptionKind
    let emptyValue: Value
    let encode: @Sendable (Value) -> OptionValue
    let decode: @Sendable (OptionValue) -> Value?
}

extension OptionType<String> {
    /// Any text.
    public static let string = text(.string)
    /// A file or folder. The provider gets an absolute path, or what was written when it begins with a slash or a colon.
    public static let path = text(.path)

    /// One of a few words.
    public static func choice(_ words: [String]) -> OptionType { text(.choice(words)) }

    private static func text(_ kind: OptionKind) -> OptionType {
        OptionType(kind: kind, emptyValue: "", encode: { .string($0) }) {
            if case .string(let value) = $0 { value } else { nil }
        }
    }
}

extension OptionType<Bool> {
    /// `true` or `false`.
    public static let boolean = OptionType(kind: .boolean, emptyValue: false, encode: { .boolean($0) }) {
        if case .boolean(let value) = $0 { value } else { nil }
    }
}

extension OptionType<Int> {
    /// A whole number.
    public static func integer(_ range: ClosedRange<Int>) -> OptionType { number(.integer(range)) }

    /// A number of bytes.
    public static func size(_ range: ClosedRange<Int>) -> OptionType { number(.size(range)) }

    private static func number(_ kind: OptionKind) -> OptionType {
        OptionType(kind: kind, emptyValue: 0, encode: { .integer($0) }) {
            if case .integer(let value) = $0 { value } else { nil }
        }
    }
}

extension OptionType<Duration> {
    /// A span of time.
    public static func duration(_ range: ClosedRange<Duration>) -> OptionType {
        OptionType(kind: .duration(range), emptyValue: .zero, encode: { .duration($0) }) {
            if case .duration(let value) = $0 { value } else { nil }
        }
    }
}

extension OptionType<[String]> {
    /// A list of texts.
    public static let strings = OptionType(kind: .strings, emptyValue: [], encode: { .strings($0) }) {
        if case .strings(let value) = $0 { value } else { nil }
    }
}
