import HTTPTypes
import Hummingbird

/// A method of a path, and what answers it.
struct Route: Sendable {
    typealias Handler = @Sendable (Request, ClientContext) async throws -> Response

    let method: HTTPRequest.Method
    let path: RouterPath
    let handler: Handler

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
