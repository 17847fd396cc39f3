import Foundation
import Testing

/// Clients that send whole texts, at random: what they type is neither lost nor doubled, and all come to show the same.
///
/// A failing test names its seed as its argument; `PAIRLOOM_WHOLE_TEXT_SEED` runs that one alone and prints the smallest
/// plan that fails as it does. `PAIRLOOM_WHOLE_TEXT_ROUNDS` runs so many seeds.
@Suite struct WholeTextSimulationTests {
    @Test(arguments: seeds(30)) func mergingKeepsAllThatIsTyped(seed: UInt64) throws {
        try run(seed, .merge)
    }

    @Test(arguments: seeds(20)) func versionCheckingTakesOrTells(seed: UInt64) throws {
        try run(seed, .versionChecked)
    }

    /// The simulation finds what is wrong with a room that does not look for the text that was typed on.
    @Test func theNewestTextIsNoBase() throws {
        let failing = try (UInt64(1)...6).filter { seed in
            try WholeTextSimulation.failures(of: SimulationPlan(seed: seed), .merge, keepsViews: false)
                .contains { $0.hasPrefix("«") && $0.contains("stands") }
        }
        #expect(!failing.isEmpty)
    }

    private func run(_ seed: UInt64, _ policy: WholeTextSimulation.Policy) throws {
        let plan = SimulationPlan(seed: seed)
        let one = try WholeTextSimulation(plan, policy)
        one.run()
        let failures = one.failures
        guard !failures.isEmpty else { return }
        Issue.record("seed \(seed): \(failures.joined(separator: "; "))")
        guard Self.only != nil else { return }
        let smallest = plan.shrunk { plan in
            (try? WholeTextSimulation.failures(of: plan, policy).isEmpty) == false
        }
        let simulation = try WholeTextSimulation(smallest, policy, isLogging: true)
        simulation.run()
        let clients = smallest.clients.map { client in
            "\(client.name): \(client.form)\(client.echoes ? ", echoes" : ""), \(client.latency)"
        }
        print((clients + (simulation.transcript ?? []) + simulation.failures).joined(separator: "\n"))
    }

    private static let only = number(in: "PAIRLOOM_WHOLE_TEXT_SEED")

    private static func seeds(_ count: UInt64) -> [UInt64] {
        if let only { return [only] }
        return Array(1...(number(in: "PAIRLOOM_WHOLE_TEXT_ROUNDS") ?? count))
    }

    private static func number(in variable: String) -> UInt64? {
        ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
    }
}
