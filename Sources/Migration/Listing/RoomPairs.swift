import ProviderKit

/// A room as the two stores list it.
enum RoomPair: Sendable, Hashable {
    case source(RoomSummary)
    case target(RoomSummary)
    /// One id in both.
    case both(source: RoomSummary, target: RoomSummary)
}

/// The rooms of two stores in step, in the order of their ids: each id once.
struct RoomPairs {
    private var source: RoomList
    private var target: RoomList

    init(_ source: RoomList, _ target: RoomList) {
        self.source = source
        self.target = target
    }

    /// The next room; nil when both lists are at their end.
    mutating func next() async throws(StoreFailure) -> RoomPair? {
        guard let ours = try await source.peek() else { return try await target.next().map { .target($0) } }
        guard let theirs = try await target.peek() else { return try await source.next().map { .source($0) } }
        if ours.record.id < theirs.record.id { return try await source.next().map { .source($0) } }
        if theirs.record.id < ours.record.id { return try await target.next().map { .target($0) } }
        _ = try await (source.next(), target.next())
        return .both(source: ours, target: theirs)
    }
}
