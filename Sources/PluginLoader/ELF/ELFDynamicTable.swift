/// The table of a shared library by which the dynamic linker finds everything else.
struct ELFDynamicTable {
    private static let rowSize = 16
    private static let positionIndependentProgram: UInt64 = 0x0800_0000

    /// What a row tells, as far as it matters here.
    private enum Tag: UInt64 {
        case sizeOfJumpRelocations = 2
        case strings = 5
        case symbols = 6
        case relocations = 7
        case sizeOfRelocations = 8
        case sizeOfStrings = 10
        case debugger = 21
        case jumpRelocations = 23
        case flags = 0x6FFF_FFFB
    }

    private let values: [Tag: UInt64]

    /// - Throws: `.damaged` when the table has no end.
    init(_ bytes: [UInt8]) throws(LibraryProblem) {
        let rows = bytes.rows(of: Self.rowSize)
        guard let end = rows.firstIndex(where: { $0.long(0) == 0 }) else {
            throw .damaged("its dynamic section has no end")
        }
        let pairs = rows[..<end].compactMap { row in Tag(rawValue: row.long(0)).map { ($0, row.long(8)) } }
        values = Dictionary(pairs, uniquingKeysWith: { _, last in last })
    }

    /// Whether this is a program, which has the form of a shared library these days.
    ///
    /// - Parameter namesLinker: whether the file names a dynamic linker, as programs do and a few libraries.
    func isOfProgram(namesLinker: Bool) -> Bool {
        let flags = values[.flags] ?? 0
        return flags & Self.positionIndependentProgram != 0 || namesLinker && values[.debugger] != nil
    }

    /// Where the tables are, in memory, that the dynamic linker reads first.
    ///
    /// - Throws: `.damaged` when it could find no symbols.
    var tables: [Extent] {
        get throws(LibraryProblem) {
            guard let strings = values[.strings], let symbols = values[.symbols] else {
                throw .damaged("it has no table of symbols")
            }
            return [
                try Extent(at: strings, count: values[.sizeOfStrings] ?? 0),
                try Extent(at: symbols, count: 1),
                try Extent(at: values[.relocations] ?? symbols, count: values[.sizeOfRelocations] ?? 0),
                try Extent(at: values[.jumpRelocations] ?? symbols, count: values[.sizeOfJumpRelocations] ?? 0),
            ]
        }
    }
}
