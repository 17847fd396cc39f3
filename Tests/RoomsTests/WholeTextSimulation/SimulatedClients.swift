import CollabText
import NIOCore
import ProviderKit
import Rooms
import TestSupport

/// What is typed with one key.
struct Typing {
    let range: Range<Int>
    let insert: [UInt16]
    /// The token that the key inserts, or the piece of the first text that it deletes.
    let name: String
    let isDeletion: Bool

    /// - Parameter last: the token that the same person typed before.
    init(_ key: SimulationPlan.Key, by author: String, after last: String?, in text: [UInt16], _ form: ShownForm) {
        var random = SeededGenerator(seed: key.random)
        let pieces = text.names(between: "‹", and: "›")
        if Int.random(in: 0..<10, using: &random) == 0, let piece = pieces.randomElement(using: &random) {
            (range, insert, isDeletion) = (piece, [], true)
            name = String(decoding: text[piece], as: UTF16.self)
            return
        }
        let letters = (0..<6).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement(using: &random) ?? "a" }
        name = "«\(author)-\(key.number)-\(String(letters))»"
        isDeletion = false
        var place = Self.place(after: last, in: text, using: &random)
        let indentation = form.indentation(Int.random(in: 0...2, using: &random), usesTabs: .random(using: &random))
        let splitsLines = Int.random(in: 0..<4, using: &random) == 0
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            if !splitsLines { place = text.lineEnd(at: place) }
            insert = form.lineEnd(in: text) + indentation + Array(name.utf16)
        case 1:
            if !splitsLines { place = text.lineStart(at: place) }
            insert = indentation + Array(name.utf16) + form.lineEnd(in: text)
        default:
            insert = Array(name.utf16)
        }
        range = place..<place
    }

    private static func place(
        after last: String?, in text: [UInt16], using random: inout SeededGenerator
    ) -> Int {
        let gaps = text.gaps
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return gaps.last ?? 0
        case 1: return gaps.first ?? 0
        case 2, 3:
            // Near what was typed before.
            guard let last, let range = text.firstRange(of: Array(last.utf16)) else { break }
            let near = gaps.filter { $0 >= range.lowerBound - 20 && $0 <= range.upperBound + 30 }
            return near.randomElement(using: &random) ?? 0
        default: break
        }
        return gaps.randomElement(using: &random) ?? 0
    }

    func applied(to text: [UInt16]) -> [UInt16] {
        text[..<range.lowerBound] + insert + text[range.upperBound...]
    }
}

/// Somebody with a connection to the room.
protocol SimulatedClient: AnyObject {
    func type(_ key: SimulationPlan.Key, in simulation: WholeTextSimulation)
    func receive(_ message: SimulatedConnection.Message, in simulation: WholeTextSimulation)
}

/// A client that shows what it is sent, types in that, and sends all of what it then shows.
final class NaiveClient: SimulatedClient {
    let plan: SimulationPlan.Client
    private(set) var connection: SimulatedConnection?
    /// Nil until it was sent a text.
    private(set) var screen: [UInt16]?
    /// Whether it shows what it was sent.
    private var isClean = false
    private var lastToken: String?
    /// What was typed while there was no connection.
    private var queue: [(text: [UInt16], typing: Typing)] = []
    private var isOffline = true
    private var flush: SimulationPlan.Reconnect?
    private var connectionCount = 0

    init(_ plan: SimulationPlan.Client) {
        self.plan = plan
    }

    func connect(in simulation: WholeTextSimulation) {
        connectionCount += 1
        let id = ClientID("\(plan.name)#\(connectionCount)")
        let connection = SimulatedConnection(id, of: self, plan.latency, sendsTexts: true)
        self.connection = connection
        simulation.open(connection)
    }

    func type(_ key: SimulationPlan.Key, in simulation: WholeTextSimulation) {
        guard let screen, flush == nil || isOffline else { return }
        let typing = Typing(key, by: plan.name, after: lastToken, in: screen, plan.form)
        let text = typing.applied(to: screen)
        self.screen = text
        isClean = false
        if !typing.isDeletion { lastToken = typing.name }
        if isOffline {
            queue.append((text, typing))
        } else {
            send(text, [typing], in: simulation)
        }
    }

    private func send(_ text: [UInt16], _ typings: [Typing], in simulation: WholeTextSimulation) {
        guard let connection else { return }
        simulation.log { "\(plan.name) sends \(typings.map(\.name)) \(text.quoted)" }
        simulation.sendUp(.text(text, typings), on: connection)
    }

    func receive(_ message: SimulatedConnection.Message, in simulation: WholeTextSimulation) {
        guard let connection else { return }
        switch message {
        case .opened:
            isOffline = false
            guard let flush else { break }
            if flush.flushDelay == 0 {
                sendQueue(in: simulation)
            } else {
                simulation.schedule(after: flush.flushDelay) { self.sendQueue(in: simulation) }
            }
        case .ping(let payload):
            simulation.sendUp(.pong(payload), on: connection)
        case .text(let text, let revision):
            let shown = plan.form.applied(to: text)
            simulation.log { "\(plan.name) shows r\(revision) \(shown == screen ? "as before" : shown.quoted)" }
            screen = shown
            isClean = true
            if plan.echoes { send(shown, [], in: simulation) }
        case .change, .taken, .refused:
            break
        }
    }

    /// Leaves when it shows a text of the room, sooner or later, and comes back with what it typed meanwhile.
    func reconnect(_ reconnect: SimulationPlan.Reconnect, attempts: Int = 60, in simulation: WholeTextSimulation) {
        guard !isOffline, flush == nil, let connection, let screen else { return }
        let isKnown =
            connection.upward.isEmpty && simulation.newestTexts.contains { plan.form.applied(to: $0) == screen }
        guard isClean || isKnown else {
            guard attempts > 0 else { return }
            simulation.schedule(after: 25) { self.reconnect(reconnect, attempts: attempts - 1, in: simulation) }
            return
        }
        simulation.log { "\(plan.name) leaves" }
        isOffline = true
        flush = reconnect
        simulation.close(connection)
        for key in reconnect.keys { type(key, in: simulation) }
        simulation.schedule(after: reconnect.away) { self.connect(in: simulation) }
    }

    private func sendQueue(in simulation: WholeTextSimulation) {
        let sendsEach = flush?.sendsEach ?? false
        flush = nil
        guard let last = queue.last else { return }
        screen = last.text
        isClean = false
        if sendsEach {
            for (text, typing) in queue { send(text, [typing], in: simulation) }
        } else {
            send(last.text, queue.map(\.typing), in: simulation)
        }
        queue.removeAll()
    }
}

/// A client that sends changes of a revision that it tells, one at a time, and transforms them as the room does.
final class ChangeAuthor: SimulatedClient {
    let name = "v1"
    let connection: SimulatedConnection
    private(set) var text = TextBuffer()
    private var revision: Revision?
    private var pending: (change: TextChange, typing: Typing, number: Int)?
    private var waiting: [SimulationPlan.Key] = []
    private var lastToken: String?
    private var sentCount = 0

    init(_ latency: SimulationPlan.Latency) {
        let connection = SimulatedConnection(ClientID(name), latency, sendsTexts: false)
        self.connection = connection
        connection.client = self
    }

    func type(_ key: SimulationPlan.Key, in simulation: WholeTextSimulation) {
        waiting.append(key)
        typeNext(in: simulation)
    }

    private func typeNext(in simulation: WholeTextSimulation) {
        guard pending == nil, revision != nil, !waiting.isEmpty else { return }
        let key = waiting.removeFirst()
        let typing = Typing(key, by: name, after: lastToken, in: text[0..<text.count], ShownForm())
        if !typing.isDeletion { lastToken = typing.name }
        let replacement = TextChange.Replacement(typing.range, insert: typing.insert)
        guard let change = try? TextChange(baseLength: text.count, replacements: [replacement]) else { return }
        send(change, typing, in: simulation)
    }

    private func send(_ change: TextChange, _ typing: Typing, in simulation: WholeTextSimulation) {
        guard let revision else { return }
        // Somebody else has deleted the same.
        if change.isIdentity {
            pending = nil
            return
        }
        sentCount += 1
        pending = (change, typing, sentCount)
        simulation.log { "v1 sends \(typing.name) on r\(revision)" }
        simulation.sendUp(.change(change, on: revision, typing, number: sentCount), on: connection)
    }

    func receive(_ message: SimulatedConnection.Message, in simulation: WholeTextSimulation) {
        switch message {
        case .opened, .ping:
            return
        case .text(let text, let revision):
            self.text = TextBuffer(units: text)
            self.revision = revision
            pending = nil
        case .change(let change, let revision):
            text.apply(change)
            self.revision = revision
            if let pending { self.pending?.change = pending.change.transformed(over: change) }
        case .taken(let revision):
            guard let pending else { return }
            if let current = self.revision, revision > current {
                text.apply(pending.change)
                self.revision = revision
            }
            self.pending = nil
        case .refused:
            // It has been told all that it had missed.
            if let pending { send(pending.change, pending.typing, in: simulation) }
        }
        typeNext(in: simulation)
    }
}

/// A connection, seen from both of its ends: what is on its way each way arrives in order.
final class SimulatedConnection {
    /// What a client is sent.
    enum Message {
        case opened
        case ping(ByteBuffer)
        case text([UInt16], Revision)
        case change(TextChange, Revision)
        case taken(Revision)
        case refused
    }

    /// What a client sends.
    enum Request {
        case open
        case close
        case pong(ByteBuffer)
        case text([UInt16], [Typing])
        case change(TextChange, on: Revision, Typing, number: Int)
    }

    /// What is on its way.
    struct Pipe {
        let latency: Int
        let jitter: Int
        private var latest = 0
        private var count = 0

        init(latency: Int, jitter: Int) {
            (self.latency, self.jitter) = (latency, jitter)
        }

        var isEmpty: Bool { count == 0 }

        /// - Returns: when it arrives.
        mutating func send(at now: Int, using random: inout SeededGenerator) -> Int {
            count += 1
            latest = max(latest, now + latency + (jitter > 0 ? Int.random(in: 0...jitter, using: &random) : 0))
            return latest
        }

        mutating func didArrive() { count -= 1 }
    }

    let id: ClientID
    weak var client: (any SimulatedClient)?
    let sendsTexts: Bool
    var upward: Pipe
    var downward: Pipe
    var random: SeededGenerator
    /// Whether the client has not gone.
    var isOpen = true
    /// What the room's end knows of what was read.
    var receipts: ReadReceipts
    var hasLateQuestion = false

    init(
        _ id: ClientID, of client: (any SimulatedClient)? = nil, _ latency: SimulationPlan.Latency, sendsTexts: Bool
    ) {
        self.id = id
        self.client = client
        self.sendsTexts = sendsTexts
        upward = Pipe(latency: latency.up, jitter: latency.jitter)
        downward = Pipe(latency: latency.down, jitter: latency.jitter)
        random = SeededGenerator(seed: latency.random)
        receipts = ReadReceipts(isAsking: sendsTexts)
    }

    /// Who is behind the connection, whichever of its connections it is.
    var author: String { String(id.rawValue.prefix { $0 != "#" }) }
}

extension [UInt16] {
    var quoted: String { String(decoding: self, as: UTF16.self).debugDescription }

    /// Where a person may type: not in a token, a line end or a composed character, nor before a byte order mark.
    fileprivate var gaps: [Int] {
        var gaps = first == ShownForm.Unit.mark ? [] : [0]
        var position = 0
        while position < count {
            position = atomEnd(at: position)
            gaps.append(position)
        }
        return gaps
    }

    private func atomEnd(at position: Int) -> Int {
        switch self[position] {
        case 0xAB: return (self[position...].firstIndex(of: 0xBB) ?? position) + 1
        case 0x2039: return (self[position...].firstIndex(of: 0x203A) ?? position) + 1
        case 0x0D where position + 1 < count && self[position + 1] == 0x0A: return position + 2
        case let unit:
            var end = position + (unit & 0xFC00 == 0xD800 ? 2 : 1)
            while end < count, (0x300..<0x370).contains(self[end]) { end += 1 }
            return Swift.min(end, count)
        }
    }

    /// Where names stand, with what is around them.
    func names(between opening: Character, and closing: Character) -> [Range<Int>] {
        guard let opening = opening.utf16.first, let closing = closing.utf16.first else { return [] }
        var ranges: [Range<Int>] = []
        var position = 0
        while let start = self[position...].firstIndex(of: opening),
            let end = self[start...].firstIndex(of: closing)
        {
            ranges.append(start..<end + 1)
            position = end + 1
        }
        return ranges
    }

    fileprivate func firstRange(of name: [UInt16]) -> Range<Int>? {
        names(between: "«", and: "»").first { self[$0].elementsEqual(name) }
    }

    fileprivate func lineEnd(at position: Int) -> Int {
        var end = self[position...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? count
        if end > 0, end < count, self[end] == 0x0A, self[end - 1] == 0x0D { end -= 1 }
        return end
    }

    fileprivate func lineStart(at position: Int) -> Int {
        let start = (self[..<position].lastIndex { $0 == 0x0A || $0 == 0x0D }).map { $0 + 1 } ?? 0
        return start == 0 && first == ShownForm.Unit.mark ? 1 : start
    }
}

extension Character {
    fileprivate var utf16: String.UTF16View { String(self).utf16 }
}
