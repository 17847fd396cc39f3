import Logging
import ProviderKit
import Synchronization

/// A provider that answers as it is told, and with `.closed` when it was closed.
final class FixedAutocomplete: AutocompleteProvider {
    typealias Answer = @Sendable (CompletionRequest) async throws(AutocompleteError) -> Completion?

    let isRemote: Bool
    private let answer: Answer
    private let onClose: @Sendable () -> Void
    private let isClosed = Atomic(false)

    init(isRemote: Bool = false, _ answer: @escaping Answer, onClose: @escaping @Sendable () -> Void = {}) {
        self.isRemote = isRemote
        self.answer = answer
        self.onClose = onClose
    }

    func complete(_ request: CompletionRequest) async throws(AutocompleteError) -> Completion? {
        if isClosed.load(ordering: .acquiring) { throw AutocompleteError(.closed, "closed") }
        return try await answer(request)
    }

    func close() async {
        isClosed.store(true, ordering: .releasing)
        onClose()
    }
}

extension Logger {
    /// A log that goes nowhere.
    static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
}
