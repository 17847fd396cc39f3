import HTTPTypes
import Hummingbird

/// A method of a path, and what answers it.
struct Route: Sendable {
    typealias Handler = @Sendable (Request, ClientContext) async throws -> Response

    let method: HTTPRequest.Method
    let path: RouterPath
    let handler: Handler

    /// The route that answers `HEAD` as this one answers `GET`: the same status and headers, and no body.
    var head: Route {
        Route(method: .head, path: path) { request, context in
            try await handler(request, context).createHeadResponse()
        }
    }

    static func get(_ path: RouterPath, _ handler: @escaping Handler) -> Route {
        Route(method: .get, path: path, handler: handler)
    }

    static func post(_ path: RouterPath, _ handler: @escaping Handler) -> Route {
        Route(method: .post, path: path, handler: handler)
    }

    static func patch(_ path: RouterPath, _ handler: @escaping Handler) -> Route {
        Route(method: .patch, path: path, handler: handler)
    }
}
