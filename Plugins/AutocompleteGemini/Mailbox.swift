import Synchronization

/// What tasks tell the thread that sends: calls to begin, calls to end, and that all is over.
final class Mailbox: Sendable {
    /// What has come in since the thread last looked.
    struct Orders {
        var begin: [PendingCall] = []
        /// May have been answered meanwhile. Never one that is yet to come.
        var cancel: [PendingCall] = []
        /// The last orders: nothing comes in afterwards.
        var isClosed = false

        var isEmpty: Bool { begin.isEmpty && cancel.isEmpty }
    }

    private struct State {
        var orders = Orders()
        var hasThreadEnded = false
        var whenThreadHasEnded: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    /// Woken with the state locked and open, so never once the thread, which frees it, has seen that all is over.
    private let multi: CurlMulti

    init(_ multi: CurlMulti) {
        self.multi = multi
    }

    /// Passes a call on, or refuses it after ``close()``.
    func add(_ call: PendingCall) {
        let isAdded = order { $0.begin.append(call) }
        if !isAdded { call.resume(with: .failure(.closed)) }
    }

    /// Has a call end with `.cancelled`, if it has not ended yet.
    func cancel(_ call: PendingCall) {
        _ = order { $0.cancel.append(call) }
    }

    /// What there is to do. The thread asks until it is told that all is over.
    func take() -> Orders {
        state.withLock { state in
            defer { state.orders = Orders(isClosed: state.orders.isClosed) }
            return state.orders
        }
    }

    /// Tells the thread that all is over, and waits until it has ended.
    func close() async {
        await withCheckedContinuation { continuation in
            let hasThreadEnded = state.withLock { state in
                if !state.orders.isClosed {
                    state.orders.isClosed = true
                    multi.wake()
                }
                if !state.hasThreadEnded { state.whenThreadHasEnded.append(continuation) }
                return state.hasThreadEnded
            }
            if hasThreadEnded { continuation.resume() }
        }
    }

    /// To be called by the thread, when it has freed everything.
    func threadEnded() {
        let waiting = state.withLock { state in
            state.hasThreadEnded = true
            return state.whenThreadHasEnded
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Says whether the order was taken: not after ``close()``.
    private func order(_ change: (inout Orders) -> Void) -> Bool {
        state.withLock { state in
            guard !state.orders.isClosed else { return false }
            if state.orders.isEmpty { multi.wake() }
            change(&state.orders)
            return true
        }
    }
}
