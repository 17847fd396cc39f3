import ArgumentParser
import ConfigFile

/// `pairloom check-config`
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the configuration without starting anything.",
        discussion:
            "Exits with 0 when it is in order, and with 78 and one line that says where and what when it is not.")

    @OptionGroup var config: ConfigurationFlag

    func run() async throws {
        try await reportingFailure {
            let configuration = try config.load()
            print("\(configuration.source ?? "The built-in configuration") is in order.")
            for (kind, choices) in [
                ("storage", [configuration.storage]), ("autocomplete", configuration.autocomplete),
                ("conflict", [configuration.conflict]),
            ] {
                let names = choices.map(\.name).joined(separator: ", ")
                print("  \(kind): \(names)\(choices.first?.reason.map { " (\($0))" } ?? "")")
            }
        }
    }
}
