import CollabText
import NIOCore
import ProviderKit

/// A room on its event loop: the state, who listens, and what still waits for the store. Used on that loop alone.
final class RoomCore {
    private(set) var state: RoomState
    private let audience: Audience
    private let lane: JournalLane
    private let clock: RoomClock
    /// Who is here, each once: what an older connection of a member still says is nobody's word.
    private var connections: [ClientID: ObjectIdentifier] = [:]
    private var unsaved: Unsaved
    /// The text as each dialect says it, at the newest revision; made when first asked for.
    private var standing: [ObjectIdentifier: ByteBuffer] = [:]
    private var phase = Phase.open
    /// When everyone will be told who is here.
    private var presence: (at: NIODeadline, task: Scheduled<Void>)?
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

    /// Sets what bounds the room from now on.
    func setLimits(_ limits: RoomLimits) {
        state.limits = limits
    }

    // MARK: Members

    /// Lets a member in and greets it; false when the room was retired meanwhile.
    func join(_ member: any RoomMember) throws(RoomError) -> Bool {
        guard phase != .retired else { return false }
        try makePlace(for: member)
        let greeting = try state.join(member.id, resumingAt: member.resumption)
        audience.add(member)
        connections[member.id] = ObjectIdentifier(member)
        lastUsed = clock.now()
        let message = member.greeting(greeting) ?? standing(in: member.dialect)
        audience.send(message, as: .text(state.revision), to: member)
        if member.resumption != nil { sendSaved(to: member) }
        notePresence(after: Self.pauseOfComings)
        return true
    }

    /// Sends a member away whose client opened another connection; which of the two is the newer one, the order in which
    /// they arrive here does not tell.
    private func makePlace(for member: any RoomMember) throws(RoomError) {
        guard let other = audience.member(member.id) else { return }
        let reason = RoomError(.resumedElsewhere, "another connection took its place")
        guard other.openedAt <= member.openedAt else { throw reason }
        leave(other)
        other.eventLoop.execute { other.expel(reason) }
    }

    func leave(_ member: any RoomMember) {
        // One whose place was taken has left already.
        guard isHere(member) else { return }
        audience.remove(member)
        connections[member.id] = nil
        state.leave(member.id)
        if state.memberCount == 0 { standing.removeAll() }
        lastUsed = clock.now()
        notePresence(after: Self.pauseOfComings)
    }

    private func isHere(_ member: any RoomMember) -> Bool {
        connections[member.id] == ObjectIdentifier(member)
    }

    /// Sends a member the text that stands, instead of all it may have missed.
    private func sendStanding(to member: any RoomMember) {
        state.didShowText(to: member.id)
        audience.send(standing(in: member.dialect), as: .text(state.revision), to: member)
    }

    /// Brings a member up to date that skipped something.
    func catchUp(_ member: any RoomMember, on missed: Missed) {
        guard isHere(member) else { return }
        if missed == .text { sendStanding(to: member) }
        sendSaved(to: member)
        if let message = member.dialect.presence(state.memberDescriptions) {
            audience.send(message, as: .answer, to: member)
        }
    }

    private func standing(in dialect: any Dialect) -> ByteBuffer {
        if let message = standing[ObjectIdentifier(dialect)] { return message }
        let message = dialect.standing(text: state.text, revision: state.revision)
        standing[ObjectIdentifier(dialect)] = message
        return message
    }

    // MARK: Edits

    func receive(_ submission: Submission, from member: any RoomMember) {
        guard phase != .retired, isHere(member) else { return }
        let outcome = take(submission, as: member.id, except: member)
        switch outcome {
        case .committed(let change, let hasText):
            acknowledge(submission, at: change.revision, of: member, hasText: hasText)
        case .unchanged(let hasText):
            acknowledge(submission, at: state.revision, of: member, hasText: hasText)
        case .repeated(let revision):
            acknowledge(submission, at: revision, of: member, hasText: true)
        case .refused(let refusal):
            refuse(submission.id, of: member, refusal)
        }
    }

    /// Takes an edit of somebody who is not in the room; what became of it, and the room as it then is.
    func receive(_ submission: Submission, as author: ClientID) -> (EditOutcome, RoomDescription)? {
        guard phase != .retired else { return nil }
        lastUsed = clock.now()
        return (take(submission, as: author, except: nil), RoomDescription(state))
    }

    private func take(
        _ submission: Submission, as author: ClientID, except member: (any RoomMember)?
    ) -> EditOutcome {
        guard phase == .open else { return .refused(Refusal(.conflict)) }
        let obstacle = lane.hasRoom ? nil : Refusal(.storageUnavailable)
        let outcome = state.receive(submission, from: author, at: clock.now(), obstacle: obstacle)
        if case .committed(let change, _) = outcome {
            log(change)
            announce(change, except: member)
        }
        return outcome
    }

    private func acknowledge(_ submission: Submission, at revision: Revision, of member: any RoomMember, hasText: Bool)
    {
        let hasText = hasText && canFollow(submission, at: revision, member)
        if let id = submission.id,
            let message = member.dialect.acknowledgement(of: id, at: revision, textFollows: !hasText)
        {
            audience.send(message, as: hasText ? .answer : .prelude, to: member)
        }
        if !hasText { sendStanding(to: member) }
    }

    /// Whether a member that counts revisions can tell where its edit stands: a whole text must be made on the newest one,
    /// and be answered.
    private func canFollow(_ submission: Submission, at revision: Revision, _ member: any RoomMember) -> Bool {
        guard member.dialect.tellsNews, case .text = submission.content else { return true }
        guard submission.id != nil, case .revision(let base) = submission.base else { return false }
        return base == revision || base.next == revision
    }

    /// Tells a member why its edit was not taken.
    func refuse(_ id: EditID?, of member: any RoomMember, _ refusal: Refusal) {
        guard isHere(member) else { return }
        let message = member.dialect.refusal(refusal, of: id, text: state.text, revision: state.revision)
        if let message {
            audience.send(message, as: .answer, to: member)
        } else {
            sendStanding(to: member)
        }
    }

    private func announce(_ change: RoomChange, except author: (any RoomMember)?) {
        if !standing.isEmpty { standing.removeAll() }
        for dialect in audience.dialects where audience.hasSpeaker(of: dialect, except: author) {
            let message = dialect.update(change, text: state.text)
            audience.broadcast(message, as: .update(change.revision), in: dialect, except: author)
        }
    }

    // MARK: Presence

    /// Takes what a member says about itself; the others learn it soon.
    func receive(_ update: PresenceUpdate, from member: any RoomMember) {
        guard isHere(member) else { return }
        do throws(PresenceProblem) {
            try state.receive(update, from: member.id)
            notePresence(after: .milliseconds(Int64(30 + 2 * state.memberCount)))
        } catch {
            audience.send(member.dialect.problem(error), as: .answer, to: member)
        }
    }

    /// The place in the newest text that a member asks about; nil when it is not here.
    func place(
        _ position: Int, at revision: Revision?, of member: any RoomMember
    ) throws(PresenceProblem) -> RoomPlace? {
        isHere(member) ? try state.place(position, at: revision, of: member.id) : nil
    }

    /// How soon it is told that somebody came or left.
    private static let pauseOfComings = TimeAmount.milliseconds(200)

    /// Sees to it that everyone learns who is here, in a moment: what changes until then is told at once, so that this never
    /// crowds out edits.
    private func notePresence(after pause: TimeAmount) {
        guard audience.dialects.contains(where: \.tellsNews) else { return }
        let time = NIODeadline.now() + pause
        if let presence, presence.at <= time { return }
        presence?.task.cancel()
        let bound = NIOLoopBound(self, eventLoop: lane.eventLoop)
        presence = (time, lane.eventLoop.scheduleTask(deadline: time) { bound.value.sendPresence() })
    }

    private func sendPresence() {
        presence = nil
        let members = state.memberDescriptions
        for dialect in audience.dialects {
            broadcast(dialect.presence(members), in: dialect)
        }
    }

    private func broadcast(_ news: ByteBuffer?, in dialect: any Dialect) {
        if let news { audience.broadcast(news, as: .notice, in: dialect, except: nil) }
    }

    // MARK: The journal

    private func log(_ change: RoomChange) {
        let isFirst = unsaved.isEmpty
        lane.didLog(bytes: unsaved.append(change), isFirst: isFirst, at: change.at, of: self)
    }

    /// Whether changes wait to be taken for a commit.
    var hasUnsaved: Bool { !unsaved.isEmpty }

    /// What the store does not have yet, for the next commit; nil when there is nothing.
    ///
    /// - Parameter limit: about how many bytes are taken at the most.
    func takeUnsaved(upTo limit: Int = .max) -> RoomAppend? {
        unsaved.take(upTo: limit, room: state.record.id)
    }

    /// Notes what the store now has, and says so; a snapshot comes back when one is due.
    func didSave(through revision: Revision, snapshotEvery count: Int) -> RoomSnapshot? {
        state.didSave(through: revision)
        for dialect in audience.dialects {
            broadcast(dialect.saved(revision), in: dialect)
        }
        return state.takeSnapshot(every: count)
    }

    private func sendSaved(to member: any RoomMember) {
        guard let message = member.dialect.saved(state.savedRevision) else { return }
        audience.send(message, as: .answer, to: member)
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
        for member in audience.members where mustStartOver(member) {
            leave(member)
            member.eventLoop.execute { member.expel(RoomError(.startsOver, "another process wrote the room")) }
        }
        state = try state.reloaded(from: stored)
        unsaved = Unsaved(after: state.revision)
        standing.removeAll()
        phase = .open
        for member in audience.members { catchUp(member, on: .text) }
    }

    /// Whether a member may have edits on their way that mean a text which is no more: its revisions have the numbers of
    /// others now. Nothing that it says can tell when it has read what took their place, so it must come in again.
    private func mustStartOver(_ member: any RoomMember) -> Bool {
        member.dialect.tellsNews || state.policy.staleEdits != .overwrite
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
