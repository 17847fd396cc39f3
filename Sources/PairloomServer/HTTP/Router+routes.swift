import HTTPTypes
package import Hummingbird

/// The router of everything that is answered over HTTP.
package func makeRouter(_ context: ServerContext) -> Router<ClientContext> {
    let router = Router(context: ClientContext.self)
    router.add(middleware: CrossOriginMiddleware(live: context.live))
    router.add(middleware: ErrorMiddleware(logger: context.logger))
    router.add(routes(context))
    return router
}

/// Every route that there is.
private func routes(_ context: ServerContext) -> [Route] {
    EditorRoutes(context).routes
        + RoomsRoutes(context).routes
        + AutocompleteRoutes(context).routes
        + HealthRoutes(context).routes
        + DocsRoutes(context).routes
        + WebSocketRoutes().routes
}

extension Router where Context == ClientContext {
    /// Adds routes, and answers the other methods of their paths with 405.
    fileprivate func add(_ routes: [Route]) {
        for route in routes { on(route.path, method: route.method, use: route.handler) }
        for (path, routes) in Dictionary(grouping: routes, by: \.path.description) {
            let methods = routes.map(\.method)
            for method in Self.knownMethods where !methods.contains(method) {
                on(RouterPath(path), method: method) { _, _ -> Response in throw HTTPFailure.methodNotAllowed(methods) }
            }
        }
    }

    private static var knownMethods: [HTTPRequest.Method] {
        [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]
    }
}
