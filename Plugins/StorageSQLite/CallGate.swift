import ProviderKit
import Synchronization

/// Counts the calls under way, so that closing waits for them and none begins after.
final class CallGate: Sendable {
    private struct State {
        var callsUnderWay = 0
        var isClosed = false
        var whenIdle: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Begins a call, which ``leave()`` ends.
    ///
    /// - Throws: `.closed` once closing has begun.
    func enter() throws(StorageError) {
        try state.withLock { state throws(StorageError) in
            guard !state.isClosed else { throw StorageError(.closed, "The store was closed.") }
            state.callsUnderWay += 1
        }
    }

    func leave() {
        let whenIdle = state.withLock { state in
            state.callsUnderWay -= 1
            return state.callsUnderWay == 0 ? state.whenIdle.take() : nil
        }
        whenIdle?.resume()
    }

    /// Lets no more calls begin, and returns when all have ended. Says whether this was the first to close.
    func close() async -> Bool {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard isFirst else { return false }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.callsUnderWay > 0 { state.whenIdle = continuation }
                return state.callsUnderWay == 0
            }
            if isIdle { continuation.resume() }
        }
        return true
    }
}
