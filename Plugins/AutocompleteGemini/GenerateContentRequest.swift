import Foundation

/// The body of a call of `models.generateContent`, as far as it is used.
struct GenerateContentRequest: Encodable {
    struct Content: Encodable {
        let parts: [Part]
        let role = "user"

        init(_ text: String) {
            parts = [Part(text: text)]
        }
    }

    struct Part: Encodable {
        let text: String
    }

    struct Generation: Encodable, Equatable, Sendable {
        let maxOutputTokens: Int
        /// Absent when there is nothing to say.
        let thinkingConfig: ThinkingConfig?
    }

    /// Either a budget or a level: both together are an error.
    struct ThinkingConfig: Encodable, Equatable, Sendable {
        let thinkingBudget: Int?
        let thinkingLevel: String?

        init(thinkingBudget: Int) {
            self.thinkingBudget = thinkingBudget
            thinkingLevel = nil
        }

        init(thinkingLevel: String) {
            thinkingBudget = nil
            self.thinkingLevel = thinkingLevel
        }
    }

    let systemInstruction: Content
    let contents: [Content]
    let generationConfig: Generation

    init(_ prompt: GeminiPrompt, _ generation: Generation) {
        systemInstruction = Content(GeminiPrompt.rules)
        contents = [Content(prompt.text)]
        generationConfig = generation
    }

    /// The bytes to send.
    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return try encoder.encode(self)
    }
}
