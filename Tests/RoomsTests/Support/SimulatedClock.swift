import ProviderKit
import Rooms
import Synchronization

/// A clock that stands still until a test moves it.
final class SimulatedClock: Sendable {
    private let state = Mutex(State())

    private struct State {
        var now = Timestamp(milliseconds: 1_000_000)
        var sleepers: [Sleeper] = []
        var nextID = 0
        /// Whose sleep was cancelled before it began.
        var cancelled: Set<Int> = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private struct Sleeper {
        let id: Int
        let wakesAt: Int64
        let continuation: CheckedContinuation<Void, any Error>
    }

    /// The clock as rooms see it.
    var roomClock: RoomClock {
        RoomClock(now: { [self] in state.withLock { $0.now } }, sleep: { [self] in try await sleep($0) })
    }

    /// Moves the time, and wakes whoever has slept long enough.
    func advance(by span: Duration) {
        let awake = state.withLock { state in
            state.now = Timestamp(milliseconds: state.now.milliseconds + Int64(span / .milliseconds(1)))
            let now = state.now.milliseconds
            defer { state.sleepers.removeAll { $0.wakesAt <= now } }
            return state.sleepers.filter { $0.wakesAt <= now }
        }
        for sleeper in awake { sleeper.continuation.resume() }
    }

    /// Returns when this many sleep.
    func waitForSleepers(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    private func sleep(_ span: Duration) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                add(Sleeper(id: id, wakesAt: wakeTime(after: span), continuation: continuation))
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil as Sleeper?
                }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func wakeTime(after span: Duration) -> Int64 {
        state.withLock { $0.now.milliseconds } + max(1, Int64(span / .milliseconds(1)))
    }

    private func add(_ sleeper: Sleeper) {
        let ready = state.withLock { state -> [(count: Int, continuation: CheckedContinuation<Void, Never>)]? in
            if state.cancelled.remove(sleeper.id) != nil { return nil }
            state.sleepers.append(sleeper)
            let count = state.sleepers.count
            defer { state.watchers.removeAll { $0.count <= count } }
            return state.watchers.filter { $0.count <= count }
        }
        guard let ready else { return sleeper.continuation.resume(throwing: CancellationError()) }
        for watcher in ready { watcher.continuation.resume() }
    }
}
