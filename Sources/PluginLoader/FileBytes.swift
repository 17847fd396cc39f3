/// The bytes of a file, of which only those that are asked for are read.
///
/// They are read and not mapped into memory: a file that becomes shorter meanwhile would take the process down.
struct FileBytes {
    let size: UInt64
    private let read: (_ offset: UInt64, _ count: Int) -> [UInt8]

    /// - Parameter read: the bytes at an offset, fewer than asked for where the file ends or cannot be read.
    init(size: UInt64, read: @escaping (_ offset: UInt64, _ count: Int) -> [UInt8]) {
        self.size = size
        self.read = read
    }

    /// The first bytes, fewer where the file has fewer.
    func prefix(_ count: UInt64) throws(LibraryProblem) -> [UInt8] {
        try self[Extent(at: 0, count: min(count, size))]
    }

    /// The bytes of a part of the file.
    ///
    /// - Throws: `.truncated` when the file ends before the part does.
    subscript(part: Extent) -> [UInt8] {
        get throws(LibraryProblem) {
            guard part.end <= size else { throw .truncated(size: size, expected: part.end) }
            let bytes = read(part.start, Int(part.count))
            let end = part.start + UInt64(bytes.count)
            guard end == part.end else { throw .truncated(size: end, expected: part.end) }
            return bytes
        }
    }
}
