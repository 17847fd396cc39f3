import CollabText
import Logging
import ProviderKit
import Synchronization

/// Asks the provider for a suggestion, and takes no answer for an answer when it fails or is late.
final class Suggester: Sendable {
    private let provider: any AutocompleteProvider
    private let timeout: Duration
    private let logger: Logger
    private let reports = Mutex(ReportInterval(interval: .seconds(60)))

    init(provider: any AutocompleteProvider, timeout: Duration, logger: Logger) {
        self.provider = provider
        self.timeout = timeout
        self.logger = logger
    }

    /// What to insert at the cursor, in UTF-16 code units; nil when there is nothing to say.
    func suggestion(for text: TextBuffer, cursor: Int, language: String) async -> String? {
        let request = CompletionRequest(
            text: text, cursor: cursor, language: language, deadline: .now.advanced(by: timeout))
        switch await answer(to: request) {
        case .success(let completion):
            return completion?.suggestion
        case .failure(let error):
            report(error)
            return nil
        }
    }

    private typealias Answer = Result<Completion?, AutocompleteError>

    /// The provider's answer, or `.timedOut` once the deadline has passed.
    private func answer(to request: CompletionRequest) async -> Answer {
        await withTaskGroup(of: Answer.self) { [provider] group in
            group.addTask {
                do throws(AutocompleteError) {
                    return .success(try await provider.complete(request))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await Task.sleep(until: request.deadline, clock: .continuous)
                return .failure(AutocompleteError(.timedOut, "the provider did not answer in time"))
            }
            defer { group.cancelAll() }
            return await group.next() ?? .success(nil)
        }
    }

    /// Logs a failure, unless one was logged a moment ago.
    private func report(_ error: AutocompleteError) {
        guard error.code != .cancelled, let silent = reports.withLock({ $0.note(at: .now) }) else { return }
        logger.warning("Autocomplete failed", metadata: ["error": "\(error)", "not logged before": "\(silent)"])
    }
}
