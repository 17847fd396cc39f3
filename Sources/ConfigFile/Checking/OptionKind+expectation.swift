package import ProviderKit

extension OptionKind {
    /// What to write for a value of this kind, behind the word "write": `a whole number from 0 to 65535`.
    package var expectation: String {
        switch self {
        case .string: "a text"
        case .boolean: "true or false"
        case .integer(let range) where range.upperBound == .max: "a whole number, \(range.lowerBound) or more"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .size(let range): "a size from \(size(range.lowerBound)) to \(size(range.upperBound)), as in 64KiB"
        case .duration(let range): "a time from \(time(range.lowerBound)) to \(time(range.upperBound)), as in 30s"
        case .path: "a path"
        case .choice(let words): "one of: \(words.joined(separator: ", "))"
        case .strings: "a list, as in [\"one\", \"two\"]"
        }
    }

    private func size(_ bytes: Int) -> String { Units.text(ofSize: bytes) }

    private func time(_ duration: Duration) -> String { Units.text(of: duration) }
}

extension OptionValue {
    /// Whether it is a text or a list with nothing in it.
    var isEmpty: Bool {
        switch self {
        case .string(let text): text.isEmpty
        case .strings(let texts): texts.isEmpty
        case .boolean, .integer, .duration: false
        }
    }
}
