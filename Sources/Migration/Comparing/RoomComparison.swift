import ProviderKit

/// Compares one room in two stores: all that the source holds of it, byte by byte.
///
/// Changes that the target holds although the source has dropped them by now are no difference.
struct RoomComparison {
    private let id: RoomID
    private let source: any RoomStore
    private let target: any RoomStore
    private let allowsEdited: Bool

    /// - Parameter allowsEdited: whether it is no difference that a room was edited in the target since it was copied.
    init(of id: RoomID, in source: any RoomStore, and target: any RoomStore, allowsEdited: Bool = false) {
        self.id = id
        self.source = source
        self.target = target
        self.allowsEdited = allowsEdited
    }

    /// The first thing that is not the same; nil when all is.
    func difference() async throws(StoreFailure) -> RoomDifference? {
        guard let ours = try await at(.source, await source.load(id)) else { return nil }
        guard let theirs = try await at(.target, await target.load(id)) else { return difference(.missing) }
        if let kind = Self.difference(ours, theirs) {
            if allowsEdited, case .revision(let source, let target) = kind, target > source { return nil }
            return difference(kind)
        }
        return try await differenceOfChanges(through: ours.snapshot.revision).map(difference)
    }

    /// The first thing that is not the same about a room as it stands.
    static func difference(_ ours: StoredRoom, _ theirs: StoredRoom) -> RoomDifference.Kind? {
        guard ours.record.hasSameBytes(as: theirs.record) else { return .record }
        guard ours.revision == theirs.revision else {
            return .revision(source: ours.revision, target: theirs.revision)
        }
        guard ours.updatedAt == theirs.updatedAt else { return .updatedAt }
        guard ours.snapshot.revision == theirs.snapshot.revision else {
            return .snapshot(source: ours.snapshot.revision, target: theirs.snapshot.revision)
        }
        guard ours.snapshot.text.hasSameBytes(as: theirs.snapshot.text) else { return .text(ours.snapshot.revision) }
        return difference(ours.entries, theirs.entries)
    }

    /// The first of our entries that theirs do not have in the same place.
    private static func difference(_ ours: [LogEntry], _ theirs: [LogEntry]) -> RoomDifference.Kind? {
        guard ours != theirs else { return nil }
        let index = zip(ours, theirs).prefix { $0 == $1 }.count
        guard ours.indices.contains(index) else { return nil }
        let isThere = theirs.indices.contains(index) && theirs[index].revision == ours[index].revision
        return isThere ? .change(ours[index].revision) : .missingChange(ours[index].revision)
    }

    /// The first change up to a revision that is not the same, in pages.
    private func differenceOfChanges(through revision: Revision) async throws(StoreFailure) -> RoomDifference.Kind? {
        var next = Revision.zero.next
        var pageSize = PageSize()
        while next <= revision {
            let (range, limit) = (next..<revision.next, pageSize.count)
            let ours = try await at(.source, await source.entries(of: id, in: range, limit: limit))
            guard let page = try await at(.source, try LogPage(ours, of: range)) else { return nil }
            let held = page.first..<page.last.next
            let theirs = try await at(.target, await target.entries(of: id, in: held, limit: limit))
            if let kind = Self.difference(ours, theirs) { return kind }
            next = page.last.next
            pageSize.adapt(to: page.changes)
        }
        return nil
    }

    private func difference(_ kind: RoomDifference.Kind) -> RoomDifference { RoomDifference(room: id, kind: kind) }
}
