/// What came of reading the configuration again.
struct ReloadOutcome: Sendable {
    /// The providers of suggestions that are no longer used; nil when nothing changed.
    var retired: RetiredSuggestions?
    /// Why nothing changed, in one line; nil when all went well.
    var problem: String?
}
