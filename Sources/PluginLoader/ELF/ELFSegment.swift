/// A row in the table of an ELF file's segments.
struct ELFSegment {
    /// The bytes of a row.
    static let size = 56

    /// What a segment is there for, as far as it matters here.
    enum Kind: UInt32 {
        case load = 1
        case dynamic = 2
        case interpreter = 3
        case threadLocal = 7
    }

    let kind: Kind?
    /// Where its bytes are in the file.
    let part: Extent
    /// Where it gets to in memory, counted from the library's begin.
    let memory: Extent
    /// The beginning of its memory, which its bytes fill.
    let filled: Extent

    /// - Throws: `.damaged` when there can be no such segment.
    init(_ fields: ELFFields) throws(LibraryProblem) {
        kind = Kind(rawValue: fields.word(0))
        part = try Extent(at: fields.long(8), count: fields.long(32))
        memory = try Extent(at: fields.long(16), count: fields.long(40))
        filled = try Extent(at: memory.start, count: part.count)
        guard kind != .load || memory.contains(filled) else { throw .damaged("a segment has no room for its bytes") }
    }
}
