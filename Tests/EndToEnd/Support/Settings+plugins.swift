import Foundation
import TestSupport

/// A provider of the examples, in the library that was built of it.
struct ExamplePlugin: Sendable {
    let module: String
    /// The settings that choose it.
    let settings: Settings

    static let storage = ExamplePlugin(
        module: "StorageJSONFile",
        settings: ["storage.provider": "json-file", "storage.json-file": "{ folder: rooms }"])
    static let autocomplete = ExamplePlugin(
        module: "AutocompleteSnippets",
        settings: [
            "autocomplete.provider": "[snippets, rules]", "autocomplete.snippets": "{ folder: snippets }",
        ])
    static let conflict = ExamplePlugin(
        module: "ConflictLineLock", settings: ["conflict.policy": "line-lock"])

    /// The library, which `scripts/test-examples` builds.
    var library: URL {
        get throws {
            let file = Products.example(".build/debug/lib\(module).so")
            guard FileManager.default.fileExists(atPath: file.path) else {
                throw Failure("there is no \(file.path): run scripts/test-examples first")
            }
            return file
        }
    }
}

extension [ExamplePlugin] {
    /// A configuration that loads these and chooses their providers.
    func yaml(_ others: Settings = [:]) throws -> String {
        let settings = reduce(into: others) { $0.merge($1.settings) { $1 } }
        return try settings.yaml + "plugins:\n" + map { "  - \(try $0.library.path)\n" }.joined()
    }
}
