/// What the generator is asked to do, from the command line.
struct LoadOptions: Sendable {
    /// How hard to press.
    enum Mode: Sendable {
        /// As fast as the server delivers: a writer sends its next message when enough of the last ones have arrived.
        case saturate
        /// This many messages a second, over all rooms, whatever the server does.
        case fixed(rate: Int)
    }

    /// What the members speak.
    enum Dialect: String, Sendable {
        /// Whole texts of 300 bytes.
        case seed
        /// One letter an edit.
        case change
    }

    static let usage = """
        usage: pairloom-load --port PORT --mode saturate|fixed [--host ADDRESS] [--dialect seed|change]
                             [--rooms R] [--members M] [--writers W] [--window K] [--rate MESSAGES_PER_SECOND]
                             [--document BYTES] [--replicas N]
                             [--warmup SECONDS] [--seconds SECONDS] [--pid SERVER_PROCESS]
        """

    let host: String
    let port: Int
    let mode: Mode
    let dialect: Dialect
    let rooms: Int
    /// Members of each room.
    let members: Int
    /// How many members of each room write; all of them receive.
    let writers: Int
    /// Under saturation: how many messages of one writer may be on their way at a time.
    let window: Int
    /// How long the text is that a room begins with.
    let document: Int
    /// In the change dialect: how many of all the writers use the client library, first of all one in each room.
    let replicas: Int
    let warmup: Int
    let seconds: Int
    /// The process whose CPU time is charged to the deliveries.
    let pid: Int?

    /// Whether the rate is given, so that latencies mean something.
    var isPaced: Bool {
        if case .fixed = mode { true } else { false }
    }

    /// Where a member sits in its room.
    func seat(of index: Int) -> Seat {
        Seat(number: index % members, writers: writers)
    }

    /// Whether a member uses the client library.
    func isReplica(_ index: Int) -> Bool {
        let seat = seat(of: index)
        return dialect == .change && seat.isWriter && seat.number * rooms + index / members < replicas
    }

    /// How many members receive a message.
    var audience: Int { members - 1 }

    init(arguments: [String]) throws(LoadError) {
        var values = try Self.values(of: arguments)
        host = values.removeValue(forKey: "host") ?? "127.0.0.1"
        port = try Self.number("port", from: &values)
        rooms = try Self.number("rooms", from: &values, default: 1)
        members = try Self.number("members", from: &values, default: 2, atLeast: 2)
        writers = min(try Self.number("writers", from: &values, default: 2), members)
        window = try Self.number("window", from: &values, default: 1)
        document = try Self.number("document", from: &values, default: 0, atLeast: 0)
        replicas = try Self.number("replicas", from: &values, default: 0, atLeast: 0)
        warmup = try Self.number("warmup", from: &values, default: 2, atLeast: 0)
        seconds = try Self.number("seconds", from: &values, default: 10)
        pid = values["pid"] == nil ? nil : try Self.number("pid", from: &values)
        guard let dialect = Dialect(rawValue: values.removeValue(forKey: "dialect") ?? "seed") else {
            throw LoadError("--dialect is seed or change")
        }
        self.dialect = dialect
        switch values.removeValue(forKey: "mode") {
        case "saturate": mode = .saturate
        case "fixed": mode = .fixed(rate: try Self.number("rate", from: &values))
        default: throw LoadError("--mode is saturate or fixed")
        }
        // An edit of one letter has no room for the time when it was sent, and there is one in flight at the most.
        if dialect == .change, isPaced || window > 1 {
            throw LoadError("--dialect change goes with --mode saturate and --window 1")
        }
        if let unknown = values.keys.sorted().first { throw LoadError("--\(unknown) means nothing here") }
    }

    /// The arguments as pairs of a name and a value.
    private static func values(of arguments: [String]) throws(LoadError) -> [String: String] {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard name.hasPrefix("--"), let value = rest.popFirst() else {
                throw LoadError("\(name) is no option with a value")
            }
            values[String(name.dropFirst(2))] = value
        }
        return values
    }

    private static func number(
        _ name: String, from values: inout [String: String], default: Int? = nil, atLeast minimum: Int = 1
    ) throws(LoadError) -> Int {
        guard let text = values.removeValue(forKey: name) else {
            guard let `default` else { throw LoadError("--\(name) is missing") }
            return `default`
        }
        guard let number = Int(text), number >= minimum else {
            throw LoadError("--\(name) is a whole number from \(minimum) on, not \(text)")
        }
        return number
    }
}
