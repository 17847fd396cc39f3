import ProviderKit

/// The rooms of a store one after another, in the order of their ids, read in pages.
struct RoomList {
    private let side: Side
    private let store: any RoomStore
    private let retries: Retries
    private let pageSize: Int
    private var page: ArraySlice<RoomSummary> = []
    /// The last room of the newest page.
    private var last: RoomID?
    private var isLastPage = false

    init(_ side: Side, _ store: any RoomStore, retries: Retries, pageSize: Int) {
        self.side = side
        self.store = store
        self.retries = retries
        self.pageSize = pageSize
    }

    /// The next room, which stays the next; nil at the end.
    mutating func peek() async throws(StoreFailure) -> RoomSummary? {
        if page.isEmpty, !isLastPage { try await readPage() }
        return page.first
    }

    /// The next room, and then the one after it; nil at the end.
    mutating func next() async throws(StoreFailure) -> RoomSummary? {
        guard let room = try await peek() else { return nil }
        page.removeFirst()
        return room
    }

    private mutating func readPage() async throws(StoreFailure) {
        let (side, store, last, pageSize) = (side, store, last, pageSize)
        let rooms = try await retries.run { () async throws(StoreFailure) in
            try await at(side, await store.rooms(after: last, limit: pageSize))
        }
        page = rooms[...]
        self.last = rooms.last?.record.id
        isLastPage = rooms.count < pageSize
    }
}
