import Dispatch
import Synchronization

/// A call that waits for a connection.
protocol QueuedCall: AnyObject, Sendable {
    /// Does what was asked for, and answers whoever waits.
    func perform(by worker: PoolWorker)
    /// Answers whoever waits; nothing was done.
    func refuse(_ failure: PostgresFailure)
}

/// The calls that wait for a connection, first come, first served.
final class CallQueue: Sendable {
    private struct State {
        var waiting: [any QueuedCall] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Counts what a worker may have to do; too much is harmless.
    private let work = DispatchSemaphore(value: 0)

    /// How many calls wait.
    var count: Int { state.withLock { $0.waiting.count } }

    /// Adds a call at the end, or refuses it once the queue is closed.
    func add(_ call: any QueuedCall) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.waiting.append(call) }
            return state.isClosed
        }
        if isClosed {
            call.refuse(.closed)
        } else {
            work.signal()
        }
    }

    /// Takes back a call that has not begun; says whether there was one.
    func remove(_ call: any QueuedCall) -> Bool {
        state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0 === call }) else { return false }
            state.waiting.remove(at: index)
            return true
        }
    }

    /// The next call, once there is one. Blocks the thread. Nil when the queue is closed.
    func next() -> (any QueuedCall)? {
        while true {
            work.wait()
            let (call, isClosed) = state.withLock { state in
                (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
            }
            if let call { return call }
            if isClosed {
                // Lets the next worker know.
                work.signal()
                return nil
            }
        }
    }

    /// Refuses the calls that wait and all that come; says whether this was the first to close.
    func close() -> Bool {
        let (refused, wasOpen) = state.withLock { state in
            defer { state = State(isClosed: true) }
            return (state.waiting, !state.isClosed)
        }
        for call in refused { call.refuse(.closed) }
        if wasOpen { work.signal() }
        return wasOpen
    }
}
