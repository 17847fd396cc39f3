package import ProviderKit

/// The copy of all rooms of one store, with all that it holds of their past, into another.
///
/// Nothing is ever changed in the source, and nothing removed or overwritten in the target. A migration that was ended
/// at any moment is resumed by another one; when the source has moved on in between, that brings over the rest.
///
/// Call ``survey()`` first, then ``copy()``, then ``verify()`` if you like. What was done and found, the monitor tells.
package struct Migration: Sendable {
    private let source: any RoomStore
    private let target: any RoomStore
    let options: MigrationOptions
    let monitor: MigrationMonitor

    package init(
        from source: any RoomStore, to target: any RoomStore, options: MigrationOptions = MigrationOptions(),
        monitor: MigrationMonitor
    ) {
        self.source = source
        self.target = target
        self.options = options
        self.monitor = monitor
    }

    /// Counts the rooms of the source, and looks whether the target holds others. Writes nothing.
    ///
    /// - Throws: `.foreignRooms` when it does, unless the options allow it.
    package func survey() async throws(MigrationError) {
        monitor.update { $0.begin(.counting) }
        var survey = Survey()
        do {
            var pairs = pairs
            while !monitor.isStopping, let pair = try await pairs.next() {
                survey.add(pair)
                if case .target = pair { continue }
                monitor.update { $0.total += 1 }
            }
        } catch {
            throw .store(error)
        }
        guard let first = survey.firstForeign, !options.allowsForeignRooms else { return }
        throw .foreignRooms(survey.foreign, first: first)
    }

    /// Copies what the target lacks. A room that cannot be copied does not keep the others from it.
    package func copy() async throws(MigrationError) {
        monitor.update { $0.begin(.copying) }
        var rooms = list(.source, source)
        try await forEach { () async throws(StoreFailure) in
            try await rooms.next()
        } perform: { room throws(StoreFailure) in
            try await copy(room.record.id)
        }
        try await settle()
    }

    /// Writes to the target once more. What was found there on the way may have been of a commit whose outcome was not
    /// known; a commit that succeeds after it settles that.
    private func settle() async throws(MigrationError) {
        do {
            try await options.retries.run { () async throws(StoreFailure) in
                try await at(.target, await target.checkHealth())
            }
        } catch {
            throw .store(error)
        }
    }

    /// Compares all that the source holds with what the target holds, and writes nothing.
    package func verify() async throws(MigrationError) {
        monitor.update { $0.begin(.verifying) }
        var pairs = pairs
        try await forEach { () async throws(StoreFailure) in
            try await pairs.next()
        } perform: { pair throws(StoreFailure) in
            try await verify(pair)
        }
    }

    private func copy(_ id: RoomID) async throws(StoreFailure) {
        var copy = RoomCopy(
            of: id, from: source, to: target, allowsEdited: options.allowsEditedRooms, monitor: monitor)
        do {
            let outcome = try await options.retries.run { () async throws(RoomCopyError) in try await copy.run() }
            monitor.update { $0.add(outcome) }
        } catch {
            if case .store(let failure) = error, !failure.concernsOneRoom { throw failure }
            monitor.update { $0.failures.append(RoomFailure(room: id, error: error)) }
        }
        monitor.update { $0.done += 1 }
    }

    private func verify(_ pair: RoomPair) async throws(StoreFailure) {
        let difference: RoomDifference?
        switch pair {
        case .target(let room):
            guard !options.allowsForeignRooms else { return }
            monitor.update { $0.differences.append(RoomDifference(room: room.record.id, kind: .foreign)) }
            return
        case .source(let room), .both(let room, _):
            difference = try await self.difference(of: room.record.id)
        }
        monitor.update { progress in
            progress.done += 1
            progress.verified += 1
            if let difference { progress.differences.append(difference) }
        }
    }

    private func difference(of id: RoomID) async throws(StoreFailure) -> RoomDifference? {
        let comparison = RoomComparison(
            of: id, in: source, and: target, allowsEdited: options.allowsEditedRooms)
        do {
            return try await options.retries.run { () async throws(StoreFailure) in try await comparison.difference() }
        } catch {
            guard error.concernsOneRoom else { throw error }
            return RoomDifference(room: id, kind: .unreadable(error))
        }
    }

    private var pairs: RoomPairs { RoomPairs(list(.source, source), list(.target, target)) }

    private func list(_ side: Side, _ store: any RoomStore) -> RoomList {
        RoomList(side, store, retries: options.retries, pageSize: options.pageSize)
    }
}
