import CollabText
import NIOCore
import ProviderKit

/// A room on its event loop: the state, who listens, and what still waits for the store. Used on that loop alone.
final class RoomCore {
    private(set) var state: RoomState
    private let audience: Audience
    private let lane: JournalLane
    private let clock: RoomClock
    private var unsaved: Unsaved
    /// The text as each dialect says it, at the newest revision; made when first asked for.
    private var standing: [ObjectIdentifier: ByteBuffer] = [:]
    private var phase = Phase.open
    private(set) var lastUsed: Timestamp

    /// Whether the room is no more.
    var isRetired: Bool { phase == .retired }

    private enum Phase {
        case open
        /// Another process wrote this room: what the store has is being fetched.
        case reloading
        /// Evicted, or gone: whoever wants it asks the directory again.
        case retired
    }

    init(state: RoomState, lane: JournalLane, clock: RoomClock) {
        self.state = state
        self.lane = lane
        self.clock = clock
        audience = Audience(home: lane.eventLoop)
        unsaved = Unsaved(after: state.revision)
        lastUsed = clock.now()
    }

    // MARK: Members

    /// Lets a member in and sends it the text; false when the room was retired meanwhile.
    func join(_ member: any RoomMember) throws(RoomError) -> Bool {
        guard phase != .retired else { return false }
        try state.join(member.id)
        audience.add(member)
        lastUsed = clock.now()
        sendStanding(to: member)
        return true
    }

    func leave(_ member: any RoomMember) {
        state.leave(member.id)
        audience.remove(member)
        if state.memberCount == 0 { standing.removeAll() }
        lastUsed = clock.now()
    }

    /// Sends a member the text that stands, instead of all it may have missed.
    func sendStanding(to member: any RoomMember) {
        audience.send(standing(in: member.dialect), revision: state.revision, to: member)
    }

    private func standing(in dialect: any Dialect) -> ByteBuffer {
        if let message = standing[ObjectIdentifier(dialect)] { return message }
        let message = dialect.standing(text: state.text, revision: state.revision)
        standing[ObjectIdentifier(dialect)] = message
        return message
    }

    // MARK: Edits

    func receive(_ content: ProposedEdit.Content, base: Revision?, from member: any RoomMember) {
        guard phase == .open else { return refuse(member, because: .conflict) }
        guard lane.hasRoom else { return refuse(member, because: .storageUnavailable) }
        let edit = ProposedEdit(author: member.id, base: base, content: content)
        let hasCrossed = base.map { $0 < state.newestRevision(notBy: member.id) } ?? false
        switch state.receive(edit, at: clock.now()) {
        case .unchanged:
            break
        case .rejected:
            refuse(member, because: .conflict)
        case .committed(let change, let authorHasText):
            log(change)
            announce(change, from: member)
            if !authorHasText || hasCrossed { sendStanding(to: member) }
        }
    }

    /// Sends a member the text if it wrote last, and before it had read what others did: it read that after its own text.
    ///
    /// - Parameter revision: the newest that the member had read when it wrote.
    func putRight(_ member: any RoomMember, whoHadRead revision: Revision) {
        if state.wroteLast(member.id), revision < state.newestRevision(notBy: member.id) { sendStanding(to: member) }
    }

    private func refuse(_ member: any RoomMember, because reason: Refusal) {
        let message = member.dialect.refusal(reason, text: state.text, revision: state.revision)
        audience.send(message, revision: reason == .conflict ? state.revision : nil, to: member)
    }

    private func announce(_ change: RoomChange, from author: any RoomMember) {
        if !standing.isEmpty { standing.removeAll() }
        for dialect in audience.dialects where audience.hasSpeaker(of: dialect, except: author) {
            let message = dialect.update(change, text: state.text)
            audience.broadcast(message, revision: change.revision, in: dialect, except: author)
        }
    }

    // MARK: The journal

    private func log(_ change: RoomChange) {
        let isFirst = unsaved.isEmpty
        lane.didLog(bytes: unsaved.append(change), isFirst: isFirst, of: self)
    }

    /// What the store does not have yet, for the next commit; nil when there is nothing.
    func takeUnsaved() -> RoomAppend? {
        unsaved.take(room: state.record.id)
    }

    /// Notes what the store now has; a snapshot comes back when one is due.
    func didSave(through revision: Revision, snapshotEvery count: Int) -> RoomSnapshot? {
        state.didSave(through: revision)
        return state.takeSnapshot(every: count)
    }

    // MARK: Losing and leaving

    /// Takes no more edits until the store's own version is here, since another process wrote this room; returns how
    /// many bytes of changes are given up; nil when that has begun already.
    func beginReload() -> Int? {
        guard phase == .open else { return nil }
        phase = .reloading
        return takeUnsaved()?.bytes ?? 0
    }

    /// Starts over from what the store has; the members get the text that then stands.
    func endReload(from stored: StoredRoom) throws(RoomError) {
        state = try state.reloaded(from: stored)
        unsaved = Unsaved(after: state.revision)
        standing.removeAll()
        phase = .open
        for member in audience.members { sendStanding(to: member) }
    }

    /// Sends everyone away.
    func expelAll(_ reason: RoomError) {
        phase = .retired
        for member in audience.members {
            member.eventLoop.execute { member.expel(reason) }
        }
    }

    /// Ends the room when nobody is here and nothing waits for the store.
    func retire() -> Retirement {
        if phase == .retired { return .retired(nil) }
        guard state.memberCount == 0, phase == .open, state.savedRevision == state.revision else { return .inUse }
        phase = .retired
        return .retired(state.takeSnapshot(every: 1))
    }
}
