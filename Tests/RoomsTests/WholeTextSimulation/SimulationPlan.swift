import TestSupport

/// What happens in a round of the simulation, as far as it does not depend on what happened before.
///
/// What nobody could tell is left out:
/// - Tokens have so little in common that to insert one is always less than to turn one into another. Two words of equal
///   letters that two people type at one place at one time would be one word, or two.
/// - A client loses its connection only while it shows a text that the room has had. What it has typed on a text of its own,
///   which went with the connection, has no base any more.
/// - Nobody types between opening a connection and sending what was queued before.
/// - No room is empty at first: a text that keeps nothing may be typed on an empty one, or replace what was just read.
/// - A text has CR as its line end or others, never both: to strip blanks between CR and LF makes one line end of two.
struct SimulationPlan: Sendable {
    var text: [UInt16]
    var clients: [Client]
    /// The keys of the client that sends changes.
    var changes: [Key]
    /// Patches of somebody who is not in the room.
    var patches: [Key]
    var changeLatency: Latency
    /// Whether each client types once more after all is quiet.
    var hasCoda: Bool

    /// Something that is typed. What it is depends on the text that is then shown, and on `random`.
    struct Key: Sendable {
        let number: Int
        /// In milliseconds since the beginning.
        let time: Int
        let random: UInt64
    }

    /// A client that sends whole texts.
    struct Client: Sendable {
        let name: String
        var form: ShownForm
        /// Whether it sends back what it shows after it received something.
        var echoes: Bool
        var latency: Latency
        let start: Int
        var keys: [Key]
        var reconnects: [Reconnect]
    }

    /// In milliseconds, each way.
    struct Latency: Sendable {
        let down: Int
        let up: Int
        /// By how much a message may be later.
        let jitter: Int
        let random: UInt64
    }

    struct Reconnect: Sendable {
        let time: Int
        let away: Int
        /// How long after the connection opened the queue is sent: at once, before anything was read, or later.
        let flushDelay: Int
        /// Whether each queued text is sent, or only the last.
        let sendsEach: Bool
        var keys: [Key]
    }

    init(seed: UInt64) {
        // The generators of seeds that follow each other have most of their numbers in common, but for the first.
        var first = SeededGenerator(seed: seed)
        var random = SeededGenerator(seed: first.next())
        text = Self.text(using: &random)
        let span = Int.random(in: 800...2_500, using: &random)
        clients = (1...Int.random(in: 2...4, using: &random)).map { index in
            Client("c\(index)", span: span, using: &random)
        }
        changes = Bool.random(using: &random) ? Self.keys(1...8, within: span, using: &random) : []
        patches = Int.random(in: 0..<3, using: &random) == 0 ? Self.keys(1...4, within: span, using: &random) : []
        changeLatency = Latency(using: &random)
        hasCoda = Int.random(in: 0..<4, using: &random) == 0
    }

    fileprivate static func keys(
        _ count: ClosedRange<Int>, within span: Int, after start: Int = 0, using random: inout SeededGenerator
    ) -> [Key] {
        let pause = [60, 120, 250, 500].randomElement(using: &random) ?? 60
        var time = start + Int.random(in: 0...600, using: &random)
        var keys: [Key] = []
        for number in 1...Int.random(in: count, using: &random) where time < start + span {
            keys.append(Key(number: number, time: time, random: random.next()))
            time += Int.random(in: 0...2 * pause, using: &random)
        }
        return keys
    }

    private static func text(using random: inout SeededGenerator) -> [UInt16] {
        let words = [
            "if", "x = 1", "return", "caf\u{E9}", "cafe\u{301}", "foo(bar)", "a\u{A0}b", "over\tthere", "end",
            "\u{1D4B3}", "}",
        ]
        let lineEnds =
            [["\n"], ["\n"], ["\n"], ["\r\n"], ["\r\n"], ["\r"], ["\n", "\r\n"]].randomElement(using: &random) ?? []
        let indents =
            [["", "\t", "\t\t"], ["", "    "], ["", "  ", "\t", "    "]].randomElement(using: &random) ?? []
        var text = Int.random(in: 0..<10, using: &random) == 0 ? "\u{FEFF}" : ""
        let count = [1, 2, 3, 5, 8, 12].randomElement(using: &random) ?? 1
        for number in 0..<count {
            if number > 0, Int.random(in: 0..<7, using: &random) == 0 {
                if Bool.random(using: &random) { text += "  " }
            } else {
                text += (indents.randomElement(using: &random) ?? "") + "‹v\(number)›"
                while Bool.random(using: &random) { text += " " + (words.randomElement(using: &random) ?? "") }
                if Int.random(in: 0..<7, using: &random) == 0 {
                    text += [" ", "  ", "\t"].randomElement(using: &random) ?? ""
                }
            }
            if number < count - 1 || Int.random(in: 0..<3, using: &random) > 0 {
                text += lineEnds.randomElement(using: &random) ?? ""
            }
        }
        return Array(text.utf16)
    }
}

extension SimulationPlan.Client {
    fileprivate init(_ name: String, span: Int, using random: inout SeededGenerator) {
        self.name = name
        form = .random(using: &random)
        echoes = Int.random(in: 0..<4, using: &random) == 0
        latency = SimulationPlan.Latency(using: &random)
        start = Int.random(in: 0..<3, using: &random) > 0 ? 0 : Int.random(in: 0...800, using: &random)
        keys = SimulationPlan.keys(1...8, within: span, after: start, using: &random)
        reconnects = []
        guard Int.random(in: 0..<3, using: &random) == 0 else { return }
        let isLate = !echoes && Bool.random(using: &random)
        let queued = SimulationPlan.keys(1...3, within: span, using: &random).map { key in
            SimulationPlan.Key(number: key.number + 100, time: key.time, random: key.random)
        }
        reconnects.append(
            SimulationPlan.Reconnect(
                time: Int.random(in: 300...span, using: &random), away: Int.random(in: 50...1_500, using: &random),
                flushDelay: isLate ? 300 : 0, sendsEach: Bool.random(using: &random), keys: queued))
    }
}

extension SimulationPlan.Latency {
    fileprivate init(using random: inout SeededGenerator) {
        let latencies = [1, 1, 2, 5, 10, 20, 40, 80, 120, 200, 300, 400]
        down = latencies.randomElement(using: &random) ?? 1
        up = latencies.randomElement(using: &random) ?? 1
        jitter = Int.random(in: 0..<3, using: &random) == 0 ? (down + up) / 4 : 0
        self.random = random.next()
    }
}

extension SimulationPlan {
    /// Plans that leave out one thing of this one.
    var smaller: [SimulationPlan] {
        var plans: [SimulationPlan] = []
        func add(_ edit: (inout SimulationPlan) -> Void) {
            var plan = self
            edit(&plan)
            plans.append(plan)
        }
        for index in clients.indices { add { $0.clients.remove(at: index) } }
        if hasCoda { add { $0.hasCoda = false } }
        for index in patches.indices { add { $0.patches.remove(at: index) } }
        for index in changes.indices { add { $0.changes.remove(at: index) } }
        for (index, client) in clients.enumerated() {
            for key in client.keys.indices { add { $0.clients[index].keys.remove(at: key) } }
            if !client.reconnects.isEmpty { add { $0.clients[index].reconnects.removeAll() } }
            for reconnect in client.reconnects.indices {
                for key in client.reconnects[reconnect].keys.indices {
                    add { $0.clients[index].reconnects[reconnect].keys.remove(at: key) }
                }
            }
            if client.echoes { add { $0.clients[index].echoes = false } }
            for aspect in client.form.aspects {
                add { $0.clients[index].form = ShownForm(client.form.aspects.filter { $0 != aspect }) }
            }
        }
        let lines = text.lines.map { Array($0.content + $0.end) }.filter { !$0.isEmpty }
        for index in lines.indices { add { $0.text = Array((lines[..<index] + lines[(index + 1)...]).joined()) } }
        return plans
    }

    /// The smallest plan that still fails, or nearly.
    func shrunk(while fails: (SimulationPlan) -> Bool) -> SimulationPlan {
        var plan = self
        while let smaller = plan.smaller.first(where: fails) { plan = smaller }
        return plan
    }
}
