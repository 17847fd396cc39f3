import ArgumentParser
import ConfigFile
import ProviderKit

/// `pairloom check-config`
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the configuration, without serving.",
        discussion: """
            Reads the file, .env and the environment, and loads the plugins, whose options are checked like all others. With \
            --probe it also starts each provider that is chosen, as the server would: it connects to the store, and makes it \
            ready as at a first start; and it asks for a suggestion, so a wrong key or model of a service shows.

            Exits with 0 when the configuration is valid; warnings go to stderr and do not change that. Exits with 78 and \
            one line with the place and the problem when it is invalid, and with 69 when a probe fails.
            """)

    @OptionGroup var config: ConfigurationFlag

    @Flag(help: "Also connect to the store, and ask every provider of suggestions.")
    var probe = false

    func run() async throws {
        try await reportingFailure {
            let configuration = try config.source.load()
            for warning in configuration.warnings { StandardError.write("pairloom: warning: \(warning)\n") }
            describe(configuration)
            if probe { try await tryOut(configuration) }
        }
    }

    private func describe(_ configuration: Configuration) {
        print("\(configuration.source ?? "The built-in configuration") is in order.")
        for plugin in configuration.plugins { print("  plugin: \(plugin.path)") }
        for (kind, choices) in [
            ("storage", [configuration.storage]), ("autocomplete", configuration.autocomplete),
            ("conflict", [configuration.conflict]),
        ] {
            let names = choices.map(\.name).joined(separator: ", ")
            print("  \(kind): \(names)\(choices.first?.reason.map { " (\($0))" } ?? "")")
        }
    }

    private func tryOut(_ configuration: Configuration) async throws {
        LogOutput.start(configuration.log)
        // What a probe warns of is a part of its answer.
        if configuration.log.level == .error { LogOutput.setLevel(.warning) }
        print("Trying it:")
        var problems = 0
        for trial in Probe(configuration: configuration).trials {
            switch await trial.run() {
            case .works(let time):
                print("  \(trial.name): works (\(Int(time / .milliseconds(1))) ms)")
            case .fails(let problem):
                print("  \(trial.name): does not work: \(problem)")
                problems += 1
            }
        }
        guard problems == 0 else {
            let parts = problems == 1 ? "one part" : "\(problems) parts"
            throw Failure(message: "\(parts) of the configuration cannot be used", code: .unavailable)
        }
    }
}
