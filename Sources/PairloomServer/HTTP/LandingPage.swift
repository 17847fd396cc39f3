import Hummingbird

/// `/`: says what runs here.
struct LandingPage: Sendable {
    private let version: String
    private let live: LiveSettings

    init(_ context: ServerContext) {
        version = context.version
        live = context.live
    }

    var routes: [Route] {
        [.get("/") { [version, live] _, _ in Self.page(version: version, names: live.current.names).response }]
    }

    static func page(version: String, names: ProviderNames) -> HTMLPage {
        HTMLPage(
            title: "Pairloom", head: style, body: body(version: version, names: names),
            policy: "style-src 'unsafe-inline'")
    }

    private static func body(version: String, names: ProviderNames) -> String {
        let facts = [
            ("Version", version), ("Storage", names.storage), ("Autocomplete", names.autocomplete),
            ("Conflict policy", names.policy),
        ]
        let rows = facts.map { name, value in "<dt>\(name)</dt><dd>\(value.htmlEscaped)</dd>" }
        return """
            <main>
            <h1>Pairloom</h1>
            <p>A server for real-time pair programming.</p>
            <dl>
            \(rows.joined(separator: "\n"))
            </dl>
            <p><a href="/docs">API documentation</a> · <a href="/redoc">the same in ReDoc</a> ·
            <a href="/openapi.json">OpenAPI</a> · <a href="/health">health</a> · <a href="/metrics">metrics</a></p>
            </main>
            """
    }

    private static let style = """
        <style>
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
        main { max-width: 40rem; margin: 10vh auto; padding: 0 1rem; }
        h1 { font-weight: 600; margin: 0; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
        dt { opacity: .7; }
        dd { margin: 0; font-family: ui-monospace, monospace; }
        </style>
        """
}
