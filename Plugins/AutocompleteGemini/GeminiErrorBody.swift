import Foundation

/// What the service says about an error (google.rpc.Status in JSON).
struct GeminiErrorBody: Decodable {
    /// One sentence. It may repeat what was sent.
    let message: String?
    /// A word such as `RESOURCE_EXHAUSTED`.
    let status: String?
    private let details: [Detail]?

    private struct Wrapper: Decodable {
        let error: GeminiErrorBody
    }

    private struct Detail: Decodable {
        let reason: String?
        let retryDelay: String?
    }

    /// Reads a body, which may be wrapped in a list; nil when it is something else.
    static func read(_ json: Data) -> GeminiErrorBody? {
        let decoder = JSONDecoder()
        if let wrapper = try? decoder.decode(Wrapper.self, from: json) { return wrapper.error }
        return (try? decoder.decode([Wrapper].self, from: json))?.first?.error
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        message = try? container.decodeIfPresent(String.self, forKey: .message)
        status = try? container.decodeIfPresent(String.self, forKey: .status)
        details = try? container.decodeIfPresent([Detail].self, forKey: .details)
    }

    private enum CodingKeys: CodingKey {
        case message, status, details
    }

    /// Whether the key is the reason, which the status 400 alone does not tell.
    var refusesTheKey: Bool {
        details?.contains { $0.reason == "API_KEY_INVALID" } ?? false
    }

    /// How long the service asks to be left alone: RetryInfo, a number of seconds such as `26s` or `1.5s`.
    var retryDelay: Duration? {
        guard let text = details?.lazy.compactMap(\.retryDelay).first, text.hasSuffix("s"),
            let seconds = Double(text.dropLast()), seconds > 0
        else { return nil }
        return .seconds(min(seconds, 86_400))
    }
}
