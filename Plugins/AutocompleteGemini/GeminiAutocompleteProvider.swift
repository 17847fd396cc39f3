public import ProviderKit

/// Suggestions of Google's Gemini, over the network.
public enum GeminiAutocompleteProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any AutocompleteProvider>(
        name: "gemini",
        summary: "Asks Google's Gemini. The code around the cursor leaves this machine.",
        options: [
            apiKey.declaration, model.declaration, baseURL.declaration, caFile.declaration, connectTimeout.declaration,
            timeout.declaration, connections.declaration, maxOutputTokens.declaration, thinking.declaration,
            contextBefore.declaration, contextAfter.declaration,
        ],
        make: { (values, _) async throws(ProviderStartError) -> any AutocompleteProvider in
            try GeminiAutocompleter(GeminiSettings(values))
        })

    static let apiKey = Option(
        required: "api_key", variable: "GEMINI_API_KEY", "GOOGLE_API_KEY",
        help: "The key of Google AI Studio, or of a gateway in front of it.", isSecret: true,
        check: { APIKey.problem(of: $0).map { [.error($0.found, help: $0.help)] } ?? [] })
    static let model = Option(
        "model", .string, default: "gemini-3.5-flash-lite", help: "The model that suggests; a fast one is best.")
    static let baseURL = Option(
        "base_url", .string, default: "https://generativelanguage.googleapis.com",
        help: "Where the service is: https://HOST, with a path if need be. Plain http is for this machine alone.",
        check: { Endpoint.problem(of: $0).map { [.error($0.found, help: $0.help)] } ?? [] })
    static let caFile = Option(
        "ca_file", .path, default: "",
        help: "A PEM file with the certificates to trust instead of the system's, for a gateway of one's own.")
    static let connectTimeout = Option(
        "connect_timeout", .duration(.milliseconds(50) ... .seconds(60)), default: .seconds(2),
        help: "How long a connection may take.")
    static let timeout = Option(
        "timeout", .duration(.milliseconds(50) ... .seconds(60)), default: .seconds(5),
        help: "How long an answer may take. What the host gives a request in all counts too.")
    static let connections = Option(
        "connections", .integer(1...100), default: 8,
        help: "How many connections to open at most. One carries many requests at a time where HTTP/2 is spoken.")
    static let maxOutputTokens = Option(
        "max_output_tokens", .integer(1...8_192), default: 256,
        help: "How long an answer may be, in tokens. Those that the model thinks with count.")
    static let thinking = Option(
        "thinking", .choice(Thinking.allCases.map(\.rawValue)), default: Thinking.auto.rawValue,
        help: "How much the model thinks first. auto is the least that it can do; a 2.5 model gets a number of tokens.")
    static let contextBefore = Option(
        "context_before", .integer(0...32_000), default: 8_000,
        help: "How much of the code before the cursor to send, in UTF-16 code units.")
    static let contextAfter = Option(
        "context_after", .integer(0...32_000), default: 2_000,
        help: "How much of the code after the cursor to send, in UTF-16 code units.")
}
