package import ProviderKit

/// How suggestions are asked for, whichever providers make them.
package struct AutocompleteSettings: Sendable, Hashable {
    /// How long a suggestion may take, all providers that are tried together.
    package var timeout: Duration
    /// How many answers of remote providers are kept for identical requests; 0 keeps none.
    package var cache: Int
    /// Requests to remote providers that one client may cause; 0 means no limit.
    package var requestsPerMinute: Int
    /// Requests to remote providers that are under way at once, of all clients together.
    package var inFlight: Int

    package init(
        timeout: Duration = Options.timeout.defaultValue, cache: Int = Options.cache.defaultValue,
        requestsPerMinute: Int = Options.requestsPerMinute.defaultValue,
        inFlight: Int = Options.inFlight.defaultValue
    ) {
        self.timeout = timeout
        self.cache = cache
        self.requestsPerMinute = requestsPerMinute
        self.inFlight = inFlight
    }

    init(_ values: OptionValues) {
        self.init(
            timeout: values[Options.timeout], cache: values[Options.cache],
            requestsPerMinute: values[Options.requestsPerMinute], inFlight: values[Options.inFlight])
    }
}

extension AutocompleteSettings {
    static let sectionName = "autocomplete"

    /// The keys of the section `autocomplete` that hold for every provider.
    package enum Options {
        package static let timeout = Option(
            "timeout", .duration(.milliseconds(1) ... .seconds(300)), default: .seconds(2),
            help: "How long a suggestion may take, all providers that are tried together.")
        package static let cache = Option(
            "cache", .integer(0...100_000), default: 500,
            help: "How many answers of a remote provider are kept, for a minute, for identical requests. 0 keeps none.")
        package static let requestsPerMinute = Option(
            "requests_per_minute", .integer(0...100_000), default: 120,
            help:
                "How often one client may cause a request to a remote provider; beyond it the next in the list answers. "
                + "0 means no limit.")
        package static let inFlight = Option(
            "in_flight", .integer(1...10_000), default: 32,
            help:
                "How many requests to remote providers may be under way at once; beyond it the next in the list answers."
        )
    }

    static let options = [
        Options.timeout.declaration, Options.cache.declaration, Options.requestsPerMinute.declaration,
        Options.inFlight.declaration,
    ]
}
