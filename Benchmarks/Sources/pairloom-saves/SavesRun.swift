import LoadClient
import NIOCore

/// One run: a writer in each room, all on one event loop, what they type and what of it is saved.
final class SavesRun {
    let options: SavesOptions
    private let loop: any EventLoop
    private let finished: EventLoopPromise<SavesReport>
    private let tell: @Sendable (String) -> Void
    private var writers: [Writer] = []
    private var absent = 0

    private var isTyping = false
    private var measure: Tally?
    /// Edits that were due, and those that are saved.
    private var due = 0
    private var saved = 0

    /// Types for the time that the options say, or as much, and reports.
    ///
    /// - Parameter tell: is told `measuring` when the measured time begins and `measured` when it ends.
    static func report(
        _ options: SavesOptions, on loop: any EventLoop, tell: @escaping @Sendable (String) -> Void
    ) async throws -> SavesReport {
        try await loop.flatSubmit {
            SavesRun(options, on: loop, tell: tell).start()
        }.get()
    }

    private init(_ options: SavesOptions, on loop: any EventLoop, tell: @escaping @Sendable (String) -> Void) {
        self.options = options
        self.loop = loop
        self.finished = loop.makePromise()
        self.tell = tell
    }

    private func start() -> EventLoopFuture<SavesReport> {
        absent = options.rooms.count
        for room in options.rooms {
            let writer = Writer(run: self)
            writers.append(writer)
            writer.join(room, on: loop)
        }
        return finished.futureResult
    }

    /// A writer is in its room; when the last one is, the run begins.
    func writerDidJoin() {
        absent -= 1
        if absent == 0 { begin() }
    }

    /// A writer has nothing to do.
    func writerIsIdle(_ writer: Writer) {
        guard isTyping, case .saturate = options.mode, writer.count < options.edits ?? .max else { return }
        type(writer, due: .now())
    }

    /// An edit is saved.
    ///
    /// - Parameter delay: since it was due.
    func writerDidSave(after delay: TimeAmount) {
        saved += 1
        measure?.add(delay)
        if let edits = options.edits, saved == edits * writers.count { endMeasuring() }
    }

    /// Ends the run with an error; only the first one counts.
    func fail(_ error: any Error) {
        isTyping = false
        finished.fail(error)
    }

    // MARK: Typing

    private func begin() {
        isTyping = true
        if options.edits != nil {
            beginMeasuring()
        } else {
            let timers = loop.assumeIsolated()
            timers.scheduleTask(in: .seconds(Int64(options.warmup))) { self.beginMeasuring() }
            timers.scheduleTask(in: .seconds(Int64(options.warmup + options.seconds))) { self.endMeasuring() }
        }
        switch options.mode {
        case .saturate: for writer in writers { writerIsIdle(writer) }
        case .fixed(let rate): typeDue(every: .nanoseconds(1_000_000_000 / Int64(rate)), next: .now(), turn: 0)
        }
    }

    private func type(_ writer: Writer, due time: NIODeadline) {
        due += 1
        writer.type(due: time)
    }

    /// Types all that is due, in one room after another, and comes back for the next.
    private func typeDue(every interval: TimeAmount, next: NIODeadline, turn: Int) {
        guard isTyping else { return }
        var (next, turn) = (next, turn)
        while next <= .now() {
            if let edits = options.edits, turn == edits * writers.count { return }
            type(writers[turn % writers.count], due: next)
            next = next + interval
            turn += 1
        }
        loop.assumeIsolated().scheduleTask(deadline: next) { self.typeDue(every: interval, next: next, turn: turn) }
    }

    // MARK: Measuring

    private func beginMeasuring() {
        tell("measuring")
        measure = Tally(pid: options.pid, keepsLatencies: true)
    }

    private func endMeasuring() {
        guard let measure else { return }
        isTyping = false
        let result = measure.result()
        self.measure = nil
        tell("measured")
        drain(until: .now() + .seconds(10)) { [backlog = due - saved] in
            SavesReport(result, backlog: backlog, missing: self.due - self.saved)
        }
    }

    /// Waits for what is still to be saved, then hangs up and reports.
    private func drain(until deadline: NIODeadline, report: @escaping () -> SavesReport) {
        if saved < due, .now() < deadline {
            loop.assumeIsolated().scheduleTask(in: .milliseconds(10)) { self.drain(until: deadline, report: report) }
        } else {
            for writer in writers { writer.leave() }
            finished.succeed(report())
        }
    }
}
