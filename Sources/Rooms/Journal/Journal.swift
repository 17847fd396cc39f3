package import Logging
package import NIOCore
package import ProviderKit
import Synchronization

/// Brings the changes of all rooms to the store: one commit at a time, each with everything that gathered meanwhile.
///
/// Group commit: while a commit is under way, rooms go on and their changes gather on their loops; when it ends, all that
/// gathered goes out as one transaction. So an idle server saves a keystroke at once, and a busy one writes seldom.
///
/// A store that fails is tried again with growing pauses, the changes kept, in order; see ``checkHealth()``.
package final class Journal: Sendable {
    let store: any RoomStore
    let options: JournalOptions
    let clock: RoomClock
    let logger: Logger
    let lanes: [Lane]
    let snapshots: SnapshotWriter
    let wakeups: AsyncStream<Void>
    let status = Mutex(JournalStatus())
    private let backlog: Backlog
    private let probe: StoreProbe
    private let waker: AsyncStream<Void>.Continuation

    /// A lane, and the loop to reach it on.
    struct Lane: Sendable {
        let eventLoop: any EventLoop
        let box: NIOLoopBoundBox<JournalLane>

        func call<Value: Sendable>(_ body: @escaping @Sendable (JournalLane) -> Value) async -> Value {
            await withCheckedContinuation { continuation in
                eventLoop.execute { continuation.resume(returning: body(box.value)) }
            }
        }
    }

    package init(
        store: any RoomStore, eventLoops: [any EventLoop], options: JournalOptions, clock: RoomClock, logger: Logger
    ) {
        self.store = store
        self.options = options
        self.clock = clock
        self.logger = logger
        let (wakeups, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let backlog = Backlog(limit: options.backlog)
        self.wakeups = wakeups
        self.waker = waker
        self.backlog = backlog
        lanes = eventLoops.map { loop in
            let box = NIOLoopBoundBox.makeBoxSendingValue(
                JournalLane(eventLoop: loop, backlog: backlog) { waker.yield() }, eventLoop: loop)
            return Lane(eventLoop: loop, box: box)
        }
        snapshots = SnapshotWriter(store: store, keepChanges: options.keepChanges, logger: logger)
        probe = StoreProbe(store: store, clock: clock)
    }

    /// Opens a room on a loop: the one asked for, if the journal has it.
    func open(_ state: RoomState, on eventLoop: (any EventLoop)?) async -> Room? {
        guard let lane = lanes.first(where: { $0.eventLoop === eventLoop }) ?? lanes.randomElement() else { return nil }
        return await lane.call { [clock] in Room(state: state, lane: $0, clock: clock) }
    }

    /// Saves what is logged until ``finish()`` is called and nothing is left, or the task is cancelled.
    ///
    /// - Returns: whether everything is saved.
    package func run() async -> Bool {
        await withTaskGroup { group in
            group.addTask { [snapshots] in await snapshots.run() }
            await runCommits()
            group.cancelAll()
        }
        if backlog.bytes > 0 {
            logger.error("Changes were not saved", metadata: ["bytes": "\(backlog.bytes)"])
        }
        return backlog.bytes == 0
    }

    /// Ends ``run()`` once all that was logged is saved, or could not be in the time that the options allow.
    package func finish() {
        let deadline = clock.now().advanced(by: options.drainTimeout)
        status.withLock { $0.drainDeadline = $0.drainDeadline ?? deadline }
        waker.finish()
    }

    /// Whether the store can be written, and what waits for it. The store is asked once a second at most.
    package func checkHealth() async -> StoreHealth {
        let failure = status.withLock(\.problem)
        let problem = if let failure { failure } else { await probe.problem() }
        let oldest = status.withLock(\.oldestUnsaved).map { clock.now().since($0) }
        return StoreHealth(
            problem: problem, oldestUnsaved: max(oldest ?? .zero, .zero), unsavedBytes: backlog.bytes)
    }

    /// Keeps a room's last snapshot.
    func save(_ snapshot: RoomSnapshot) async {
        await snapshots.keep(snapshot)
    }
}
