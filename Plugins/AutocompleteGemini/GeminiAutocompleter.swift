import Foundation
import ProviderKit

/// Asks Gemini for what comes next, once for each call.
final class GeminiAutocompleter: AutocompleteProvider {
    private let settings: GeminiSettings
    private let client: HTTPClient

    init(_ settings: GeminiSettings) throws(ProviderStartError) {
        self.settings = settings
        client = try HTTPClient(settings.service, connections: settings.connections)
    }

    var isRemote: Bool { true }

    /// The model's suggestion, cleaned. Sends nothing once the deadline has passed.
    func complete(_ request: CompletionRequest) async throws(AutocompleteError) -> Completion? {
        let window = CodeWindow(of: request.text, at: request.cursor, size: settings.context)
        let reply = try await reply(to: window, request)
        guard (200..<300).contains(reply.status) else {
            throw AutocompleteError(reply, service: settings.service, model: settings.model)
        }
        guard let response = try? GenerateContentResponse(json: reply.body) else { throw .garbledAnswer }
        return response.text.flatMap { SuggestionCleaner(window, language: request.language).cleaned($0) }
            .map { Completion($0) }
    }

    /// Calls under way end with `.closed`; returns when their connections are closed and the thread has ended.
    func close() async {
        await client.close()
    }

    private func reply(
        to window: CodeWindow, _ request: CompletionRequest
    ) async throws(AutocompleteError) -> HTTPReply {
        let prompt = GeminiPrompt(window, language: request.language)
        guard let body = try? GenerateContentRequest(prompt, settings.generation).json() else {
            throw AutocompleteError(.unavailable, "The request cannot be written.")
        }
        do {
            return try await client.post(body, until: min(request.deadline, .now + settings.timeout))
        } catch {
            throw AutocompleteError(error, key: settings.service.key)
        }
    }
}
