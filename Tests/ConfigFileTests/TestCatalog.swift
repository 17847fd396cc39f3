import ConfigFile
import ProviderKit

/// A catalog of providers that cannot be made, for tests of what a configuration may say about them.
enum TestCatalog {
    enum SQLite {
        static let path = Option("path", .path, default: "pairloom.db", help: "The file.")
        static let sync = Option("sync", .choice(["full", "normal"]), default: "full", help: "How surely it saves.")
        static let shared = Option("shared", .boolean, default: false, help: "Whether others may have it too.")
        static let wait = Option(
            "busy_timeout", .duration(.zero ... .seconds(60)), default: .seconds(5), help: "For a lock.")
        static let options = [path.declaration, sync.declaration, shared.declaration, wait.declaration]
    }

    enum Memory {
        static let most = Option("most", .size(1_024...1_073_741_824), default: 1_048_576, help: "The most bytes.")
        static let strict = Option("strict", .boolean, default: false, help: "Whether it minds.")
    }

    enum Remote {
        static let url = Option(required: "url", .string, help: "The address of the database.", isSecret: true)
        static let key = Option("key", variable: "REMOTE_KEY", help: "The key of the database.", isSecret: true)
        static let pin = Option("pin", .integer(1_000...9_999), default: 1_234, help: "A number.", isSecret: true)
        static let shards = Option(required: "shards", .integer(1...64), help: "How many parts.")
    }

    static let standard = catalog(
        storage: ProviderList(
            [
                descriptor("memory", [Memory.most.declaration, Memory.strict.declaration]),
                descriptor("sqlite", SQLite.options),
                descriptor("remote", [Remote.url.declaration, Remote.pin.declaration, Remote.shards.declaration]),
            ],
            absent: ["postgres": "this build has no PostgreSQL support yet"],
            automatic: AutomaticChoice(variable: "DATABASE_URL", whenSet: "postgres", otherwise: "sqlite")))

    /// The catalog in which `DATABASE_URL` leads to a provider that there is.
    static let withRemote = catalog(
        storage: ProviderList(
            [
                descriptor("sqlite", SQLite.options),
                descriptor("remote", [Remote.url.declaration, Remote.key.declaration]),
            ],
            automatic: AutomaticChoice(variable: "DATABASE_URL", whenSet: "remote", otherwise: "sqlite")))

    /// Loads a plugin by the name of its file, without a file: what each offers, or what keeps it from being loaded.
    static func loadPlugin(_ path: String) throws(PluginProblem) -> PluginProviders {
        switch path.split(separator: "/").last {
        case "words.so": PluginProviders(storage: [descriptor("word-store", [Memory.most.declaration])])
        case "remote.so": PluginProviders(storage: [descriptor("far-store", [Remote.url.declaration])])
        case "taken.so": PluginProviders(storage: [descriptor("sqlite", [])])
        case "key.so": PluginProviders(autocomplete: [descriptor("timeout", [])])
        case "auto.so": PluginProviders(conflict: [descriptor("auto", [])])
        case "odd.so": PluginProviders(storage: [descriptor("Word Store", [])])
        case "odd-option.so": PluginProviders(storage: [descriptor("words", [oddOption.declaration])])
        case "doubled-option.so":
            PluginProviders(storage: [descriptor("words", [folder.declaration, folder.declaration])])
        case let name: throw PluginProblem(found: "there is no file `\(name ?? "")`", help: "check the path")
        }
    }

    private static let oddOption = Option("Max-Size", .boolean, default: false, help: "A name that is none.")
    private static let folder = Option("folder", .path, default: "", help: "More rules.")

    private static func catalog(storage: ProviderList<any RoomStore>) -> ProviderCatalog {
        ProviderCatalog(
            storage: storage,
            autocomplete: ProviderList(
                [descriptor("rules", [folder.declaration]), descriptor("words", [])],
                absent: ["gemini": "this build has no Gemini support yet"],
                automatic: AutomaticChoice(variable: "GEMINI_API_KEY", whenSet: "gemini", otherwise: "rules")),
            conflict: ProviderList([descriptor("merge", []), descriptor("last-write-wins", [])]))
    }

    static func descriptor<Provider>(
        _ name: String, _ options: [OptionDeclaration]
    ) -> ProviderDescriptor<Provider> {
        ProviderDescriptor(name: name, summary: "A provider for tests.", options: options) {
            (_, _) throws(ProviderStartError) in
            throw ProviderStartError("providers of this catalog cannot be made")
        }
    }
}
