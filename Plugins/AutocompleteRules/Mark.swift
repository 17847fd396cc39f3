/// A few code units that begin or end something, such as `/*`: at most four, so that one comparison finds them.
struct Mark: Sendable {
    let count: Int
    /// The first unit; marks are never empty.
    let first: UInt16
    private let bits: UInt64
    private let mask: UInt64

    /// - Parameter text: one to four code units, none of them U+0000.
    init(_ text: String) {
        precondition((1...4).contains(text.utf16.count), "a mark has one to four code units")
        count = text.utf16.count
        first = text.utf16.first ?? 0
        bits = text.utf16.reversed().reduce(0) { $0 << 16 | UInt64($1) }
        mask = UInt64.max >> UInt64(64 - 16 * count)
    }

    /// Whether these units begin with the mark.
    func begins(_ ahead: Lookahead) -> Bool {
        ahead.bits & mask == bits
    }
}

/// The next four code units of a text, the first in the lowest bits; U+0000 behind its end.
struct Lookahead {
    let bits: UInt64

    init(_ units: [UInt16], at position: Int, end: Int) {
        var bits: UInt64 = 0
        var next = min(position + 4, end)
        while next > position {
            next -= 1
            bits = bits << 16 | UInt64(units[next])
        }
        self.bits = bits
    }

    /// The unit at 0, 1, 2 or 3.
    subscript(offset: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: bits >> UInt64(16 * offset))
    }
}
