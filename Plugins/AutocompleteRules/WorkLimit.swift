import ProviderKit

/// When the work for a request has to end: asked now and then, since the work itself never waits.
struct WorkLimit: Sendable {
    /// How many code units may be looked at between two checks.
    static let stride = 16_384

    let deadline: ContinuousClock.Instant
    let isClosed: @Sendable () -> Bool

    /// Throws when the provider was closed, the task was cancelled or the deadline has passed.
    func check() throws(AutocompleteError) {
        if isClosed() { throw AutocompleteError(.closed, "The provider is closed.") }
        if Task.isCancelled { throw AutocompleteError(.cancelled, "The request was cancelled.") }
        if ContinuousClock.now >= deadline { throw AutocompleteError(.timedOut, "The deadline passed.") }
    }
}
