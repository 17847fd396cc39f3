import Metrics
import ProviderKit

/// What is counted of suggestions, for each provider.
struct SuggestionMetrics: Sendable {
    private let providers: [ProviderMetrics]

    init(providers names: [String]) {
        providers = names.map(ProviderMetrics.init)
    }

    func count(_ outcome: SuggestionOutcome, of provider: Int) {
        providers[provider].counter(of: outcome).increment()
    }

    func record(_ duration: Duration, of provider: Int) {
        providers[provider].duration.record(duration: duration)
    }
}

private struct ProviderMetrics: Sendable {
    let suggested, nothing, known, refused, failed, cancelled: Counter
    let duration: Metrics.Timer

    init(_ name: String) {
        func counter(_ outcome: String) -> Counter {
            Counter(
                label: "pairloom_autocomplete_requests_total", dimensions: [("provider", name), ("outcome", outcome)])
        }
        suggested = counter("suggested")
        nothing = counter("nothing")
        known = counter("cached")
        refused = counter("refused")
        failed = counter("failed")
        cancelled = counter("cancelled")
        duration = Metrics.Timer(label: "pairloom_autocomplete_seconds", dimensions: [("provider", name)])
    }

    func counter(of outcome: SuggestionOutcome) -> Counter {
        switch outcome {
        case .suggested: suggested
        case .nothing: nothing
        case .known: known
        case .refused: refused
        case .failed(let error): error.code == .cancelled ? cancelled : failed
        }
    }
}
