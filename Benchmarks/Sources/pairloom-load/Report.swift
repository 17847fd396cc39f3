import Foundation
import LoadClient

/// The result of a run, printed as one JSON object.
struct Report: Sendable, Encodable {
    let deliveriesPerSecond: Double
    /// CPU seconds of the server for a million deliveries.
    let cpuPerMillion: Double?
    /// How much of one core the server and the generator used: 1 is all of it.
    let serverLoad: Double?
    let generatorLoad: Double?
    /// Milliseconds from the time a message ought to be sent until a member has it; only at a fixed rate.
    let latencyP50: Double?
    let latencyP99: Double?
    let latencyMax: Double?
    /// Messages sent, warm-up included.
    let sent: Int
    /// Messages that the server answered with an error.
    let refused: Int
    /// Deliveries still on their way when the sending stopped.
    let backlog: Int
    /// Deliveries that had not arrived three seconds later.
    let missing: Int

    init(_ result: Tally.Result, backlog: Int, missing: Int, sent: Int, refused: Int) {
        self.deliveriesPerSecond = Double(result.count) / result.seconds
        self.cpuPerMillion = result.serverSecondsPerMillion
        self.serverLoad = result.serverLoad
        self.generatorLoad = result.generatorLoad
        self.latencyP50 = result.milliseconds(atQuantile: 0.5)
        self.latencyP99 = result.milliseconds(atQuantile: 0.99)
        self.latencyMax = result.milliseconds(atQuantile: 1)
        self.sent = sent
        self.refused = refused
        self.backlog = backlog
        self.missing = missing
    }

    /// The report as one line of JSON.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
