import HTTPTypes
import Hummingbird
import Wire

/// Tells browsers which pages of other origins may use the routes (the CORS protocol of the Fetch standard).
///
/// Closed unless the configuration lists the origin; never with credentials, since the server knows none.
struct CrossOriginMiddleware: RouterMiddleware {
    typealias Context = ClientContext

    let live: LiveSettings
    let refusals: Refusals

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let origins = live.current.origins
        let preflight = Self.preflight(request)
        guard let allowed = Self.allowed(request.headers[.origin], by: origins) else {
            let refusal = refusal(of: request, isPreflight: preflight != nil, context, origins)
            if let refusal { refusals.note(refusal) }
            guard preflight != nil, let refusal else {
                return Self.marked(try await next(request, context), origins)
            }
            return Self.marked(Response(json: ErrorBody(detail: refusal.detail), status: .forbidden), origins)
        }
        var response: Response
        if let preflight { response = preflight } else { response = try await next(request, context) }
        response.headers[.accessControlAllowOrigin] = allowed
        response.headers[.accessControlExposeHeaders] = "ETag, Location, Retry-After"
        return Self.marked(response, origins)
    }

    /// What to answer a page of an origin; nil when it gets no leave.
    private static func allowed(_ origin: String?, by origins: OriginPolicy) -> String? {
        guard let origin, origins.lists(origin) else { return nil }
        return origins.isOpen ? "*" : origin
    }

    /// Why the browser will keep the answer from the page; nil when it will not, as far as can be told.
    private func refusal(
        of request: Request, isPreflight: Bool, _ context: Context, _ origins: OriginPolicy
    ) -> OriginRefusal? {
        guard let origin = request.headers[.origin] else { return nil }
        let site = request.headers[named: "Sec-Fetch-Site"]
        // Without that header, a page of the server's own cannot be told from another behind every proxy.
        guard isPreflight || site.map({ $0 != "same-origin" }) == true else { return nil }
        let source = context.source(of: request, by: origins.proxies)
        return origins.admits(origin: origin, of: source) ? nil : OriginRefusal(origin: origin, source: source)
    }

    /// Tells caches that the answer is not the same for every origin.
    private static func marked(_ response: Response, _ origins: OriginPolicy) -> Response {
        guard origins.variesByOrigin else { return response }
        var response = response
        response.headers[values: .vary].append("Origin")
        return response
    }

    /// The answer to a question before a request; nil when the request is none. All that is asked for is granted: the
    /// routes say themselves which methods they know, and a page of an allowed origin can read that.
    private static func preflight(_ request: Request) -> Response? {
        guard request.method == .options, request.headers[.accessControlRequestMethod] != nil else { return nil }
        var headers: HTTPFields = [
            .accessControlAllowMethods: "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
            .accessControlAllowHeaders: request.headers[.accessControlRequestHeaders]
                ?? "Accept, Accept-Language, Content-Language, Content-Type, If-Match",
            .accessControlMaxAge: "600",
        ]
        // A page of the internet asks before it reaches a server of a private network.
        if request.headers[named: "Access-Control-Request-Private-Network"] == "true" {
            headers[named: "Access-Control-Allow-Private-Network"] = "true"
        }
        return Response(status: .noContent, headers: headers)
    }
}

extension HTTPFields {
    /// The value of a header that has no name of its own in Swift.
    fileprivate subscript(named name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }
}
