/// An edit as a value: replacements against one text of a known length, all positions in UTF-16 code units of that text.
///
/// Kept in one normal form: sorted, apart from each other by at least one kept unit, none of them empty. So two changes
/// that do the same in the same places are equal.
///
/// The laws, checked as properties on random texts (after Ellis and Gibbs 1989, and Ressel et al. 1996 for TP1):
/// - `apply(a.composed(with: b))` does what applying `a`, then `b` does, and composition is associative;
/// - `a.inverted(over: text)` takes `a` back;
/// - of two changes made on one text, each transformed over the other leads to the same text.
public struct TextChange: Sendable, Hashable {
    /// One replaced range: `range.isEmpty` is an insertion, `insert.isEmpty` a deletion.
    public struct Replacement: Sendable, Hashable {
        /// The code units that go away.
        public let range: Range<Int>
        /// The code units that come instead.
        public let insert: [UInt16]

        public init(_ range: Range<Int>, insert: [UInt16]) {
            self.range = range
            self.insert = insert
        }

        /// Whether nothing goes away and nothing comes.
        var isEmpty: Bool { range.isEmpty && insert.isEmpty }

        /// By how much the replacement moves what follows it.
        var growth: Int { insert.count - range.count }
    }

    /// The length of the text that the change is made on.
    public let baseLength: Int
    public let replacements: [Replacement]

    /// More units than any memory holds, and so few that lengths can be added without a look at the end of `Int`.
    static let longestText = Int.max / 4

    /// A change with these replacements, brought into normal form; taken as they are when they have it already.
    ///
    /// - Throws: when one lies outside of the text, or they are not sorted, or overlap; or when no text is so long.
    public init(baseLength: Int, replacements: [Replacement]) throws(TextChangeError) {
        guard (0...Self.longestText).contains(baseLength) else { throw .outOfRange(0..<0, length: baseLength) }
        // Before the first one nothing ends, not even at 0.
        var end = -1
        var isNormal = true
        for replacement in replacements {
            let range = replacement.range
            guard range.lowerBound >= 0, range.upperBound <= baseLength else {
                throw .outOfRange(range, length: baseLength)
            }
            guard range.lowerBound >= end else { throw .unsorted(range, after: end) }
            if range.lowerBound == end || replacement.isEmpty { isNormal = false }
            end = range.upperBound
        }
        self = Self(baseLength: baseLength, normalized: isNormal ? replacements : Self.merged(replacements))
    }

    /// Sorted replacements, with those that touch made one and those that do nothing left out.
    private static func merged(_ replacements: [Replacement]) -> [Replacement] {
        var builder = TextChangeBuilder()
        var position = 0
        for replacement in replacements {
            builder.retain(replacement.range.lowerBound - position)
            builder.insert(replacement.insert[...])
            builder.delete(replacement.range.count)
            position = replacement.range.upperBound
        }
        return builder.finish().replacements
    }

    /// A change whose replacements are in normal form already.
    init(baseLength: Int, normalized replacements: [Replacement]) {
        self.baseLength = baseLength
        self.replacements = replacements
    }

    /// The change of a text of this length that changes nothing.
    public static func identity(length: Int) -> TextChange {
        TextChange(baseLength: length, normalized: [])
    }

    /// Whether the change leaves every text as it is.
    public var isIdentity: Bool { replacements.isEmpty }

    /// The length of the text afterwards.
    public var resultLength: Int {
        replacements.reduce(baseLength) { $0 + $1.growth }
    }

    /// How many code units the change brings in.
    public var insertedCount: Int {
        replacements.reduce(0) { $0 + $1.insert.count }
    }
}

/// What is wrong with the replacements of a change.
public enum TextChangeError: Error, Hashable, CustomStringConvertible {
    /// A range reaches out of a text of this length.
    case outOfRange(Range<Int>, length: Int)
    /// A range begins before the end of the one before it.
    case unsorted(Range<Int>, after: Int)
    /// The encoded bytes are no change: see ``TextChange/init(encoded:)``.
    case malformed

    public var description: String {
        switch self {
        case .outOfRange(let range, let length):
            "the range \(range.lowerBound)..<\(range.upperBound) lies outside a text of \(length) code units"
        case .unsorted(let range, let end):
            "the range \(range.lowerBound)..<\(range.upperBound) begins before \(end), the end of the one before it"
        case .malformed:
            "these bytes are not an encoded change"
        }
    }
}
