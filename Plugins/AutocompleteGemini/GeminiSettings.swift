import Foundation
import ProviderKit

/// What the configuration says, checked.
struct GeminiSettings: Sendable {
    let service: GeminiService
    let model: String
    let generation: GenerateContentRequest.Generation
    /// The code to send, in UTF-16 code units on either side of the cursor.
    let context: (before: Int, after: Int)
    /// How long an answer may take.
    let timeout: Duration
    /// How many connections there may be.
    let connections: Int

    /// - Throws: what is wrong, without repeating the key.
    init(_ values: OptionValues) throws(ProviderStartError) {
        typealias Options = GeminiAutocompleteProvider
        model = try Self.modelName(values[Options.model])
        service = GeminiService(
            endpoint: try Endpoint(base: values[Options.baseURL], model: model),
            key: try APIKey(checking: values[Options.apiKey]),
            caFile: try Self.readableFile(values[Options.caFile]),
            connectTimeout: values[Options.connectTimeout])
        let thinking = Thinking(rawValue: values[Options.thinking]) ?? .auto
        generation = GenerateContentRequest.Generation(
            maxOutputTokens: values[Options.maxOutputTokens],
            thinkingConfig: thinking.setting(for: ModelFamily(of: model)))
        context = (values[Options.contextBefore], values[Options.contextAfter])
        timeout = values[Options.timeout]
        connections = values[Options.connections]
    }

    /// The documentation writes names with and without the word before them.
    private static func modelName(_ text: String) throws(ProviderStartError) -> String {
        let name = text.trimmingPrefix("models/")
        guard !name.isEmpty, !name.contains(where: \.isWhitespace) else {
            throw ProviderStartError(
                "autocomplete.gemini.model is not the name of a model; write one such as gemini-3.5-flash-lite")
        }
        return String(name)
    }

    private static func readableFile(_ path: String) throws(ProviderStartError) -> String? {
        guard !path.isEmpty else { return nil }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw ProviderStartError("autocomplete.gemini.ca_file cannot be read: \(path)")
        }
        return path
    }
}

/// Where requests go, and what they are made with.
struct GeminiService: Sendable {
    let endpoint: Endpoint
    let key: APIKey
    /// The certificates to trust; nil for the system's.
    let caFile: String?
    /// How long a connection may take.
    let connectTimeout: Duration
}
