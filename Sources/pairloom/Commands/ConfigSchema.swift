import ArgumentParser
import Wire

/// `pairloom config-schema`
struct ConfigSchema: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config-schema",
        abstract: "Print what config.yaml may say, as a JSON Schema for editors.",
        discussion: """
            With the providers of the plugins that config.yaml names. Editors find the schema by the first line of the file: \
            # yaml-language-server: $schema=config.schema.json
            """)

    @OptionGroup var config: ConfigurationFlag

    func run() async throws {
        try await reportingFailure {
            let (_, schema) = try config.source.loadPlugins()
            print(ConfigurationJSONSchema(schema: schema).document.indented)
        }
    }
}
