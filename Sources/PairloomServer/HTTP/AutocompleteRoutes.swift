import Hummingbird
import NIOCore
import Wire

/// `/autocomplete`: what comes next in a code.
struct AutocompleteRoutes: Sendable {
    private let live: LiveSettings
    private let open = OpenRequests()

    init(_ context: ServerContext) {
        live = context.live
    }

    var routes: [Route] {
        [.post("/autocomplete", complete)]
    }

    @Sendable private func complete(_ request: Request, _ context: ClientContext) async throws -> Response {
        let limits = live.current.limits
        let bytes = try await request.wholeBody(limit: limits.message)
        let body = try AutocompleteBody(decoding: bytes, documentLimit: limits.document)
        let place = SuggestionPlace(text: body.code, cursor: body.cursorPosition, language: body.language)
        let source = context.source(of: request, by: live.current.origins.proxies)
        // Whoever may choose a name may choose many: what a client may ask for is counted by its address.
        let address = source.client.map { "\($0)" } ?? ""
        let suggestion = await suggestion(for: place, asking: body.client, at: address, context)
        return Response(json: CompletionBody(suggestion: suggestion.text, provider: suggestion.provider))
    }

    /// The suggestion; an empty one when the client goes away, or asks anew, before it is there.
    private func suggestion(
        for place: SuggestionPlace, asking name: String?, at address: String, _ context: ClientContext
    ) async -> Suggestion {
        // A task of its own, since it is ended from outside: by the client's departure, or by its next request.
        let task = Task { [suggestions = live.current.suggestions] in
            await suggestions.suggestion(for: place, of: address)
        }
        context.onDeparture { task.cancel() }
        let client = name.map { "\(address) \($0)" }
        let serial = client.map { open.begin(task, of: $0) }
        defer { if let client, let serial { open.end(serial, of: client) } }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
