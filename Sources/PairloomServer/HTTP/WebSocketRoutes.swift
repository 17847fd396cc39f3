import HTTPTypes
import Hummingbird
import NIOHTTPTypesHTTP1

/// `/ws/{id}` for requests that did not ask for a WebSocket; those that did never get as far as the routes.
struct WebSocketRoutes: Sendable {
    private let live: LiveSettings
    private let refusals: Refusals

    init(_ context: ServerContext) {
        live = context.live
        refusals = context.refusals
    }

    var routes: [Route] {
        [.get("/ws/{id}", requireUpgrade)]
    }

    /// Tells why there is no WebSocket here.
    ///
    /// A page whose WebSocket failed asks with its own URL as `page`, since a browser does not show it the answer to the
    /// handshake, and names no origin in a plain request.
    @Sendable private func requireUpgrade(_ request: Request, _ context: ClientContext) async throws -> Response {
        let origins = live.current.origins
        let source = context.source(of: request, by: origins.proxies)
        if let page = request.uri.queryParameters["page"].map(String.init) {
            let origin = PublicURL(page).map { "\($0.origin)" } ?? page
            guard origins.admits(origin: origin, of: source) else {
                let refusal = OriginRefusal(origin: origin, source: source, page: page)
                throw HTTPFailure(.forbidden, detail: refusal.detail).forPeople("This page may not use the server")
            }
        } else {
            refusals.note(.notUpgraded, origin: nil, source: source)
        }
        let refusal = UpgradeRefusal.notUpgraded
        throw HTTPFailure(
            .upgradeRequired, detail: refusal.detail, headers: HTTPFields(refusal.headers, splitCookie: false)
        ).forPeople("This address is for WebSockets")
    }
}
