import NIOCore
import ProviderKit

/// The journal's place on one event loop: the rooms there that have something to save. Used on that loop alone.
///
/// A keystroke costs an append to an array here; the journal is woken once, and not again before it came to collect.
final class JournalLane {
    let eventLoop: any EventLoop
    private let backlog: Backlog
    private let wake: @Sendable () -> Void
    private var waiting: [RoomCore] = []
    /// The rooms whose changes are on their way to the store.
    private var inFlight: [RoomID: RoomCore] = [:]
    /// When the oldest change that waits was made.
    private var oldest: Timestamp?
    private var isAwake = false

    init(eventLoop: any EventLoop, backlog: Backlog, wake: @escaping @Sendable () -> Void) {
        self.eventLoop = eventLoop
        self.backlog = backlog
        self.wake = wake
    }

    /// Whether more may wait for the store.
    var hasRoom: Bool { backlog.hasRoom }

    /// Notes that a room logged a change.
    ///
    /// - Parameters:
    ///   - isFirst: whether nothing of that room was waiting to be collected.
    ///   - time: when the change was made.
    func didLog(bytes: Int, isFirst: Bool, at time: Timestamp, of room: RoomCore) {
        backlog.add(bytes)
        if isFirst { waiting.append(room) }
        if oldest == nil { oldest = time }
        guard !isAwake else { return }
        isAwake = true
        wake()
    }

    /// What the rooms of this loop have to save, which is then on its way; and when the oldest of it was made. Of a room
    /// that has something on its way already, nothing.
    ///
    /// - Parameter limit: about how many bytes are taken at the most; the rest waits for the next time.
    func collect(upTo limit: Int) -> (appends: [RoomAppend], oldest: Timestamp?) {
        var appends: [RoomAppend] = []
        var space = limit
        for room in waiting where space > 0 && inFlight[room.state.record.id] == nil {
            guard let append = room.takeUnsaved(upTo: space) else { continue }
            inFlight[append.room] = room
            appends.append(append)
            space -= append.bytes
        }
        waiting.removeAll { !$0.hasUnsaved }
        isAwake = false
        defer { if waiting.isEmpty { oldest = nil } }
        return (appends, appends.isEmpty ? nil : oldest)
    }

    /// Notes that the store has what was on its way; the snapshots that are due come back.
    func didSave(_ appends: [RoomAppend], snapshotEvery count: Int) -> [RoomSnapshot] {
        // What waits may have waited for this.
        if !waiting.isEmpty { wake() }
        return appends.compactMap { append in
            guard let room = inFlight.removeValue(forKey: append.room) else { return nil }
            backlog.remove(append.bytes)
            return room.didSave(through: append.last, snapshotEvery: count)
        }
    }

    /// Stops a room that another process wrote: what was on its way can never be saved.
    func beginReload(_ append: RoomAppend) {
        guard let room = inFlight[append.room], let givenUp = room.beginReload() else { return }
        backlog.remove(append.bytes + givenUp)
        waiting.removeAll { $0 === room }
    }

    /// Starts such a room over from what the store has. When that is no text, the room ends; why, comes back.
    func endReload(_ id: RoomID, from stored: StoredRoom) -> RoomError? {
        guard let room = inFlight.removeValue(forKey: id) else { return nil }
        do throws(RoomError) {
            try room.endReload(from: stored)
            return nil
        } catch {
            room.expelAll(error)
            return error
        }
    }

    /// Ends such a room: its members are sent away.
    func end(_ id: RoomID, since reason: RoomError) {
        inFlight.removeValue(forKey: id)?.expelAll(reason)
    }
}

extension RoomAppend {
    /// What the changes count for in the backlog.
    var bytes: Int { payloads.framed.count }
}
