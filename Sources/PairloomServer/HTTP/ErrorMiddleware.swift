import HTTPTypes
import Hummingbird
import Logging

/// Answers for everything that was thrown, in FastAPI's form.
///
/// What nobody foresaw is "Internal Server Error" to the client and whole in the log.
struct ErrorMiddleware: RouterMiddleware {
    typealias Context = ClientContext

    let logger: Logger

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            // The router takes `//` for `/`; no route is written so.
            guard !request.uri.path.contains("//") else { throw HTTPFailure.noRoute }
            return try await next(request, context)
        } catch {
            let response = answer(to: error, request: request)
            return request.method == .head ? response.createHeadResponse() : response
        }
    }

    private func answer(to error: any Error, request: Request) -> Response {
        if let failure = HTTPFailure(error) {
            guard let page = failure.page else {
                return Response(json: failure.body, status: failure.status, headers: failure.headers)
            }
            // Caches must not give a program the page, nor a person the JSON.
            var headers = failure.headers
            headers[.vary] = "Accept"
            return Self.wantsPage(request)
                ? page.response(status: failure.status, headers: headers)
                : Response(json: failure.body, status: failure.status, headers: headers)
        }
        logger.error(
            "A request failed",
            metadata: ["method": "\(request.method)", "path": "\(request.uri.path)", "error": "\(error)"])
        return Response(text: "Internal Server Error", type: "text/plain; charset=utf-8", status: .internalServerError)
    }

    /// Whether a person goes there with a browser.
    private static func wantsPage(_ request: Request) -> Bool {
        [.get, .head].contains(request.method) && request.headers[.accept]?.lowercased().contains("text/html") == true
    }
}
