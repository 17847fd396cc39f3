import ArgumentParser

/// The command line.
@main
struct Pairloom: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairloom",
        abstract: "A server for real-time pair programming.",
        discussion: """
            Without a subcommand it serves. Every backend is chosen in config.yaml; without that file, everything has a \
            sensible default.
            """,
        version: Version.current,
        subcommands: [
            Serve.self, CheckConfig.self, PrintConfig.self, ReloadCommand.self, Providers.self, NewProvider.self,
            ConfigSchema.self, Migrate.self,
        ],
        defaultSubcommand: Serve.self)

    static func main() async {
        do {
            // Before anything else: the runtime's threads fail where no file can be opened.
            try OpenFiles.raiseLimit()
        } catch {
            exit(withError: error.report())
        }
        await main(nil)
    }
}

/// What this build calls itself.
enum Version {
    static let current = "0.1.0"
}
