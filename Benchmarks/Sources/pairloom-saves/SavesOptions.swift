import LoadClient

/// What the generator is asked to do, from the command line.
struct SavesOptions: Sendable {
    /// When a writer types its next letter.
    enum Mode: Sendable {
        /// As soon as the last one is acknowledged.
        case saturate
        /// By the clock, so many times a second over all rooms, whatever the server does.
        case fixed(rate: Int)
    }

    static let usage = """
        usage: pairloom-saves --port PORT --rooms ROOM,ROOM,… --mode saturate|fixed [--host ADDRESS]
                              [--rate EDITS_PER_SECOND] [--warmup SECONDS] [--seconds SECONDS] [--edits N]
                              [--pid SERVER_PROCESS]

        One writer types in each of the rooms. With --edits, each of them makes so many edits, and the run ends when the
        last one is saved.
        """

    let server: ServerAddress
    let mode: Mode
    /// The rooms to type in.
    let rooms: [String]
    let warmup: Int
    let seconds: Int
    /// After how many edits each writer stops; nil to go by the clock.
    let edits: Int?
    /// The process whose CPU time is charged to the edits.
    let pid: Int?

    init(arguments: [String]) throws(LoadError) {
        var arguments = try Arguments(arguments)
        server = try arguments.server()
        rooms = arguments.word("rooms").map { $0.split(separator: ",").map(String.init) } ?? []
        guard !rooms.isEmpty else { throw LoadError("--rooms is missing") }
        warmup = try arguments.number("warmup", default: 2, atLeast: 0)
        seconds = try arguments.number("seconds", default: 10)
        edits = try arguments.number(ifPresent: "edits")
        pid = try arguments.number(ifPresent: "pid")
        switch arguments.word("mode") {
        case "saturate": mode = .saturate
        case "fixed": mode = .fixed(rate: try arguments.number("rate"))
        default: throw LoadError("--mode is saturate or fixed")
        }
        try arguments.finish()
    }
}
