package import Logging
import NIOCore
package import ProviderKit
import Synchronization

/// Providers that are asked for a suggestion one after the other, until one has something to say.
///
/// Each has a deadline of its own, which leaves time for those behind it; one that fails, is late or has nothing to say
/// is followed by the next. No provider knows of another. Requests to remote providers are bounded, and left out while
/// such a provider is known not to answer (``RemoteRequests``).
package final class SuggestionChain: AutocompleteProvider {
    private let links: [SuggestionLink]
    private let options: SuggestionOptions
    private let metrics: SuggestionMetrics
    private let logger: Logger
    private let remotes: Mutex<RemoteRequests>
    private let reports = Mutex<[FailureReports]>([])
    private let isClosed = Atomic(false)

    /// - Parameter links: at least one, in the order in which they are asked; the chain closes them.
    package init(_ links: [SuggestionLink], options: SuggestionOptions = SuggestionOptions(), logger: Logger) {
        precondition(!links.isEmpty, "a chain has a provider")
        self.links = links
        self.options = options
        self.logger = logger
        metrics = SuggestionMetrics(providers: links.map(\.name))
        remotes = Mutex(RemoteRequests(links: links.count, limits: options.limits))
        reports.withLock { $0 = Array(repeating: FailureReports(), count: links.count) }
    }

    package var isRemote: Bool { links.contains { $0.provider.isRemote } }

    /// What to insert, with the name of the provider that said so; an empty suggestion when none has anything to say.
    ///
    /// - Parameter client: who asks; nil when that is not known, and then no bound for each client holds.
    package func suggestion(for place: SuggestionPlace, of client: String?) async -> Suggestion {
        let request = CompletionRequest(
            text: place.text, cursor: place.cursor, language: place.language.lowercased(),
            deadline: .now.advanced(by: options.timeout))
        do {
            return try await suggestion(for: request, of: client) ?? Suggestion(text: "", provider: links[0].name)
        } catch {
            return Suggestion(text: "", provider: links[0].name)
        }
    }

    package func complete(_ request: CompletionRequest) async throws(AutocompleteError) -> Completion? {
        try await suggestion(for: request, of: nil).map { Completion($0.text) }
    }

    /// Closes the providers, the last one first.
    package func close() async {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        for link in links.reversed() { await link.provider.close() }
    }

    private func suggestion(
        for request: CompletionRequest, of client: String?
    ) async throws(AutocompleteError) -> Suggestion? {
        let shares = DeadlineShares(from: .now, to: request.deadline, count: links.count)
        for (index, link) in links.enumerated() {
            if isClosed.load(ordering: .acquiring) { throw AutocompleteError(.closed, "The chain is closed.") }
            let request = request.due(at: shares.deadline(of: index))
            let outcome = await link.provider.isRemote ? askRemote(index, request, of: client) : ask(index, request)
            metrics.count(outcome, of: index)
            if outcome.isAnswer { reports.withLock { $0[index].noteAnswer() } }
            switch outcome {
            case .suggested(let text), .known(.some(let text)): return Suggestion(text: text, provider: link.name)
            case .nothing, .known(nil), .refused: continue
            case .failed(let error) where error.code == .cancelled: throw error
            case .failed(let error): report(error, of: index)
            }
        }
        return nil
    }

    private func askRemote(_ index: Int, _ request: CompletionRequest, of client: String?) async -> SuggestionOutcome {
        // Before it is admitted: what was never asked says nothing of the provider.
        guard request.deadline > .now else { return .failed(.late) }
        let question = RemoteQuestion(request, to: index, remembered: options.limits.cache > 0)
        switch remotes.withLock({ $0.admit(question, of: client, at: .now()) }) {
        case .known(let answer):
            return .known(answer)
        case .refused:
            return .refused
        case .admitted(let pass):
            let outcome = await ask(index, request)
            remotes.withLock { $0.settle(question, outcome, pass, at: .now()) }
            return outcome
        }
    }

    /// What a suggestion may take, in bytes of UTF-8: far more than anybody would read, and little enough to be sent.
    static let longestSuggestion = 1 << 20

    /// The provider's answer, or `.timedOut` once its deadline has passed.
    private func ask(_ index: Int, _ request: CompletionRequest) async -> SuggestionOutcome {
        let provider = links[index].provider
        let start = ContinuousClock.now
        guard request.deadline > start else { return .failed(.late) }
        defer { metrics.record(start.duration(to: .now), of: index) }
        return await withTaskGroup(of: SuggestionOutcome.self) { group in
            group.addTask {
                do throws(AutocompleteError) {
                    guard let completion = try await provider.complete(request) else { return .nothing }
                    guard completion.suggestion.utf8.count <= Self.longestSuggestion else { return .failed(.tooLong) }
                    return .suggested(completion.suggestion)
                } catch {
                    return .failed(error)
                }
            }
            group.addTask {
                try? await Task.sleep(until: request.deadline, clock: .continuous)
                return .failed(Task.isCancelled ? AutocompleteError(.cancelled, "The request was cancelled.") : .late)
            }
            defer { group.cancelAll() }
            return await group.next() ?? .nothing
        }
    }

    /// Tells the operator of a failure, unless that was done already.
    private func report(_ error: AutocompleteError, of index: Int) {
        guard let report = reports.withLock({ $0[index].note(error, at: .now) }) else { return }
        logger.log(
            level: report.level, "Autocomplete failed",
            metadata: [
                "provider": "\(links[index].name)", "error": "\(error)", "not logged before": "\(report.silent)",
            ])
    }
}

extension AutocompleteError {
    fileprivate static let late = AutocompleteError(.timedOut, "the provider did not answer in time")
    fileprivate static let tooLong = AutocompleteError(
        .unavailable, "the suggestion has more than \(SuggestionChain.longestSuggestion) bytes")
}

extension CompletionRequest {
    /// The same request, to be answered by another time.
    fileprivate func due(at deadline: ContinuousClock.Instant) -> CompletionRequest {
        CompletionRequest(text: text, cursor: cursor, language: language, deadline: deadline)
    }
}
