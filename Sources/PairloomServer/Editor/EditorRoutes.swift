import EditorPage
import Foundation
import HTTPTypes
import Hummingbird
import Wire

/// `/` and `/r/{id}`: the pages on which people make rooms and edit; and the files that they load.
struct EditorRoutes: Sendable {
    private let version: String
    private let live: LiveSettings
    private let pageFiles = StaticFiles { EditorPage.file($0) }
    private let codeMirror: CodeMirrorSource

    init(_ context: ServerContext) {
        version = context.version
        live = context.live
        codeMirror = CodeMirrorSource(folder: context.options.editorAssets)
    }

    var routes: [Route] {
        let pages: [Route] = [.get("/", start), .get("/r/{id}", room), .get("/editor/{file}", pageFile)]
        return codeMirror.isOwn ? pages + [.get("/editor/codemirror/{file}", codeMirrorFile)] : pages
    }

    // MARK: Pages

    @Sendable private func start(_ request: Request, _ context: ClientContext) async throws -> Response {
        HTMLPage(
            title: "Pairloom",
            head: Self.head(styles: ["base.css", "start.css"], script: "start.js", root: request.wayToRoot),
            body: EditorPage.start(root: request.wayToRoot)
                + Self.facts(version: version, names: live.current.names, root: request.wayToRoot),
            policy: policy(request, from: nil)
        ).response()
    }

    /// The page of any room: whether there is one of that name, the page finds out.
    @Sendable private func room(_ request: Request, _ context: ClientContext) async throws -> Response {
        HTMLPage(
            title: "Pairloom",
            head: codeMirror.head(root: request.wayToRoot)
                + Self.head(styles: ["base.css", "room.css"], script: "room.js", root: request.wayToRoot),
            body: EditorPage.room(root: request.wayToRoot), policy: policy(request, from: codeMirror.publicHost)
        ).response()
    }

    /// What a page loads of its own: one script, and at once what that imports.
    private static func head(styles: [String], script: String, root: String) -> String {
        let lines =
            [#"<link rel="icon" href="\#(root)editor/icon.svg">"#]
            + styles.map { #"<link rel="stylesheet" href="\#(root)editor/\#($0)">"# }
            + (imports[script] ?? []).map { #"<link rel="modulepreload" href="\#(root)editor/\#($0)">"# }
            + [#"<script type="module" src="\#(root)editor/\#(script)"></script>"#]
        return lines.joined(separator: "\n")
    }

    private static let imports = Dictionary(
        uniqueKeysWithValues: ["start.js", "room.js"].map { ($0, EditorPage.imports(of: $0)) })

    /// What runs here.
    static func facts(version: String, names: ProviderNames, root: String) -> String {
        let facts = [
            ("Version", version), ("Storage", names.storage), ("Autocomplete", names.autocomplete),
            ("Conflict policy", names.policy),
        ]
        let rows = facts.map { name, value in "<dt>\(name)</dt><dd>\(value.htmlEscaped)</dd>" }
        return """
            <footer class="facts">
            <dl>
            \(rows.joined(separator: "\n"))
            </dl>
            <p><a href="\(root)docs">API documentation</a> · <a href="\(root)redoc">the same in ReDoc</a> ·
            <a href="\(root)openapi.json">OpenAPI</a> · <a href="\(root)health">health</a> ·
            <a href="\(root)metrics">metrics</a></p>
            </footer>
            """
    }

    /// Scripts and style sheets come from this server, or from one public host, and nothing is written into the page.
    ///
    /// CodeMirror has an empty image for what is dragged. WebSockets of this server are named, since not every browser counts them as `'self'`.
    private func policy(_ request: Request, from host: String?) -> String {
        let sources = ["'self'", host].compactMap(\.self).joined(separator: " ")
        let known = live.current.origins.publicURLs.map { "\($0.origin.authority)" }
        var hosts: [String] = []
        for host in [request.head.authority].compactMap(\.self) + known where !hosts.contains(host) {
            hosts.append(host)
        }
        let sockets = hosts.compactMap(Self.plainHost).map { " ws://\($0) wss://\($0)" }.joined()
        return "script-src \(sources); style-src \(sources); img-src 'self' data:; connect-src 'self'\(sockets); "
            + "form-action 'none'"
    }

    /// A host that can stand in a policy, with its port; nil when it holds anything else.
    static func plainHost(_ host: String) -> String? {
        let isPlain = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: ".:-[]".utf8.contains(byte)
            }
        }
        return isPlain && !host.isEmpty ? host : nil
    }

    // MARK: Files

    @Sendable private func pageFile(_ request: Request, _ context: ClientContext) async throws -> Response {
        try await answer(request, with: pageFiles.file(try name(context)))
    }

    @Sendable private func codeMirrorFile(_ request: Request, _ context: ClientContext) async throws -> Response {
        try await answer(request, with: codeMirror.file(try name(context)))
    }

    private func name(_ context: ClientContext) throws(HTTPFailure) -> String {
        guard let name = context.parameters.get("file") else { throw .notFound }
        return name
    }

    private func answer(_ request: Request, with file: StaticFile?) throws -> Response {
        guard let file else { throw HTTPFailure.notFound }
        return file.response(to: request)
    }
}
