package import NIOCore
package import ProviderKit

/// A room that is open: its state, pinned to one event loop, behind calls that may come from anywhere.
///
/// A call on the room's own loop is done when it returns; from elsewhere it is handed over, in order.
package final class Room: Sendable {
    package let id: RoomID
    package let eventLoop: any EventLoop
    private let core: NIOLoopBoundBox<RoomCore>

    /// Makes a room on the loop of `lane`. Must be called on that loop.
    init(state: RoomState, lane: JournalLane, clock: RoomClock) {
        id = state.record.id
        eventLoop = lane.eventLoop
        core = NIOLoopBoundBox(RoomCore(state: state, lane: lane, clock: clock), eventLoop: lane.eventLoop)
    }

    /// Lets a member in, and greets it.
    ///
    /// - Returns: false when the room was retired meanwhile: the directory then gives another.
    package func join(_ member: any RoomMember) async throws(RoomError) -> Bool {
        try await onLoop { core in
            Result { () throws(RoomError) in try core.join(member) }
        }.get()
    }

    /// Lets a member go; nothing is sent to it afterwards, but for what is on its way.
    package func leave(_ member: any RoomMember) {
        run { $0.leave(member) }
    }

    /// Takes an edit: decides, tells everyone, and hands it to the journal.
    package func receive(_ submission: Submission, from member: any RoomMember) {
        // Spelled out, since a closure would be allocated for each keystroke.
        if eventLoop.inEventLoop {
            core.value.receive(submission, from: member)
        } else {
            eventLoop.execute { [core] in core.value.receive(submission, from: member) }
        }
    }

    /// Tells a member why its edit was not taken, when that was found out before it came here.
    package func refuse(_ id: EditID, of member: any RoomMember, _ refusal: Refusal) {
        run { $0.refuse(id, of: member, refusal) }
    }

    /// Takes an edit of somebody who is not in the room.
    ///
    /// - Returns: what became of it, and the room as it then is; nil when the room was retired meanwhile.
    package func receive(_ submission: Submission, as author: ClientID) async -> (EditOutcome, RoomDescription)? {
        await onLoop { $0.receive(submission, as: author) }
    }

    /// Takes what a member says about itself.
    package func receive(_ update: PresenceUpdate, from member: any RoomMember) {
        run { $0.receive(update, from: member) }
    }

    /// Finds the place in the newest text that a member asks about, after all that the member sent before.
    ///
    /// - Parameter receive: called once, on the room's loop, with the place; with nil when the member is not here any
    ///   more, and with an error when there never was such a place.
    package func place(
        _ position: Int, at revision: Revision?, of member: any RoomMember,
        _ receive: @escaping @Sendable (Result<RoomPlace?, PresenceProblem>) -> Void
    ) {
        run { core in
            receive(Result { () throws(PresenceProblem) in try core.place(position, at: revision, of: member) })
        }
    }

    /// Brings a member up to date that skipped something.
    package func catchUp(_ member: any RoomMember, on missed: Missed) {
        run { $0.catchUp(member, on: missed) }
    }

    /// Sets what bounds the room from now on. Whoever is in it stays.
    func setLimits(_ limits: RoomLimits) async {
        await onLoop { $0.setLimits(limits) }
    }

    /// The room as it is right now, saved or not; nil when it was retired meanwhile.
    package func describe() async -> RoomDescription? {
        await onLoop { $0.isRetired ? nil : RoomDescription($0.state) }
    }

    /// What the directory weighs when it looks for rooms to close.
    func usage() async -> RoomUsage {
        await onLoop { core in
            RoomUsage(
                members: core.state.memberCount, lastUsed: core.lastUsed,
                bytes: core.state.history.footprint)
        }
    }

    /// Ends the room if nobody is here and everything is saved; the last snapshot comes back if one is worth taking.
    func retire() async -> Retirement {
        await onLoop { $0.retire() }
    }

    private func run(_ body: @escaping @Sendable (RoomCore) -> Void) {
        if eventLoop.inEventLoop {
            body(core.value)
        } else {
            eventLoop.execute { [core] in body(core.value) }
        }
    }

    private func onLoop<Value: Sendable>(_ body: @escaping @Sendable (RoomCore) -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            run { continuation.resume(returning: body($0)) }
        }
    }
}

/// How much a room is used, and what it costs.
struct RoomUsage: Sendable {
    let members: Int
    let lastUsed: Timestamp
    let bytes: Int
}

/// Whether a room could be ended.
enum Retirement: Sendable {
    case inUse
    /// It is; its last snapshot, when the store has none as new.
    case retired(RoomSnapshot?)
}
