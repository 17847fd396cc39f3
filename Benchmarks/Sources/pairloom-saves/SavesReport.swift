import Foundation
import LoadClient

/// The result of a run, printed as one JSON object.
struct SavesReport: Sendable, Encodable {
    /// Edits that were saved in the measured time: the server said so, after the commit.
    let saved: Int
    let editsPerSecond: Double
    /// Milliseconds from the time an edit is sent, or ought to be, until its author knows that it is saved.
    let delayP50: Double?
    let delayP99: Double?
    let delayMax: Double?
    /// CPU seconds of the server for a million edits.
    let cpuPerMillion: Double?
    /// How much of one core the server and the generator used: 1 is all of it.
    let serverLoad: Double?
    let generatorLoad: Double?
    /// Edits that were not saved yet when the typing stopped.
    let backlog: Int
    /// Edits that were not saved ten seconds later.
    let missing: Int

    init(_ result: Tally.Result, backlog: Int, missing: Int) {
        self.saved = result.count
        self.editsPerSecond = Double(result.count) / result.seconds
        self.delayP50 = result.milliseconds(atQuantile: 0.5)
        self.delayP99 = result.milliseconds(atQuantile: 0.99)
        self.delayMax = result.milliseconds(atQuantile: 1)
        self.cpuPerMillion = result.serverSecondsPerMillion
        self.serverLoad = result.serverLoad
        self.generatorLoad = result.generatorLoad
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
