import HTTPTypes
import Hummingbird

/// Tells browsers which pages of other origins may use the routes (the CORS protocol of the Fetch standard).
///
/// Closed unless the configuration lists the origin; never with credentials, since the server knows none.
struct CrossOriginMiddleware: RouterMiddleware {
    typealias Context = ClientContext

    let origins: OriginPolicy

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let allowed = allowedOrigin(for: request.headers[.origin]) else {
            return marked(try await next(request, context))
        }
        let isPreflight = request.method == .options && request.headers[.accessControlRequestMethod] != nil
        var response = isPreflight ? Self.preflight : try await next(request, context)
        response.headers[.accessControlAllowOrigin] = allowed
        response.headers[.accessControlExposeHeaders] = "ETag, Location, Retry-After"
        return marked(response)
    }

    /// What to answer a page of an origin; nil when it gets no leave.
    private func allowedOrigin(for origin: String?) -> String? {
        guard let origin, origins.lists(origin.lowercased()) else { return nil }
        return origins.allowed.contains("*") ? "*" : origin
    }

    /// Tells caches that the answer is not the same for every origin.
    private func marked(_ response: Response) -> Response {
        guard !origins.allowed.isEmpty, !origins.allowed.contains("*") else { return response }
        var response = response
        response.headers[values: .vary].append("Origin")
        return response
    }

    private static let preflight = Response(
        status: .noContent,
        headers: [
            .accessControlAllowMethods: "GET, POST, PATCH",
            .accessControlAllowHeaders: "Accept, Accept-Language, Content-Language, Content-Type, If-Match",
            .accessControlMaxAge: "600",
        ])
}
