import ProviderKit

/// The edits that were taken last, by the names that their authors gave them: one that is sent again after a lost
/// connection is not taken twice.
struct AppliedEdits: Sendable {
    /// By a hash of author and name. Its key is secret and differs in each process, so nobody can make two names meet.
    private var revisions: [Int: Revision] = [:]
    /// The hashes in the order in which they came, in a circle.
    private var order: [Int] = []
    private var oldest = 0
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    /// The revision that an edit led to; nil when it was not taken, or too long ago.
    func revision(of id: EditID, by author: ClientID) -> Revision? {
        revisions[Self.key(id, author)]
    }

    /// Notes an edit that was taken; the oldest one is forgotten when there are too many.
    mutating func insert(_ id: EditID, by author: ClientID, at revision: Revision) {
        insert(Self.key(id, author), at: revision)
    }

    /// Takes over what another one knows of edits up to a revision.
    mutating func keep(_ other: AppliedEdits, upTo revision: Revision) {
        for key in other.order {
            if let known = other.revisions[key], known <= revision { insert(key, at: known) }
        }
    }

    private mutating func insert(_ key: Int, at revision: Revision) {
        guard revisions.updateValue(revision, forKey: key) == nil else { return }
        if order.count < capacity {
            order.append(key)
        } else {
            revisions[order[oldest]] = nil
            order[oldest] = key
            oldest = (oldest + 1) % capacity
        }
    }

    private static func key(_ id: EditID, _ author: ClientID) -> Int {
        var hasher = Hasher()
        hasher.combine(author)
        hasher.combine(id)
        return hasher.finalize()
    }
}
