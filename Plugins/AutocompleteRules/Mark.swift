/// A few code units that begin or end something, such as `/*`: so few that one comparison finds them.
struct Mark: Sendable, Hashable {
    static let longest = 8

    let count: Int
    /// The first unit; marks are never empty.
    let first: UInt16
    private let bits: UInt128
    private let mask: UInt128

    /// Nil unless the text has one to eight ASCII characters, none of them U+0000.
    init?(_ text: String) {
        let units = Array(text.utf16)
        guard let first = units.first, units.count <= Self.longest else { return nil }
        guard units.allSatisfy({ $0 > 0 && $0 < 0x80 }) else { return nil }
        self.first = first
        count = units.count
        bits = units.reversed().reduce(0) { $0 << 16 | UInt128($1) }
        mask = UInt128.max >> UInt128(16 * (Self.longest - units.count))
    }

    var text: String {
        String(decoding: (0..<count).map { Lookahead(bits: bits)[$0] }, as: UTF16.self)
    }

    /// Whether these units begin with the mark.
    @inline(__always)
    func begins(_ ahead: Lookahead) -> Bool {
        ahead.bits & mask == bits
    }
}

/// The next eight code units of a text, the first in the lowest bits; U+0000 behind its end.
struct Lookahead {
    let bits: UInt128

    init(_ units: UnsafeBufferPointer<UInt16>, at position: Int, end: Int) {
        var bits: UInt128 = 0
        var next = min(position + Mark.longest, end)
        while next > position {
            next -= 1
            bits = bits << 16 | UInt128(units[next])
        }
        self.bits = bits
    }

    fileprivate init(bits: UInt128) {
        self.bits = bits
    }

    /// The unit at 0 to 7.
    subscript(offset: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: bits >> UInt128(16 * offset))
    }
}
