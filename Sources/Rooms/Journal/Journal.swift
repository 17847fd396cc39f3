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
    private let store: any RoomStore
    private let options: JournalOptions
    private let clock: RoomClock
    private let logger: Logger
    private let lanes: [Lane]
    private let backlog: Backlog
    private let snapshots: SnapshotWriter
    private let probe: StoreProbe
    private let wakeups: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let status = Mutex(JournalStatus())

    /// A lane, and the loop to reach it on.
    private struct Lane: Sendable {
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

    private func runCommits() async {
        for await _ in wakeups {
            await saveAll()
        }
        // What is on its way from one loop to another has arrived when each of them has had a turn.
        for lane in lanes { await lane.call { _ in } }
        await saveAll()
    }

    /// Ends ``run()`` once all that was logged is saved, or could not be in the time that the options allow.
    package func finish() {
        let deadline = clock.now().advanced(by: options.drainTimeout)
        status.withLock { $0.drainDeadline = $0.drainDeadline ?? deadline }
        waker.finish()
    }

    /// Whether the store can be written, and what waits for it. The store is asked once a second at most.
    package func checkHealth() async -> StoreHealth {
        let failure = status.withLock(\.failure)
        let problem = if let failure { failure } else { await probe.problem() }
        let oldest = status.withLock(\.unsavedSince).map { clock.now().since($0) }
        return StoreHealth(
            problem: problem, oldestUnsaved: max(oldest ?? .zero, .zero), unsavedBytes: backlog.bytes)
    }

    // MARK: Commits

    private func saveAll() async {
        while true {
            let started = clock.now()
            let batch = await collect()
            guard !batch.isEmpty else { return }
            guard await commit(batch) else { return }
            status.withLock { $0.unsavedSince = nil }
            await rest(since: started, afterSaving: batch.reduce(0) { $0 + $1.payloads.count })
        }
    }

    /// What waits on all loops, as far as it fits into a commit. What gathered while the store was down takes several, so
    /// that none of them takes longer than the store's patience.
    private func collect() async -> [RoomAppend] {
        var batch: [RoomAppend] = []
        var space = Self.largestCommit
        var oldest: Timestamp?
        for lane in lanes where space > 0 {
            let part = await lane.call { [space] in $0.collect(upTo: space) }
            batch += part.appends
            space -= part.appends.reduce(0) { $0 + $1.bytes }
            oldest = [oldest, part.oldest].compactMap(\.self).min()
        }
        status.withLock { [oldest] in $0.unsavedSince = oldest }
        return batch
    }

    /// About how many bytes of changes go out at once, at the most.
    private static let largestCommit = 4 << 20

    /// Leaves a pause between commits, so that they do not eat up the machine that they serve: up to five times the
    /// interval when there is so much to save that it pays to gather more of it.
    private func rest(since started: Timestamp, afterSaving count: Int) async {
        guard status.withLock({ $0.drainDeadline }) == nil else { return }
        let pause = options.commitInterval * min(1 + count / 125, 5) - clock.now().since(started)
        if pause > .zero { try? await clock.sleep(pause) }
    }

    /// Brings a batch to the store, however often that takes; false when it was given up.
    private func commit(_ batch: [RoomAppend]) async -> Bool {
        var batch = batch
        var backoff = Backoff()
        while !batch.isEmpty {
            do throws(StorageError) {
                try await store.append(batch)
                didRecover()
                await didSave(batch)
                return true
            } catch {
                if error.code == .conflict, !error.rooms.isEmpty, await settle(error.rooms, in: &batch) { continue }
                guard await waitOut(error, backoff.next()) else { return false }
            }
        }
        // The store had it all, or another's version of it: either way it answers.
        didRecover()
        return true
    }

    /// Notes a failure and waits for the next try; false when there is none.
    private func waitOut(_ error: StorageError, _ pause: Duration) async -> Bool {
        let (isNew, deadline) = status.withLock { status in
            defer { status.failure = error.message }
            return (status.failure == nil, status.drainDeadline)
        }
        if isNew { logger.error("The store does not take changes; trying again", metadata: ["error": "\(error)"]) }
        if error.code == .closed || Task.isCancelled { return false }
        if let deadline, clock.now().advanced(by: pause) > deadline { return false }
        return (try? await clock.sleep(pause)) != nil
    }

    private func didRecover() {
        let failure = status.withLock { status in
            defer { status.failure = nil }
            return status.failure
        }
        if failure != nil { logger.notice("The store takes changes again") }
    }

    private func didSave(_ batch: [RoomAppend]) async {
        for lane in lanes {
            let due = await lane.call { [count = options.snapshotEvery] in $0.didSave(batch, snapshotEvery: count) }
            for snapshot in due { snapshots.add(snapshot) }
        }
    }

    /// Keeps a room's last snapshot.
    func save(_ snapshot: RoomSnapshot) async {
        await snapshots.keep(snapshot)
    }

    // MARK: Conflicts

    /// Takes the rooms that the store named out of the batch: what turns out to be stored is saved, after a commit whose
    /// outcome was unknown; what another process wrote is reloaded. False when the store did not answer, or named others.
    private func settle(_ rooms: [RoomID], in batch: inout [RoomAppend]) async -> Bool {
        let count = batch.count
        for append in batch where rooms.contains(append.room) {
            do throws(StorageError) {
                let range = append.first..<append.last.next
                let stored = try await store.entries(of: append.room, in: range, limit: append.payloads.count)
                if stored == append.entries {
                    await didSave([append])
                } else {
                    try await reload(append)
                }
            } catch {
                return false
            }
            batch.removeAll { $0.room == append.room }
        }
        return batch.count < count
    }

    private func reload(_ append: RoomAppend) async throws(StorageError) {
        logger.warning("Another process wrote a room; it starts over", metadata: ["room": "\(append.room)"])
        for lane in lanes { await lane.call { $0.beginReload(append) } }
        let stored = try await store.load(append.room)
        for lane in lanes { await lane.call { $0.endReload(append.room, from: stored) } }
    }
}
