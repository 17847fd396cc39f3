import HTTPTypes
package import Hummingbird

/// The router of everything that is answered over HTTP.
package func makeRouter(_ context: ServerContext) -> Router<ClientContext> {
    makeRouter(context, of: allRoutes(context))
}

func makeRouter(_ context: ServerContext, of routes: [Route]) -> Router<ClientContext> {
    let router = Router(context: ClientContext.self)
    router.add(middleware: CrossOriginMiddleware(live: context.live, refusals: context.refusals))
    router.add(middleware: ErrorMiddleware(logger: context.logger))
    router.add(routes)
    return router
}

/// Every route that there is.
func allRoutes(_ context: ServerContext) -> [Route] {
    EditorRoutes(context).routes
        + RoomsRoutes(context).routes
        + AutocompleteRoutes(context).routes
        + HealthRoutes(context).routes
        + DocsRoutes(context).routes
        + WebSocketRoutes(context).routes
}

extension Router where Context == ClientContext {
    /// Adds routes, with `HEAD` wherever there is `GET`, and answers the other methods of their paths with 405.
    fileprivate func add(_ given: [Route]) {
        let routes = given.flatMap { $0.method == .get ? [$0, $0.head] : [$0] }
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
