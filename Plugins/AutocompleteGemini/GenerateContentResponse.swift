import Foundation

/// The body of an answer, as far as it is read.
///
/// What is unknown is passed over, what is missing is nil. A body with nothing in it that an answer has is not one.
struct GenerateContentResponse: Decodable {
    private struct Candidate: Decodable {
        let content: Content?
        let finishReason: String?
    }

    private struct Content: Decodable {
        let parts: [Part]?
    }

    private struct Part: Decodable {
        let text: String?
        /// Whether it is what the model thought, and no part of the answer.
        let thought: Bool?
    }

    private struct Anything: Decodable {}

    private let candidates: [Candidate]?
    private let promptFeedback: Anything?
    private let usageMetadata: Anything?

    /// Reads a body; throws when it is not an answer.
    init(json: Data) throws {
        self = try JSONDecoder().decode(Self.self, from: json)
        guard candidates != nil || promptFeedback != nil || usageMetadata != nil else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no answer"))
        }
    }

    /// What the model says; nil when it says nothing, or was kept from it.
    ///
    /// A blocked prompt has no candidates. One that ran out of tokens while it thought has no parts. What was stopped
    /// for another reason than its length, such as `SAFETY` or `RECITATION`, is not to be used.
    var text: String? {
        guard let candidate = candidates?.first, [nil, "STOP", "MAX_TOKENS"].contains(candidate.finishReason)
        else { return nil }
        let parts = candidate.content?.parts ?? []
        let text = parts.filter { $0.thought != true }.compactMap(\.text).joined()
        return text.isEmpty ? nil : text
    }
}
