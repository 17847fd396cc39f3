/// A file that the documentation pages load.
package enum DocsAsset: String, AssetFile {
    case swaggerScript = "swagger-ui-bundle.js"
    case swaggerStyle = "swagger-ui.css"
    case redocScript = "redoc.standalone.js"

    /// Where the file can be had by anybody who is online.
    var publicAddress: String {
        switch self {
        case .swaggerScript, .swaggerStyle: "\(Self.publicHost)/npm/swagger-ui-dist@5.17.14/\(rawValue)"
        case .redocScript: "\(Self.publicHost)/npm/redoc@2.1.5/bundles/\(rawValue)"
        }
    }

    /// The path below the server's root where it has the file, when it has a folder of them.
    var ownPath: String { "docs/assets/\(rawValue)" }

    var mediaType: String {
        switch self {
        case .swaggerScript, .redocScript: "text/javascript; charset=utf-8"
        case .swaggerStyle: "text/css; charset=utf-8"
        }
    }

    /// The public host of the files.
    static let publicHost = "https://cdn.jsdelivr.net"
}
