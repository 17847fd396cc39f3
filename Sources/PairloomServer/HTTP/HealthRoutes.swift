import HTTPTypes
import Hummingbird
import Rooms
import Wire

/// `/health` and `/metrics`: what machines that watch the server ask.
struct HealthRoutes: Sendable {
    private let context: ServerContext

    init(_ context: ServerContext) {
        self.context = context
    }

    var routes: [Route] {
        [.get("/health", health), .get("/health/live", live), .get("/health/ready", ready), .get("/metrics", metrics)]
    }

    /// How the server is; a success as long as it answers.
    @Sendable private func health(_ request: Request, _ context: ClientContext) async throws -> Response {
        Response(json: await body())
    }

    /// Whether the process lives.
    @Sendable private func live(_ request: Request, _ context: ClientContext) async throws -> Response {
        Response(json: ["status": "ok"] as JSONValue)
    }

    /// Whether it can do all that it is for.
    @Sendable private func ready(_ request: Request, _ context: ClientContext) async throws -> Response {
        let body = await body()
        return Response(json: body, status: body.status == .ok ? .ok : .serviceUnavailable)
    }

    @Sendable private func metrics(_ request: Request, _ context: ClientContext) async throws -> Response {
        Response(text: self.context.metricsText(), type: "text/plain; version=0.0.4; charset=utf-8")
    }

    private func body() async -> HealthBody {
        let store = await context.health()
        return HealthBody(
            status: store.isHealthy ? .ok : .degraded, problem: store.problem, version: context.version,
            unsavedBytes: store.unsavedBytes,
            oldestUnsavedMilliseconds: Int(store.oldestUnsaved.wholeMilliseconds))
    }
}
