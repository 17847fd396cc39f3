package import ProviderKit

/// Where the server listens, and who may talk to it from a browser.
package struct ServerSettings: Sendable, Hashable {
    package var host: String
    /// 0 means any free port.
    package var port: Int
    /// Origins such as `https://app.example.com`, `auto` for the pages of this machine, `null`, or `*`.
    package var allowedOrigins: [String]
    /// The URLs under which browsers reach the server.
    package var publicURLs: [String]
    /// Addresses and networks of the proxies that are believed what they tell of their clients.
    package var trustedProxies: [String]
    /// An absolute folder with the files of Swagger UI and Redoc; nil when browsers load them from the internet.
    package var docsAssets: String?
    /// An absolute folder with CodeMirror 5; nil when it is looked for where Debian has it.
    package var editorAssets: String?

    package init(
        host: String = Options.host.defaultValue, port: Int = Options.port.defaultValue,
        allowedOrigins: [String] = Options.allowedOrigins.defaultValue,
        publicURLs: [String] = Options.publicURL.defaultValue,
        trustedProxies: [String] = Options.trustedProxies.defaultValue, docsAssets: String? = nil,
        editorAssets: String? = nil
    ) {
        self.host = host
        self.port = port
        self.allowedOrigins = allowedOrigins
        self.publicURLs = publicURLs
        self.trustedProxies = trustedProxies
        self.docsAssets = docsAssets
        self.editorAssets = editorAssets
    }

    init(_ values: OptionValues) {
        let (docs, editor) = (values[Options.docsAssets], values[Options.editorAssets])
        self.init(
            host: values[Options.host], port: values[Options.port], allowedOrigins: values[Options.allowedOrigins],
            publicURLs: values[Options.publicURL], trustedProxies: values[Options.trustedProxies],
            docsAssets: docs.isEmpty ? nil : docs, editorAssets: editor.isEmpty ? nil : editor)
    }
}

extension ServerSettings {
    /// The keys of the section `server`.
    package enum Options {
        package static let host = Option(
            "host", .string, default: "127.0.0.1", variable: "PAIRLOOM_HOST",
            help: "The address to listen on. 0.0.0.0 lets other machines in; 127.0.0.1 only this one.")
        package static let port = Option(
            "port", .integer(0...65_535), default: 8_000, variable: "PORT",
            help: "The port to listen on. 0 takes any free one.")
        package static let allowedOrigins = Option(
            "allowed_origins", .strings, default: ["auto"],
            help: "Web pages of which origins may use the server from a browser. `auto` allows those of this machine "
                + "while the server listens on a loopback address, `null` pages without an origin, such as files, `*` "
                + "every page.")
        package static let publicURL = Option(
            "public_url", .strings, default: [],
            help: "The URL under which browsers reach the server through a proxy, or a list of them.")
        package static let trustedProxies = Option(
            "trusted_proxies", .strings, default: [],
            help: "Addresses and networks of proxies whose X-Forwarded-For, -Host and -Proto count.")
        package static let docsAssets = Option(
            "docs_assets", .path, default: "",
            help: "A folder with the files of Swagger UI and Redoc, for machines without internet.")
        package static let editorAssets = Option(
            "editor_assets", .path, default: "",
            help: "A folder with CodeMirror 5, if it is not where Debian's libjs-codemirror puts it.")
    }

    /// The lists that may also be written as one text, with commas between several.
    package static let listsOfOne = [Options.publicURL.name]

    static let section = ConfigurationSection(
        name: "server", help: "Where the server listens, and who may talk to it from a browser.",
        options: [
            Options.host.declaration, Options.port.declaration, Options.allowedOrigins.declaration,
            Options.publicURL.declaration, Options.trustedProxies.declaration, Options.docsAssets.declaration,
            Options.editorAssets.declaration,
        ])
}
