import ProviderKit

/// What the journal knows of itself, for whoever asks.
struct JournalStatus {
    /// What the store said when it last refused a commit; nil when it took the last one.
    var failure: String?
    /// When the oldest change of the commit under way was made.
    var unsavedSince: Timestamp?
    /// The rooms that cannot be saved while others can.
    var stragglers: [RoomID: Straggler] = [:]
    /// When to give up; set once the journal is to end.
    var drainDeadline: Timestamp?

    /// A room that cannot be saved.
    struct Straggler {
        /// What the store said of it.
        let problem: String
        /// When the newest of the changes was made that are tried.
        let since: Timestamp
    }

    /// What is wrong, in a sentence; nil when all that was tried was saved.
    var problem: String? {
        failure ?? stragglers.values.first.map { "Some rooms cannot be saved (\(stragglers.count)): \($0.problem)" }
    }

    /// When the oldest change was made that is tried and not saved.
    var oldestUnsaved: Timestamp? {
        (stragglers.values.map(\.since) + [unsavedSince].compactMap(\.self)).min()
    }
}
