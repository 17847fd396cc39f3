import LoadClient

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

    let server: ServerAddress
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
        var arguments = try Arguments(arguments)
        server = try arguments.server()
        rooms = try arguments.number("rooms", default: 1)
        members = try arguments.number("members", default: 2, atLeast: 2)
        writers = min(try arguments.number("writers", default: 2), members)
        window = try arguments.number("window", default: 1)
        document = try arguments.number("document", default: 0, atLeast: 0)
        replicas = try arguments.number("replicas", default: 0, atLeast: 0)
        warmup = try arguments.number("warmup", default: 2, atLeast: 0)
        seconds = try arguments.number("seconds", default: 10)
        pid = try arguments.number(ifPresent: "pid")
        guard let dialect = Dialect(rawValue: arguments.word("dialect") ?? "seed") else {
            throw LoadError("--dialect is seed or change")
        }
        self.dialect = dialect
        switch arguments.word("mode") {
        case "saturate": mode = .saturate
        case "fixed": mode = .fixed(rate: try arguments.number("rate"))
        default: throw LoadError("--mode is saturate or fixed")
        }
        // An edit of one letter has no room for the time when it was sent, and there is one in flight at the most.
        if dialect == .change, isPaced || window > 1 {
            throw LoadError("--dialect change goes with --mode saturate and --window 1")
        }
        try arguments.finish()
    }
}
