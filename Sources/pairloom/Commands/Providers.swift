import ArgumentParser
import ConfigFile

/// `pairloom providers`
struct Providers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the providers that config.yaml may name, or show all options of one.",
        discussion: "Those of the plugins that config.yaml names are among them.")

    @Argument(help: "The provider to show with its options and an example.")
    var name: String?

    @OptionGroup var config: ConfigurationFlag

    func run() async throws {
        try await reportingFailure {
            let (plugins, schema) = try config.source.loadPlugins()
            let files = [ProviderKey: String](plugins)
            if let name {
                try show(name, schema, files)
            } else {
                for line in ProviderTable(schema: schema, plugins: files).lines { print(line) }
                print("\n`pairloom providers NAME` shows the options of one.")
            }
        }
    }

    private func show(_ name: String, _ schema: ConfigurationSchema, _ files: [ProviderKey: String]) throws {
        var pages: [ProviderPage] = []
        for section in schema.sections {
            guard let contract = section.contract else { continue }
            for provider in contract.providers where provider.name == name {
                let file = files[ProviderKey(section: section.name, name: name)]
                pages.append(ProviderPage(section: section, contract: contract, provider: provider, plugin: file))
            }
        }
        guard !pages.isEmpty else {
            let names = schema.sections.flatMap { $0.contract?.providers.map(\.name) ?? [] }
            let help = Suggestion.help(for: name, in: names, introducing: "available")
            throw Failure(message: "there is no provider `\(name)`; \(help)", code: .usage)
        }
        for line in pages.map(\.lines).joined(separator: ["", ""]) { print(line) }
    }
}
