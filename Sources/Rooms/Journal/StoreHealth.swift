/// How the store does.
package struct StoreHealth: Sendable, Equatable {
    /// What is wrong, in a sentence; nil when the store takes changes.
    package let problem: String?
    /// How long the oldest change has been waiting to be saved.
    package let oldestUnsaved: Duration
    /// How much waits to be saved.
    package let unsavedBytes: Int

    package init(problem: String?, oldestUnsaved: Duration, unsavedBytes: Int) {
        self.problem = problem
        self.oldestUnsaved = oldestUnsaved
        self.unsavedBytes = unsavedBytes
    }

    package var isHealthy: Bool { problem == nil }
}
