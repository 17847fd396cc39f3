import ArgumentParser

/// `pairloom print-config`
struct PrintConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print-config",
        abstract: "Print every setting that is in force, and where it comes from.",
        discussion: """
            Behind each value stands the line of the file, the environment variable (and whether it is of the environment or \
            of .env), or `default`. Secrets are shown as ***. Exits with 78 when the configuration is not in order.
            """)

    @OptionGroup var config: ConfigurationFlag

    func run() async throws {
        try await reportingFailure {
            for line in SettingsListing(configuration: try config.source.load()).lines { print(line) }
        }
    }
}
