import Foundation

/// How a simulated client rewrites what it receives before it shows it.
///
/// It is written without the room's own idea of forms, so that the two can disagree.
struct ShownForm: CustomStringConvertible, Sendable {
    enum Aspect: String, CaseIterable, Sendable {
        // In the order in which they are applied.
        case noMark, noBreakSpaces, nfc, nfd, tabs2, tabs4, tabs8, stripped, finalNewline, lf, crlf, cr
    }

    /// Aspects that exclude each other.
    static let groups: [[Aspect]] = [
        [.lf, .crlf, .cr], [.tabs2, .tabs4, .tabs8], [.stripped], [.finalNewline], [.nfc, .nfd], [.noMark],
        [.noBreakSpaces],
    ]

    let aspects: [Aspect]

    init(_ aspects: [Aspect] = []) {
        self.aspects = Aspect.allCases.filter(aspects.contains)
    }

    /// A form of no aspect, of one, or of two.
    static func random(using random: inout some RandomNumberGenerator) -> ShownForm {
        guard Int.random(in: 0..<4, using: &random) > 0 else { return ShownForm() }
        // Line ends are what differs most often.
        let preferred = Int.random(in: 0..<3, using: &random) == 0 ? [groups[0]] : []
        let chosen = (preferred + groups.shuffled(using: &random)).prefix(Int.random(in: 1...2, using: &random))
        return ShownForm(chosen.compactMap { $0.randomElement(using: &random) })
    }

    var description: String { aspects.isEmpty ? "verbatim" : aspects.map(\.rawValue).joined(separator: "+") }

    var isVerbatim: Bool { aspects.isEmpty }

    /// What the client types for a new line in a text that it shows.
    func lineEnd(in text: [UInt16]) -> [UInt16] {
        if aspects.contains(.lf) { return Unit.lf }
        if aspects.contains(.crlf) { return Unit.crlf }
        if aspects.contains(.cr) { return Unit.cr }
        return text.lines.first { !$0.end.isEmpty }.map { Array($0.end) } ?? Unit.lf
    }

    /// What the client types to indent a line.
    func indentation(_ depth: Int, usesTabs: Bool) -> [UInt16] {
        let width = aspects.contains(.tabs2) ? 2 : aspects.contains(.tabs8) ? 8 : 4
        let hasTabs = usesTabs && !aspects.contains { [.tabs2, .tabs4, .tabs8].contains($0) }
        return hasTabs
            ? Array(repeating: Unit.tab, count: depth) : Array(repeating: Unit.space, count: depth * width)
    }

    func applied(to text: [UInt16]) -> [UInt16] {
        aspects.reduce(text) { text, aspect in
            switch aspect {
            case .noMark: text.first == Unit.mark ? Array(text.dropFirst()) : text
            case .noBreakSpaces: text.map { $0 == Unit.noBreakSpace ? Unit.space : $0 }
            case .nfc: normalized(text, \.precomposedStringWithCanonicalMapping)
            case .nfd: normalized(text, \.decomposedStringWithCanonicalMapping)
            case .tabs2: expanded(text, to: 2)
            case .tabs4: expanded(text, to: 4)
            case .tabs8: expanded(text, to: 8)
            case .stripped: text.lines.flatMap { stripped($0.content) + $0.end }
            case .finalNewline: withFinalNewline(text)
            case .lf: withLineEnds(text, Unit.lf)
            case .crlf: withLineEnds(text, Unit.crlf)
            case .cr: withLineEnds(text, Unit.cr)
            }
        }
    }

    private func normalized(_ text: [UInt16], _ normalized: (String) -> String) -> [UInt16] {
        text.contains { $0 >= 0x80 } ? Array(normalized(String(decoding: text, as: UTF16.self)).utf16) : text
    }

    private func expanded(_ text: [UInt16], to width: Int) -> [UInt16] {
        text.flatMap { $0 == Unit.tab ? Array(repeating: Unit.space, count: width) : [$0] }
    }

    private func stripped(_ line: ArraySlice<UInt16>) -> ArraySlice<UInt16> {
        line.dropLast(line.reversed().prefix { $0 == Unit.space || $0 == Unit.tab }.count)
    }

    private func withFinalNewline(_ text: [UInt16]) -> [UInt16] {
        guard let last = text.last, last != Unit.lf[0], last != Unit.cr[0] else { return text }
        return text + lineEnd(in: text)
    }

    private func withLineEnds(_ text: [UInt16], _ lineEnd: [UInt16]) -> [UInt16] {
        text.lines.flatMap { $0.content + ($0.end.isEmpty ? [] : lineEnd) }
    }

    enum Unit {
        static let lf: [UInt16] = [0x0A]
        static let cr: [UInt16] = [0x0D]
        static let crlf: [UInt16] = [0x0D, 0x0A]
        static let tab: UInt16 = 0x09
        static let space: UInt16 = 0x20
        static let noBreakSpace: UInt16 = 0xA0
        static let mark: UInt16 = 0xFEFF
    }
}

extension [UInt16] {
    /// The lines of a text, each with what ends it: nothing, for the last one.
    var lines: [(content: ArraySlice<UInt16>, end: ArraySlice<UInt16>)] {
        var lines: [(content: ArraySlice<UInt16>, end: ArraySlice<UInt16>)] = []
        var start = 0
        while let end = self[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            let isPair = self[end] == 0x0D && end + 1 < count && self[end + 1] == 0x0A
            let next = end + (isPair ? 2 : 1)
            lines.append((self[start..<end], self[end..<next]))
            start = next
        }
        lines.append((self[start...], []))
        return lines
    }
}
