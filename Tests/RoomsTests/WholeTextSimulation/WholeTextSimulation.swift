import CollabText
import ConflictMerge
import ConflictVersionChecked
import NIOCore
import ProviderKit
import Rooms

/// A room with clients around it, in simulated time: the room's own rules and receipts, and all else as it would be around
/// them.
final class WholeTextSimulation {
    enum Policy: Sendable {
        case merge, versionChecked

        fileprivate var named: NamedPolicy {
            switch self {
            case .merge: NamedPolicy("merge", MergePolicy())
            case .versionChecked: NamedPolicy("version-checked", VersionCheckedPolicy())
            }
        }
    }

    /// What became of something that was typed.
    private struct Fate {
        let author: String
        let isDeletion: Bool
        /// Which of all arrivals at the room it was.
        let arrival: Int
        /// Whether its author was told that it was refused.
        var isRefused = false
    }

    let plan: SimulationPlan
    private let policy: Policy
    private let keepsViews: Bool
    private var state: RoomState
    private var now = 10_000
    /// What is to happen, the next last.
    private var events: [(time: Int, order: Int, action: () -> Void)] = []
    private var eventCount = 0
    private var connections: [SimulatedConnection] = []
    private var clients: [NaiveClient] = []
    private var changeAuthor: ChangeAuthor?
    /// Each text that the room has had.
    private var texts: [[UInt16]]
    private var fates: [String: Fate] = [:]
    private var keyCount = 0
    private var arrivalCount = 0
    private var lastTextSent: [String: Int] = [:]
    private var textCount = 0
    private var joinCount = 0
    private(set) var failures: [String] = []
    private var isStorm = false
    private(set) var transcript: [String]?

    /// - Parameter keepsViews: false for a room that takes each whole text for a change of the newest.
    init(_ plan: SimulationPlan, _ policy: Policy, keepsViews: Bool = true, isLogging: Bool = false) throws {
        self.plan = plan
        self.policy = policy
        self.keepsViews = keepsViews
        let record = RoomRecord(id: RoomID("r"), language: "swift", createdAt: Timestamp(milliseconds: 1))
        let text = String(decoding: plan.text, as: UTF16.self)
        state = try RoomState(
            stored: StoredRoom(new: record, text: text), policy: policy.named, limits: RoomLimits())
        texts = [plan.text]
        transcript = isLogging ? [] : nil
    }

    /// Runs a plan until all is quiet.
    ///
    /// - Returns: what was found to be wrong.
    static func failures(
        of plan: SimulationPlan, _ policy: Policy, keepsViews: Bool = true
    ) throws -> [String] {
        let simulation = try WholeTextSimulation(plan, policy, keepsViews: keepsViews)
        simulation.run()
        return simulation.failures
    }

    func run() {
        log { "room r0 \(plan.text.quoted)" }
        clients = plan.clients.map(NaiveClient.init)
        for client in clients { play(client) }
        if !plan.changes.isEmpty {
            let author = ChangeAuthor(plan.changeLatency)
            changeAuthor = author
            open(author.connection)
            for key in plan.changes { schedule(at: key.time) { author.type(key, in: self) } }
        }
        for key in plan.patches { schedule(at: key.time) { self.patch(key) } }
        drain()
        if plan.hasCoda {
            for (index, client) in clients.enumerated() {
                client.type(SimulationPlan.Key(number: 900 + index, time: 0, random: UInt64(index)), in: self)
                drain()
            }
        }
        check()
        // The events hold the simulation.
        events.removeAll()
    }

    private func play(_ client: NaiveClient) {
        schedule(at: client.plan.start) { client.connect(in: self) }
        for key in client.plan.keys { schedule(at: key.time) { client.type(key, in: self) } }
        for reconnect in client.plan.reconnects {
            schedule(at: reconnect.time) { client.reconnect(reconnect, in: self) }
        }
    }

    // MARK: Time

    func log(_ line: () -> String) {
        if transcript != nil { transcript?.append("\(now - 10_000) \(line())") }
    }

    private func schedule(at time: Int, _ action: @escaping () -> Void) {
        schedule(after: 10_000 + time - now, action)
    }

    func schedule(after delay: Int, _ action: @escaping () -> Void) {
        let time = now + max(delay, 0)
        eventCount += 1
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].time > time { low = middle + 1 } else { high = middle }
        }
        events.insert((time, eventCount, action), at: low)
    }

    private func drain() {
        while !isStorm, let event = events.popLast() {
            now = event.time
            event.action()
        }
    }

    private var deadline: NIODeadline { .uptimeNanoseconds(UInt64(now) * 1_000_000) }

    // MARK: Connections

    func open(_ connection: SimulatedConnection) {
        sendUp(.open, on: connection)
    }

    func close(_ connection: SimulatedConnection) {
        sendUp(.close, on: connection)
        connection.isOpen = false
    }

    func sendUp(_ request: SimulatedConnection.Request, on connection: SimulatedConnection) {
        let time = connection.upward.send(at: now, using: &connection.random)
        schedule(after: time - now) {
            connection.upward.didArrive()
            self.receive(request, on: connection)
        }
    }

    /// Sends messages that arrive together.
    private func sendDown(_ messages: SimulatedConnection.Message..., on connection: SimulatedConnection) {
        let time = connection.downward.send(at: now, using: &connection.random)
        schedule(after: time - now) {
            connection.downward.didArrive()
            for message in messages where connection.isOpen { connection.client?.receive(message, in: self) }
        }
    }

    // MARK: The room's end

    private func receive(_ request: SimulatedConnection.Request, on connection: SimulatedConnection) {
        switch request {
        case .open:
            guard (try? state.join(connection.id)) != nil else { return failures.append("the room is full") }
            connections.append(connection)
            joinCount += 1
            sendDown(.opened, on: connection)
            sendText(to: connection)
        case .close:
            connections.removeAll { $0 === connection }
            state.leave(connection.id)
        case .pong(let payload):
            connection.receipts.didAnswer(payload) { deadline }
            askLater(connection)
        case .text(let text, let typings):
            note(typings, by: connection.author)
            receive(text, typings, from: connection)
        case .change(let change, let revision, let typing, let number):
            note([typing], by: connection.author)
            receive(change, on: revision, number, from: connection)
        }
    }

    private func receive(_ text: [UInt16], _ typings: [Typing], from connection: SimulatedConnection) {
        let receipt = connection.receipts.receipt(now: deadline)
        log { "    room r\(state.revision) reads \(connection.id) \(typings.map(\.name)) \(receipt.summary)" }
        let submission = Submission(
            content: .text(TextBuffer(units: text)), base: keepsViews ? .inferred(receipt) : .newest)
        let author = keepsViews ? connection.id : ClientID("\(connection.id) unseen")
        switch take(submission, as: author, except: connection) {
        case .committed(_, let hasText), .unchanged(let hasText):
            if !hasText { showText(to: connection) }
        case .repeated:
            break
        case .refused(let refusal):
            if policy == .merge { failures.append("\(typings.map(\.name)) refused: \(refusal.reason)") }
            showText(to: connection)
        }
    }

    private func receive(
        _ change: TextChange, on revision: Revision, _ number: Int, from connection: SimulatedConnection
    ) {
        let submission = Submission(
            id: EditID("\(number)"), content: .changes(change.replacements), base: .revision(revision))
        switch take(submission, as: connection.id, except: connection) {
        case .committed(let change, let hasText):
            sendDown(.taken(change.revision), on: connection)
            if !hasText { showText(to: connection) }
        case .unchanged(let hasText):
            sendDown(.taken(state.revision), on: connection)
            if !hasText { showText(to: connection) }
        case .repeated(let revision):
            sendDown(.taken(revision), on: connection)
        case .refused:
            if policy == .merge { failures.append("a change of \(connection.id) was refused") }
            sendDown(.refused, on: connection)
        }
    }

    private func take(
        _ submission: Submission, as author: ClientID, except connection: SimulatedConnection?
    ) -> EditOutcome {
        let outcome = state.receive(submission, from: author, at: Timestamp(milliseconds: Int64(now)))
        guard case .committed(let change, _) = outcome else {
            log { "    room r\(state.revision) \(outcome.isUnchanged ? "unchanged" : "refused")" }
            return outcome
        }
        let text = state.text[0..<state.text.count]
        texts.append(text)
        log { "    room r\(state.revision) \(text.quoted)" }
        if state.revision.rawValue > 25 * keyCount + 200 { storm("\(state.revision) revisions for \(keyCount) keys") }
        for other in connections where other !== connection {
            if other.sendsTexts {
                sendText(to: other)
            } else {
                sendDown(.change(change.change, change.revision), on: other)
            }
        }
        return outcome
    }

    /// Sends an author the newest text, instead of all that it may have missed.
    private func showText(to connection: SimulatedConnection) {
        state.didShowText(to: connection.id)
        sendText(to: connection)
    }

    /// Sends the newest text, with a question before it.
    private func sendText(to connection: SimulatedConnection) {
        textCount += 1
        if textCount > (plan.clients.count + 1) * (25 * keyCount + 400) {
            storm("\(textCount) texts for \(keyCount) keys")
        }
        lastTextSent[connection.author] = arrivalCount
        let text = SimulatedConnection.Message.text(state.text[0..<state.text.count], state.revision)
        if let question = connection.receipts.willSend(state.revision, now: { deadline }) {
            sendDown(.ping(question), text, on: connection)
        } else {
            sendDown(text, on: connection)
        }
        askLater(connection)
    }

    private func askLater(_ connection: SimulatedConnection) {
        guard !connection.hasLateQuestion, let due = connection.receipts.questionDue else { return }
        connection.hasLateQuestion = true
        schedule(after: Int((due.uptimeNanoseconds + 999_999) / 1_000_000) - now) {
            connection.hasLateQuestion = false
            guard connection.isOpen else { return }
            if let question = connection.receipts.overdueQuestion(now: self.deadline) {
                self.sendDown(.ping(question), on: connection)
            }
            self.askLater(connection)
        }
    }

    /// Somebody who is not in the room reads it, thinks, and sends a change of what it has read.
    private func patch(_ key: SimulationPlan.Key) {
        let text = state.text
        let revision = state.revision
        let units = text[0..<text.count]
        let typing = Typing(key, by: "p", after: nil, in: units, ShownForm())
        schedule(after: Int(key.random % 500)) {
            self.note([typing], by: "p")
            let content: Submission.Content =
                key.random % 3 == 0
                ? .text(TextBuffer(units: typing.applied(to: units)))
                : .changes([TextChange.Replacement(typing.range, insert: typing.insert)])
            self.log { "    patch \(typing.name) on r\(revision)" }
            let submission = Submission(content: content, base: .revision(revision))
            guard case .refused = self.take(submission, as: ClientID("p"), except: nil) else { return }
            self.fates[typing.name]?.isRefused = true
            if self.policy == .merge { self.failures.append("the patch \(typing.name) was refused") }
        }
    }

    // MARK: Checks

    /// The texts that a client may show that has read what it was sent.
    var newestTexts: ArraySlice<[UInt16]> { texts.suffix(5) }

    private func note(_ typings: [Typing], by author: String) {
        arrivalCount += 1
        if !typings.isEmpty { keyCount += 1 }
        for typing in typings {
            fates[typing.name] = Fate(author: author, isDeletion: typing.isDeletion, arrival: arrivalCount)
        }
    }

    private func storm(_ failure: String) {
        guard !isStorm else { return }
        isStorm = true
        failures.append("storm: \(failure)")
    }

    private func check() {
        guard !isStorm else { return }
        let text = state.text[0..<state.text.count]
        let counts = text.nameCounts
        for (name, fate) in fates.sorted(by: { $0.key < $1.key }) where !fate.isDeletion {
            check(name, fate, count: counts[name] ?? 0)
        }
        for name in Set(plan.text.nameCounts.keys).sorted() {
            let isDeleted = fates[name]?.isDeletion ?? false
            let count = counts[name] ?? 0
            let isExpected = isDeleted ? count == 0 || (policy == .versionChecked && count == 1) : count == 1
            if !isExpected { failures.append("\(name), \(isDeleted ? "deleted" : "kept"), stands \(count) times") }
        }
        for client in clients {
            guard let screen = client.screen else { return failures.append("\(client.plan.name) shows nothing") }
            let form = client.plan.form
            if form.applied(to: screen) != form.applied(to: text) {
                failures.append("\(client.plan.name) (\(form)) shows \(screen.quoted), the room is \(text.quoted)")
            }
        }
        if let changeAuthor, changeAuthor.text != state.text {
            failures.append("v1 shows \(changeAuthor.text.description.debugDescription), the room is \(text.quoted)")
        }
        checkBounds()
    }

    private func check(_ name: String, _ fate: Fate, count: Int) {
        if count == 1 { return }
        if policy == .versionChecked, count == 0 {
            let wasTaken = texts.contains { $0.nameCounts[name] != nil }
            if wasTaken { failures.append("\(name) was taken, and is gone") }
            let isTold = fate.isRefused || (lastTextSent[fate.author] ?? 0) >= fate.arrival
            if !isTold || fate.author == "v1" {
                failures.append("\(name) is not taken, and its author was told nothing")
            }
        } else {
            failures.append("\(name) stands \(count) times")
        }
    }

    /// Clients that send back what they receive must not keep a room busy.
    private func checkBounds() {
        let mayRewrite = clients.contains { $0.plan.echoes && !$0.plan.form.isVerbatim }
        let most = mayRewrite ? 25 * keyCount : 2 * keyCount + 3
        let revisions = state.revision.rawValue
        if revisions > most { failures.append("\(revisions) revisions for \(keyCount) keys") }
        let mostTexts = (clients.count + 1) * (revisions + keyCount + joinCount) * 2
        if textCount > mostTexts {
            failures.append("\(textCount) texts for \(revisions) revisions and \(keyCount) keys")
        }
    }
}

extension ReadReceipt {
    fileprivate var summary: String {
        let revisions = [("from", from), ("read", read), ("upTo", upTo)].compactMap { name, revision in
            revision.map { "\(name) \($0)" }
        }
        return (revisions + (hasUnread ? ["unread"] : [])).joined(separator: ", ")
    }
}

extension [UInt16] {
    /// How often each token and each piece of the first text stands in a text.
    fileprivate var nameCounts: [String: Int] {
        let ranges = names(between: "«", and: "»") + names(between: "‹", and: "›")
        return ranges.reduce(into: [:]) { $0[String(decoding: self[$1], as: UTF16.self), default: 0] += 1 }
    }
}
