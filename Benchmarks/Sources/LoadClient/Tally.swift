package import NIOCore

/// What is counted between the end of the warm-up and the end of the run.
package struct Tally {
    /// What came of it.
    package struct Result {
        package let seconds: Double
        /// How much was added.
        package let count: Int
        /// CPU time of the server in that time, of all its threads; nil when no process was named.
        package let serverSeconds: Double?
        /// CPU time of the generator itself, to see which of the two was the limit.
        package let generatorSeconds: Double?
        /// In ascending order.
        package let latencies: [TimeAmount]

        /// CPU seconds of the server for a million of what was counted.
        package var serverSecondsPerMillion: Double? { serverSeconds.map { $0 * 1e6 / Double(max(count, 1)) } }

        /// How much of one core the server used: 1 is all of it.
        package var serverLoad: Double? { serverSeconds.map { $0 / seconds } }

        /// How much of one core the generator used.
        package var generatorLoad: Double? { generatorSeconds.map { $0 / seconds } }

        /// The latency that this share of all was not above, in milliseconds; nil when none was kept.
        package func milliseconds(atQuantile quantile: Double) -> Double? {
            guard !latencies.isEmpty else { return nil }
            return Double(latencies[Int(Double(latencies.count - 1) * quantile)].nanoseconds) / 1e6
        }
    }

    private let start = NIODeadline.now()
    private let server: ProcessTime?
    private let generator: ProcessTime
    private let keepsLatencies: Bool
    private var count = 0
    private var latencies: [TimeAmount] = []

    package init(pid: Int?, keepsLatencies: Bool) {
        self.server = pid.map { ProcessTime(process: String($0)) }
        self.generator = ProcessTime(process: "self")
        self.keepsLatencies = keepsLatencies
    }

    /// Counts one more.
    ///
    /// - Parameter latency: how long it took.
    package mutating func add(_ latency: TimeAmount) {
        count += 1
        if keepsLatencies { latencies.append(latency) }
    }

    /// What was counted until now.
    package func result() -> Result {
        Result(
            seconds: Double((NIODeadline.now() - start).nanoseconds) / 1e9,
            count: count,
            serverSeconds: server?.secondsSinceStart(),
            generatorSeconds: generator.secondsSinceStart(),
            latencies: latencies.sorted())
    }
}
