import Hummingbird
import NIOCore
import ProviderKit
import Wire

/// `/autocomplete`: what comes next in a code.
struct AutocompleteRoutes: Sendable {
    private let suggester: Suggester
    private let limits: ServerLimits
    private let provider: String

    init(_ context: ServerContext) {
        suggester = Suggester(
            provider: context.autocomplete, timeout: context.options.autocompleteTimeout, logger: context.logger)
        limits = context.options.limits
        provider = context.names.autocomplete
    }

    var routes: [Route] {
        [.post("/autocomplete", complete)]
    }

    @Sendable private func complete(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let bytes = try await request.wholeBody(limit: limits.message)
        let body = try AutocompleteBody(decoding: bytes, documentLimit: limits.document)
        let suggestion = await suggester.suggestion(
            for: body.code, cursor: body.cursorPosition, language: body.language.lowercased())
        return Response(json: CompletionBody(suggestion: suggestion ?? "", provider: provider))
    }
}
