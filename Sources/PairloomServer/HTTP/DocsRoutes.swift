import Hummingbird
import NIOCore
import Wire

/// `/openapi.json`, `/docs` and `/redoc`: the routes described, by machine and for people.
struct DocsRoutes: Sendable {
    private let description: OpenAPIDescription
    /// A folder with the files that the pages load; nil to load them from their public host.
    private let folder: String?

    init(_ context: ServerContext) {
        description = OpenAPIDescription(version: context.version)
        folder = context.options.docsAssets
    }

    var routes: [Route] {
        let pages: [Route] = [
            .get("/openapi.json") { [description] _, _ in Response(json: description.document) },
            .get("/docs") { request, _ in swaggerPage(root: request.wayToRoot).response() },
            .get("/redoc") { request, _ in redocPage(root: request.wayToRoot).response() },
        ]
        return folder == nil ? pages : pages + [.get("/docs/assets/{file}", asset)]
    }

    private func swaggerPage(root: String) -> HTMLPage {
        HTMLPage(
            title: "Pairloom - Swagger UI",
            head: #"<link rel="stylesheet" href="\#(address(.swaggerStyle, root))">"#,
            body: """
                <div id="swagger-ui"></div>
                <script src="\(address(.swaggerScript, root))"></script>
                <script>
                const root = new URL("\(root)", location);
                const servers = [{ url: root.href.replace(/\\/$/, "") }];
                fetch(new URL("openapi.json", root)).then((answer) => answer.json()).then((spec) => SwaggerUIBundle({
                    spec: { ...spec, servers }, dom_id: "#swagger-ui", deepLinking: true,
                    presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset]
                }));
                </script>
                """,
            policy: policy)
    }

    private func redocPage(root: String) -> HTMLPage {
        HTMLPage(
            title: "Pairloom - ReDoc",
            head: "<style>body { margin: 0; padding: 0; }</style>",
            body: """
                <redoc spec-url="\(root)openapi.json"></redoc>
                <script src="\(address(.redocScript, root))"></script>
                """,
            policy: policy)
    }

    private func address(_ asset: DocsAsset, _ root: String) -> String {
        folder == nil ? asset.publicAddress : root + asset.ownPath
    }

    /// Both pages style themselves, draw data images, ask this server, and ReDoc searches in a worker.
    private var policy: String {
        let source = folder == nil ? DocsAsset.publicHost : "'self'"
        return "script-src 'unsafe-inline' \(source); style-src 'unsafe-inline' \(source); img-src 'self' data:; "
            + "font-src data:; connect-src 'self'; worker-src blob:"
    }

    /// One of the known files of the folder: no other name, so no way out of it.
    @Sendable private func asset(_ request: Request, _ context: ClientContext) async throws -> Response {
        guard let folder, let asset = context.parameters.get("file").flatMap(DocsAsset.init(rawValue:)) else {
            throw HTTPFailure.notFound
        }
        let body = try await FileIO().loadFile(path: "\(folder)/\(asset.rawValue)", context: context)
        return Response(
            status: .ok,
            headers: [
                .contentType: asset.mediaType, .cacheControl: "max-age=86400", .xContentTypeOptions: "nosniff",
            ],
            body: body)
    }
}
