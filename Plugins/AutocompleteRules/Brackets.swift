/// The kinds of brackets that a language closes.
struct Brackets: Sendable {
    private let pairs: [Pair]
    /// A bit for each ASCII unit that is a bracket.
    private let units: UInt128

    private struct Pair {
        let open: UInt16
        let close: UInt16
    }

    /// Nil unless each of these is an opening bracket and a closing one, both ASCII.
    init?(_ pairs: [String]) {
        let units = pairs.map { Array($0.utf16) }
        guard units.allSatisfy({ $0.count == 2 && $0[0] != $0[1] && $0[0] < 0x80 && $0[1] < 0x80 }) else { return nil }
        self.pairs = units.map { Pair(open: $0[0], close: $0[1]) }
        self.units = units.joined().reduce(0) { $0 | 1 << UInt128($1) }
    }

    /// Round, square and curly.
    static let usual = Brackets(known: [("(", ")"), ("[", "]"), ("{", "}")])

    static let none = Brackets(known: [])

    private init(known: [(open: Unicode.Scalar, close: Unicode.Scalar)]) {
        pairs = known.map { Pair(open: UInt16(ascii: $0.open), close: UInt16(ascii: $0.close)) }
        units = pairs.reduce(0) { $0 | 1 << UInt128($1.open) | 1 << UInt128($1.close) }
    }

    /// The twin of an opening bracket; nil for any other unit.
    func closer(of unit: UInt16) -> UInt16? {
        mayContain(unit) ? pairs.first { $0.open == unit }?.close : nil
    }

    /// Whether a unit is a closing bracket.
    func isCloser(_ unit: UInt16) -> Bool {
        mayContain(unit) && pairs.contains { $0.close == unit }
    }

    /// The places of the brackets that are opened in a range and not closed there, the innermost first.
    ///
    /// - Parameter limit: how many are looked for.
    func open(in range: Range<Int>, of code: [UInt16], limit: Int = .max) -> [Int] {
        var open: [Int] = []
        var closed: [UInt16] = []
        var position = range.upperBound
        while position > range.lowerBound, open.count < limit {
            position -= 1
            guard mayContain(code[position]) else { continue }
            if let closer = closer(of: code[position]) {
                if closed.last == closer { closed.removeLast() } else { open.append(position) }
            } else {
                closed.append(code[position])
            }
        }
        return open
    }

    /// The place of the first bracket at or behind a position that closes what was opened before it.
    func firstCloser(from position: Int, of code: [UInt16]) -> Int? {
        var depth = 0
        for next in position..<code.count where mayContain(code[next]) {
            if !isCloser(code[next]) {
                depth += 1
            } else if depth == 0 {
                return next
            } else {
                depth -= 1
            }
        }
        return nil
    }

    @inline(__always)
    private func mayContain(_ unit: UInt16) -> Bool {
        unit < 0x80 && units >> UInt128(unit) & 1 == 1
    }
}
