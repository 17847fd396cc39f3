import NIOCore

/// What is counted between the end of the warm-up and the end of the run.
struct Measurement {
    /// What came of it.
    struct Result {
        let seconds: Double
        let deliveries: Int
        /// CPU time of the server in that time, of all its threads; nil when no process was named.
        let serverSeconds: Double?
        /// CPU time of the generator itself, to see which of the two was the limit.
        let generatorSeconds: Double?
        /// In ascending order.
        let latencies: [TimeAmount]
    }

    private let start = NIODeadline.now()
    private let server: ProcessTime?
    private let generator: ProcessTime
    private let keepsLatencies: Bool
    private var deliveries = 0
    private var latencies: [TimeAmount] = []

    init(pid: Int?, keepsLatencies: Bool) {
        self.server = pid.map { ProcessTime(process: String($0)) }
        self.generator = ProcessTime(process: "self")
        self.keepsLatencies = keepsLatencies
    }

    /// Counts one delivery.
    mutating func add(_ latency: TimeAmount) {
        deliveries += 1
        if keepsLatencies { latencies.append(latency) }
    }

    /// What was counted until now.
    func result() -> Result {
        Result(
            seconds: Double((NIODeadline.now() - start).nanoseconds) / 1e9,
            deliveries: deliveries,
            serverSeconds: server?.secondsSinceStart(),
            generatorSeconds: generator.secondsSinceStart(),
            latencies: latencies.sorted())
    }
}
