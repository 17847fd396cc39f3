import ProviderKit

/// What the journal knows of itself, for whoever asks.
struct JournalStatus {
    /// What the store said when it last refused a commit; nil when it took the last one.
    var failure: String?
    /// When the oldest change of the commit under way was made.
    var unsavedSince: Timestamp?
    /// When to give up; set once the journal is to end.
    var drainDeadline: Timestamp?
}
