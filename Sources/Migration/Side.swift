package import ProviderKit

/// Which of the two stores something is about.
package enum Side: String, Sendable, CustomStringConvertible {
    /// The store that rooms are read from, and that is never written.
    case source
    /// The store that rooms are copied to.
    case target

    package var description: String { "the \(rawValue)" }
}

/// A store did not do what it was asked.
package struct StoreFailure: Retryable, CustomStringConvertible {
    /// Which of the two it was.
    package let side: Side
    /// What it said.
    package let error: StorageError

    var isRetryable: Bool { error.isRetryable }

    /// Whether it is about one room, so that the others can still be copied and compared.
    var concernsOneRoom: Bool {
        switch error.code {
        case .alreadyExists, .notFound, .conflict, .corrupted: true
        case .unavailable, .full, .readOnly, .inUse, .closed, .cancelled: false
        }
    }

    package var description: String { "\(side): \(error)" }
}

/// Makes a call, and says of a failure which of the two stores it came from.
func at<Value>(
    _ side: Side, _ call: @autoclosure () async throws(StorageError) -> Value
) async throws(StoreFailure) -> Value {
    do {
        return try await call()
    } catch {
        throw StoreFailure(side: side, error: error)
    }
}
