import NIOCore
import NIOPosix

/// One run: all members of all rooms on one event loop, what they send and what has arrived.
///
/// Member `i` sits in room `i / members`; the first `writers` of each room write. Everything here happens on the loop.
final class LoadRun {
    let options: LoadOptions
    private let loop: any EventLoop
    private let finished: EventLoopPromise<Report>
    private var members: [Member] = []
    private var unopened: Int

    private var isSending = false
    private var measure: Measurement?
    private var sent = 0
    private var received = 0
    private var refused = 0
    /// For each member: how many deliveries of its messages are still to come.
    private var awaited: [Int]

    /// Connects everyone, sends for the time that the options say, and reports.
    static func report(_ options: LoadOptions, rooms: [String], on loop: any EventLoop) async throws -> Report {
        try await loop.flatSubmit {
            LoadRun(options, on: loop).start(in: rooms)
        }.get()
    }

    private init(_ options: LoadOptions, on loop: any EventLoop) {
        self.options = options
        self.loop = loop
        self.finished = loop.makePromise()
        self.unopened = options.rooms * options.members
        self.awaited = Array(repeating: 0, count: unopened)
    }

    private func start(in rooms: [String]) -> EventLoopFuture<Report> {
        let bound = NIOLoopBound(self, eventLoop: loop)
        for index in 0..<unopened {
            let room = rooms[index / options.members]
            ClientBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let member = Member(index: index, room: room, run: bound.value)
                        bound.value.members.append(member)
                        try channel.pipeline.syncOperations.addHandler(member)
                    }
                }
                .connect(host: options.host, port: options.port)
                .whenFailure { bound.value.fail($0) }
        }
        return finished.futureResult
    }

    /// A member's WebSocket is open; when the last one is, the run begins.
    func memberDidOpen() {
        unopened -= 1
        guard unopened == 0 else { return }
        members.sort { $0.index < $1.index }
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
    func memberDidReceive(_ origin: Update.Origin, at now: NIODeadline) {
        received += 1
        measure?.add(now - origin.time)
        awaited[origin.writer] -= 1
        if case .saturate = options.mode { fillWindow(of: members[origin.writer]) }
    }

    /// The server has not taken a message and told its author so.
    func memberWasRefused(_ member: Member, why: String) {
        if refused == 0 { log("the server refused a message: \(why)") }
        refused += 1
        awaited[member.index] -= options.audience
        if case .saturate = options.mode { fillWindow(of: member) }
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
        for member in members where member.index % options.members < options.writers { fillWindow(of: member) }
    }

    private func fillWindow(of member: Member) {
        while isSending, awaited[member.index] <= (options.window - 1) * options.audience {
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
        measure = Measurement(pid: options.pid, keepsLatencies: options.isPaced)
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
            finished.succeed(report())
        }
    }
}
