/// A stretch of a file or of memory, which need not be there.
struct Extent {
    let start: UInt64
    let count: UInt64
    /// The offset or address behind it.
    let end: UInt64

    /// - Throws: `.damaged` when no file and no memory reaches so far.
    init(at start: UInt64, count: UInt64) throws(LibraryProblem) {
        let (end, overflow) = start.addingReportingOverflow(count)
        // The system counts offsets in files with a sign.
        guard !overflow, end <= UInt64(Int64.max) else { throw .damaged("it tells impossible sizes") }
        self.start = start
        self.count = count
        self.end = end
    }

    /// Whether all of `other` lies in this.
    func contains(_ other: Extent) -> Bool {
        start <= other.start && other.end <= end
    }
}
