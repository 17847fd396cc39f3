import ProviderKit

/// How many changes to move at once: as many as make about a mebibyte, going by those that were moved before.
struct PageSize {
    /// Few at first, since a single change can be as large as a document.
    private(set) var count = 16
    private static let bytes = 1_048_576
    private static let largest = 4_096

    /// Learns from a page that was moved, which has at least one change.
    mutating func adapt(to page: PayloadRun) {
        let average = max(1, page.framed.count / page.count)
        count = min(max(1, Self.bytes / average), count * 4, Self.largest)
    }
}
