import CollabText
import LoadClient
import NIOCore

/// One run: all members of all rooms on one event loop, what they send and what has arrived.
///
/// Member `i` sits in room `i / members`; the first `writers` of each room write. Everything here happens on the loop.
final class LoadRun {
    let options: LoadOptions
    private let loop: any EventLoop
    private let finished: EventLoopPromise<Outcome>
    private var members: [Member] = []
    private var absent: Int

    private var isSending = false
    private var measure: Tally?
    private var sent = 0
    private var received = 0
    private var refused = 0
    /// For each member: how many deliveries of its messages are still to come.
    private var awaited: [Int]

    /// What a run leads to.
    struct Outcome: Sendable {
        let report: Report
        /// The texts that members ended with who keep one, each with the place of its room.
        let copies: [(room: Int, text: TextBuffer)]
    }

    /// Connects everyone, sends for the time that the options say, and reports.
    static func outcome(_ options: LoadOptions, rooms: [String], on loop: any EventLoop) async throws -> Outcome {
        try await loop.flatSubmit {
            LoadRun(options, on: loop).start(in: rooms)
        }.get()
    }

    private init(_ options: LoadOptions, on loop: any EventLoop) {
        self.options = options
        self.loop = loop
        self.finished = loop.makePromise()
        self.absent = options.rooms * options.members
        self.awaited = Array(repeating: 0, count: absent)
    }

    private func start(in rooms: [String]) -> EventLoopFuture<Outcome> {
        let logs = rooms.map { _ in RoomLog() }
        for index in awaited.indices {
            let room = index / options.members
            let member = Member(index: index, voice: voice(of: index, log: logs[room]), run: self)
            members.append(member)
            member.join(rooms[room], on: loop)
        }
        return finished.futureResult
    }

    private func voice(of index: Int, log: RoomLog) -> any Voice {
        let seat = options.seat(of: index)
        return switch options.dialect {
        case .seed: SeedVoice(index: index)
        case .change where options.isReplica(index): ReplicaVoice(index: index, seat: seat, log: log)
        case .change: CountingVoice(index: index, seat: seat, log: log)
        }
    }

    /// A member is in its room; when the last one is, the run begins.
    func memberDidJoin() {
        absent -= 1
        guard absent == 0 else { return }
        // A server may answer before the member is in the room, and would have nothing to deliver to it until then.
        loop.assumeIsolated().scheduleTask(in: .milliseconds(500)) { self.begin() }
    }

    private func begin() {
        isSending = true
        switch options.mode {
        case .saturate: fillWindows()
        case .fixed(let rate): sendDue(every: .nanoseconds(1_000_000_000 / Int64(rate)), next: .now(), turn: 0)
        }
        let timers = loop.assumeIsolated()
        timers.scheduleTask(in: .seconds(Int64(options.warmup))) { self.beginMeasuring() }
        timers.scheduleTask(in: .seconds(Int64(options.warmup + options.seconds))) { self.endMeasuring() }
    }

    /// A member has received what another one of its room wrote.
    ///
    /// - Parameter latency: since that was sent; zero when the message does not tell.
    func memberDidReceive(from writer: Int, after latency: TimeAmount) {
        received += 1
        measure?.add(latency)
        awaited[writer] -= 1
        memberIsReady(members[writer])
    }

    /// A member may go on, as far as the server is concerned.
    func memberIsReady(_ member: Member) {
        if case .saturate = options.mode { fillWindow(of: member) }
    }

    /// The server has not taken a message and told its author so.
    func memberWasRefused(_ member: Member, why: String) {
        if refused == 0 { log("the server refused a message: \(why)") }
        refused += 1
        awaited[member.index] -= options.audience
        memberIsReady(member)
    }

    /// Ends the run with an error; only the first one counts.
    func fail(_ error: any Error) {
        isSending = false
        finished.fail(error)
    }

    // MARK: Sending

    private func send(from member: Member, stamped time: NIODeadline) {
        sent += 1
        awaited[member.index] += options.audience
        member.send(stamped: time)
    }

    private func fillWindows() {
        for member in members { fillWindow(of: member) }
    }

    private func fillWindow(of member: Member) {
        guard options.seat(of: member.index).isWriter else { return }
        while isSending, member.voice.isReady, awaited[member.index] <= (options.window - 1) * options.audience {
            send(from: member, stamped: .now())
        }
    }

    /// Sends all that is due and comes back for the next.
    ///
    /// Each message is stamped with the time when it *ought* to be sent, so that a generator held up by a slow server
    /// does not hide that server's latency.
    private func sendDue(every interval: TimeAmount, next: NIODeadline, turn: Int) {
        guard isSending else { return }
        var (next, turn) = (next, turn)
        while next <= .now() {
            send(from: writer(atTurn: turn), stamped: next)
            next = next + interval
            turn += 1
        }
        loop.assumeIsolated().scheduleTask(deadline: next) { self.sendDue(every: interval, next: next, turn: turn) }
    }

    /// The writers one after another: a different room at each turn, then the next writer of each room.
    private func writer(atTurn turn: Int) -> Member {
        let room = turn % options.rooms
        let writer = turn / options.rooms % options.writers
        return members[room * options.members + writer]
    }

    // MARK: Measuring

    private func beginMeasuring() {
        measure = Tally(pid: options.pid, keepsLatencies: options.isPaced)
    }

    private func endMeasuring() {
        guard let measure else { return }
        isSending = false
        let result = measure.result()
        self.measure = nil
        drain(until: .now() + .seconds(3)) { [backlog = missing] in
            Report(result, backlog: backlog, missing: self.missing, sent: self.sent, refused: self.refused)
        }
    }

    /// What was sent and has not arrived everywhere yet.
    private var missing: Int { (sent - refused) * options.audience - received }

    /// Waits for what is still on its way, then hangs up and reports.
    private func drain(until deadline: NIODeadline, report: @escaping () -> Report) {
        if missing > 0, .now() < deadline {
            loop.assumeIsolated().scheduleTask(in: .milliseconds(10)) { self.drain(until: deadline, report: report) }
        } else {
            for member in members { member.leave() }
            finished.succeed(Outcome(report: report(), copies: copies()))
        }
    }

    private func copies() -> [(room: Int, text: TextBuffer)] {
        members.compactMap { member in
            member.voice.text.map { (room: member.index / options.members, text: $0) }
        }
    }
}
