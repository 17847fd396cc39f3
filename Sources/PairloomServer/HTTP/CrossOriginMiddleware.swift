import HTTPTypes
import Hummingbird

/// Tells browsers which pages of other origins may use the routes (the CORS protocol of the Fetch standard).
///
/// Closed unless the configuration lists the origin; never with credentials, since the server knows none.
struct CrossOriginMiddleware: RouterMiddleware {
    typealias Context = ClientContext

    let live: LiveSettings

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let origins = live.current.origins
        guard let allowed = Self.allowed(request.headers[.origin], by: origins) else {
            return Self.marked(try await next(request, context), origins)
        }
        let isPreflight = request.method == .options && request.headers[.accessControlRequestMethod] != nil
        var response = isPreflight ? Self.preflight : try await next(request, context)
        response.headers[.accessControlAllowOrigin] = allowed
        response.headers[.accessControlExposeHeaders] = "ETag, Location, Retry-After"
        return Self.marked(response, origins)
    }

    /// What to answer a page of an origin; nil when it gets no leave.
    private static func allowed(_ origin: String?, by origins: OriginPolicy) -> String? {
        guard let origin, origins.lists(origin.lowercased()) else { return nil }
        return origins.allowed.contains("*") ? "*" : origin
    }

    /// Tells caches that the answer is not the same for every origin.
    private static func marked(_ response: Response, _ origins: OriginPolicy) -> Response {
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
