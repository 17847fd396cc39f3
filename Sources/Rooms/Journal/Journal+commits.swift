import Logging
import ProviderKit
import Synchronization

extension Journal {
    /// Commits what is logged until the journal is to end and nothing is left, or it is given up.
    func runCommits() async {
        let goesOn = await withDiscardingTaskGroup { stragglers in
            for await _ in wakeups {
                guard await saveAll(&stragglers) else { return false }
            }
            // What is on its way from one loop to another has arrived when each of them has had a turn.
            for lane in lanes { await lane.call { _ in } }
            return await saveAll(&stragglers)
        }
        // What had to wait for a straggler, all of which have ended now.
        if goesOn { await withDiscardingTaskGroup { _ = await saveAll(&$0) } }
    }

    /// Commits until nothing waits; false when it was given up.
    private func saveAll(_ stragglers: inout DiscardingTaskGroup) async -> Bool {
        while true {
            let started = clock.now()
            let batch = await collect(upTo: Self.largestCommit)
            guard !batch.isEmpty else { return true }
            guard await commit(batch, &stragglers) else { return false }
            status.withLock { $0.unsavedSince = nil }
            await rest(since: started, afterSaving: batch.reduce(0) { $0 + $1.payloads.count })
        }
    }

    /// About how many bytes of changes go out at once, at the most.
    private static let largestCommit = 4 << 20

    /// What waits on all loops, as far as it fits into a commit. What gathered while the store was down takes several, so
    /// that none of them takes longer than the store's patience.
    private func collect(upTo limit: Int) async -> [RoomAppend] {
        var batch: [RoomAppend] = []
        var space = limit
        var oldest: Timestamp?
        for lane in lanes where space > 0 {
            let part = await lane.call { [space] in $0.collect(upTo: space) }
            batch += part.appends
            space -= part.appends.reduce(0) { $0 + $1.bytes }
            oldest = [oldest, part.oldest].compactMap(\.self).min()
        }
        status.withLock { [oldest] in $0.unsavedSince = $0.unsavedSince ?? oldest }
        return batch
    }

    /// Leaves a pause between commits, so that they do not eat up the machine that they serve: up to five times the
    /// interval when there is so much to save that it pays to gather more of it.
    private func rest(since started: Timestamp, afterSaving count: Int) async {
        guard status.withLock({ $0.drainDeadline }) == nil else { return }
        let pause = options.commitInterval * min(1 + count / 125, 5) - clock.now().since(started)
        if pause > .zero { try? await clock.sleep(pause) }
    }

    /// Brings a batch to the store, however often that takes; false when it was given up.
    ///
    /// Nobody waits for a room that cannot be saved while others can: it becomes a straggler, which is tried by itself.
    private func commit(_ batch: [RoomAppend], _ stragglers: inout DiscardingTaskGroup) async -> Bool {
        var batch = batch
        var backoff = Backoff()
        var tries = 0
        while !batch.isEmpty {
            do throws(StorageError) {
                try await save(&batch)
            } catch {
                tries += 1
                if tries > 1 || error.code == .corrupted, !error.concernsAllRooms {
                    batch += await collect(upTo: Self.largestCommit - batch.reduce(0) { $0 + $1.bytes })
                    for (append, error) in await saveOneByOne(&batch) {
                        stragglers.addTask { await self.saveStraggler(append, after: error) }
                    }
                    if batch.isEmpty { break }
                }
                guard await waitOut(error, backoff.next()) else { return false }
            }
        }
        didRecover()
        return true
    }

    /// Commits a batch, or what is left of it when the rooms in conflict are settled; empties it.
    private func save(_ batch: inout [RoomAppend]) async throws(StorageError) {
        while !batch.isEmpty {
            do throws(StorageError) {
                try await store.append(batch)
                await didSave(batch)
                batch = []
            } catch {
                guard error.code == .conflict else { throw error }
                try await settle(error, in: &batch)
            }
        }
    }

    /// Saves what can be saved of a batch that failed as a whole, and takes out what cannot. When nothing can, which shows
    /// after a few rooms, the batch stays as it is.
    ///
    /// - Returns: what cannot be saved, and why.
    private func saveOneByOne(_ batch: inout [RoomAppend]) async -> [(RoomAppend, StorageError)] {
        var failed: [(RoomAppend, StorageError)] = []
        var saved = 0
        for append in batch.shuffled() {
            var single = [append]
            do throws(StorageError) {
                try await save(&single)
                saved += 1
            } catch {
                failed.append((append, error))
                if saved == 0, failed.count == 3 { break }
            }
        }
        guard saved > 0 else { return [] }
        batch = []
        return failed
    }

    /// Notes a failure and waits for the next try; false when there is none.
    private func waitOut(_ error: StorageError, _ pause: Duration) async -> Bool {
        let isNew = status.withLock { status in
            defer { status.failure = error.message }
            return status.failure != error.message
        }
        if isNew { logger.error("The store does not take changes; trying again", metadata: ["error": "\(error)"]) }
        return await wait(pause, after: error)
    }

    /// Waits for the next try; false when there is none.
    private func wait(_ pause: Duration, after error: StorageError) async -> Bool {
        if error.code == .closed || Task.isCancelled { return false }
        let deadline = status.withLock(\.drainDeadline)
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

    func didSave(_ batch: [RoomAppend]) async {
        for lane in lanes {
            let due = await lane.call { [count = options.snapshotEvery] in $0.didSave(batch, snapshotEvery: count) }
            for snapshot in due { snapshots.add(snapshot) }
        }
    }

    // MARK: Stragglers

    /// Saves what one room has, however often that takes, while the others go on. Its later changes wait for this.
    private func saveStraggler(_ append: RoomAppend, after error: StorageError) async {
        var batch = [append]
        var error = error
        var backoff = Backoff()
        logger.error(
            "A room cannot be saved; trying again", metadata: ["room": "\(append.room)", "error": "\(error)"])
        while !batch.isEmpty {
            status.withLock { [error] in $0.stragglers[append.room] = .init(problem: error.message, since: append.at) }
            guard await wait(backoff.next(), after: error) else { return }
            do throws(StorageError) {
                try await save(&batch)
            } catch let latest {
                error = latest
            }
        }
        status.withLock { _ = $0.stragglers.removeValue(forKey: append.room) }
        logger.notice("A room is saved again", metadata: ["room": "\(append.room)"])
    }
}

extension StorageError {
    /// Whether no room can be saved at present, so that it need not be tried with each.
    fileprivate var concernsAllRooms: Bool {
        switch code {
        case .full, .readOnly, .closed, .cancelled, .inUse: true
        case .alreadyExists, .notFound, .conflict, .unavailable, .corrupted: false
        }
    }
}
