import HTTPTypes
import Hummingbird

/// `/ws/{id}` for requests that did not ask for a WebSocket; those that did never get as far as the routes.
struct WebSocketRoutes: Sendable {
    var routes: [Route] {
        [.get("/ws/{id}", requireUpgrade)]
    }

    @Sendable private func requireUpgrade(_ request: Request, _ context: ClientContext) async throws -> Response {
        throw HTTPFailure(
            .upgradeRequired, detail: "This route speaks WebSocket; the request must ask for the upgrade",
            headers: [.upgrade: "websocket", .connection: "Upgrade"])
    }
}
