/// How suggestions are asked for.
package struct SuggestionOptions: Sendable {
    /// How long a suggestion may take, all providers together.
    package let timeout: Duration
    package let limits: RemoteLimits

    package init(timeout: Duration = .seconds(2), limits: RemoteLimits = RemoteLimits()) {
        self.timeout = timeout
        self.limits = limits
    }
}

/// How much is asked of remote providers.
package struct RemoteLimits: Sendable {
    /// How many answers are kept for identical questions; 0 keeps none.
    package let cache: Int
    /// Questions a minute of one client; 0 for no bound.
    package let perMinute: Int
    /// Questions that are under way at once, of all clients.
    package let inFlight: Int

    package init(cache: Int = 500, perMinute: Int = 120, inFlight: Int = 32) {
        self.cache = cache
        self.perMinute = perMinute
        self.inFlight = inFlight
    }
}
