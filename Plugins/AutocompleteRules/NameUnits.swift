/// Which UTF-16 code units are parts of names in a language.
struct NameUnits: Sendable {
    /// A bit for each ASCII unit.
    private let low: UInt64
    private let high: UInt64

    /// Letters, digits and `_`, and the ASCII units of `others`.
    init(and others: String) {
        var bits: (low: UInt64, high: UInt64) = (0, 0)
        for unit in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_\(others)".utf8 {
            if unit < 64 { bits.low |= 1 << UInt64(unit) } else if unit < 128 { bits.high |= 1 << UInt64(unit - 64) }
        }
        (low, high) = bits
    }

    /// Whether a unit may be part of a name: one of the above, or a letter, a digit or a mark of any script.
    @inline(__always)
    func contain(_ unit: UInt16) -> Bool {
        if unit < 64 { return low >> UInt64(unit) & 1 == 1 }
        if unit < 128 { return high >> UInt64(unit - 64) & 1 == 1 }
        return Self.others[Int(unit >> 6)] >> UInt64(unit & 63) & 1 == 1
    }

    /// A bit for each unit of the basic plane, made for the first text that is not ASCII: Unicode is slow to ask.
    private static let others: [UInt64] = {
        var words = [UInt64](repeating: 0, count: 1024)
        for unit in UInt16.min...UInt16.max where Unicode.Scalar(unit)?.properties.isXIDContinue ?? false {
            words[Int(unit >> 6)] |= 1 << UInt64(unit & 63)
        }
        return words
    }()
}
