/// A shared library as its tables describe it, none of which has to be true.
///
/// The dynamic linker believes them, and dies of what lies outside of the file. So that is looked for first.
struct ELFLibrary {
    private let file: FileBytes
    private let header: ELFHeader
    private let segments: [ELFSegment]

    /// - Throws: what keeps the file from being loaded by a program on `machine`, which is one of 64 bits.
    static func check(_ file: FileBytes, on machine: Machine) throws(LibraryProblem) {
        let start = try file.prefix(UInt64(ELFHeader.size))
        guard start.starts(with: ELFHeader.magic) else { throw .other(OtherFile.name(start)) }
        guard start.count == ELFHeader.size else {
            throw .truncated(size: file.size, expected: UInt64(ELFHeader.size))
        }
        let header = try ELFHeader(start)
        guard header.machine == machine else { throw .foreign(header.machine, here: machine) }
        try header.checkKind()
        let library = try ELFLibrary(file, header)
        try library.checkSize()
        try library.checkOrder()
        try library.checkDynamicTable()
    }

    private init(_ file: FileBytes, _ header: ELFHeader) throws(LibraryProblem) {
        self.file = file
        self.header = header
        segments = try file[header.segments].rows(of: ELFSegment.size).map { row throws(LibraryProblem) in
            try ELFSegment(row)
        }
    }

    /// All that the tables name lies within the file.
    private func checkSize() throws(LibraryProblem) {
        let end = try segments.reduce(header.sections.end) { max($0, $1.part.end) }
        guard end <= file.size else { throw .truncated(size: file.size, expected: end) }
    }

    /// The linker reserves memory from the first segment to the last, so each has to lie behind the one before.
    private func checkOrder() throws(LibraryProblem) {
        for (segment, next) in zip(loads, loads.dropFirst()) where next.memory.start < segment.memory.end {
            throw .damaged("its segments overlap")
        }
    }

    private func checkDynamicTable() throws(LibraryProblem) {
        guard let dynamic = segments.first(where: { $0.kind == .dynamic }), dynamic.part.count > 0 else {
            throw .other("an ELF file without a dynamic section")
        }
        guard dynamic.part.count <= Self.largestTable else { throw .damaged("its dynamic section is too large") }
        let table = try ELFDynamicTable(file[dynamic.part])
        guard !table.isOfProgram(namesLinker: segments.contains { $0.kind == .interpreter }) else {
            throw .other("a program")
        }
        let initialValues = segments.filter { $0.kind == .threadLocal }.map(\.filled)
        for part in try table.tables + initialValues + [dynamic.filled] where !isLoaded(part) {
            throw .damaged("it names tables that are not in it")
        }
    }

    private func isLoaded(_ part: Extent) -> Bool {
        loads.contains { $0.filled.contains(part) }
    }

    private var loads: [ELFSegment] { segments.filter { $0.kind == .load } }

    /// Far more than any library needs.
    private static let largestTable: UInt64 = 1_048_576
}
