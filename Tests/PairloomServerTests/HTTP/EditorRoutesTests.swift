import EditorPage
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import PairloomServer

@Suite("The page with the editor")
struct EditorRoutesTests {
    private let server = RouteTestServer()

    @Test("both pages load scripts of this server alone, and none that is written into them")
    func policy() async throws {
        var server = server
        server.options = ServerOptions(editorAssets: "/somewhere")
        for path in ["/", "/r/any-name"] {
            let page = try await server.send(.get, path)
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.hasPrefix("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; "))
            #expect(policy.contains("script-src 'self'; style-src 'self'; img-src 'self' data:; "))
            #expect(policy.contains("connect-src 'self' ws://test wss://test;"))
            #expect(!policy.contains("unsafe") && !page.text.contains("https://"))
        }
    }

    @Test("without files of its own, the page loads CodeMirror from one public host, pinned by hashes")
    func publicHost() async throws {
        let page = try await server.send(.get, "/r/a")
        let host = "https://cdn.jsdelivr.net"
        #expect(
            page.headers[.contentSecurityPolicy]?.contains("script-src 'self' \(host); style-src 'self' \(host);")
                == true)
        let style = try #require(CodeMirrorRelease.integrity(of: .style))
        #expect(
            page.text.contains(
                #"<link rel="stylesheet" href="\#(host)/npm/codemirror@5.65.11/lib/codemirror.css" integrity="\#(style)" "#
                    + #"crossorigin="anonymous">"#))
        #expect(try await server.send(.get, "/editor/codemirror/codemirror.js").status == .notFound)
    }

    @Test("every file of CodeMirror has a hash", arguments: CodeMirrorFile.allCases)
    func hashes(_ file: CodeMirrorFile) throws {
        let integrity = try #require(CodeMirrorRelease.integrity(of: file))
        #expect(integrity.hasPrefix("sha384-"))
        #expect(Data(base64Encoded: String(integrity.dropFirst(7)))?.count == 48)
    }

    @Test("no two files of CodeMirror have one name, since they are served by it")
    func names() {
        #expect(Set(CodeMirrorFile.allCases.map(\.name)).count == CodeMirrorFile.allCases.count)
    }

    @Test("a host that could change the policy is left out of it")
    func hostileHost() {
        #expect(EditorRoutes.plainHost("pair.example:8443") == "pair.example:8443")
        #expect(EditorRoutes.plainHost("[::1]:8000") == "[::1]:8000")
        for host in ["a;script-src *", "a b", "a'", "a,b", ""] { #expect(EditorRoutes.plainHost(host) == nil) }
    }

    @Test("every file of the page is served, as what it is", arguments: EditorPage.names)
    func files(_ name: String) async throws {
        let file = try await server.send(.get, "/editor/\(name)")
        let types = ["js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml"]
        #expect(file.headers[.contentType] == types[String(name.split(separator: ".").last ?? "")])
        #expect(file.headers[.xContentTypeOptions] == "nosniff")
        #expect(file.text == String(decoding: EditorPage.file(name) ?? [], as: UTF8.self))
    }

    @Test("no file is in the folder that is not part of the program, or the other way round")
    func folder() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/EditorPage/Page").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: page.path)
        #expect(files.sorted() == (EditorPage.names + ["room.html", "start.html"]).sorted())
        for name in EditorPage.names {
            #expect(try Data(contentsOf: page.appending(path: name)) == Data(EditorPage.file(name) ?? []))
        }
    }

    @Test("what a script imports is loaded with it, and everything that a page names is there")
    func references() async throws {
        for (path, script) in [("/", "start.js"), ("/r/a", "room.js")] {
            let page = try await server.send(.get, path).text
            let imports = EditorPage.imports(of: script)
            #expect(imports.contains("words.js") && !imports.contains(script))
            let root = path == "/" ? "./" : "../"
            for name in imports {
                #expect(page.contains(#"<link rel="modulepreload" href="\#(root)editor/\#(name)">"#))
            }
            for match in page.matches(of: /"[.\/]+editor\/([^"]+)"/) {
                #expect(EditorPage.names.contains(String(match.1)), "\(match.1)")
            }
        }
    }

    @Test("pages name nothing by a path from the root, since a proxy may serve them below one")
    func relativeURLs() async throws {
        var server = server
        server.options = ServerOptions(docsAssets: "/docs", editorAssets: "/somewhere")
        let roots = ["/": "./", "/r/a": "../", "/r/a/": "../../", "/docs": "./", "/docs/": "../", "/redoc": "./"]
        for (path, root) in roots {
            let page = try await server.send(.get, path).text
            for match in page.matches(of: /(?:href|src|url|spec-url)"?[=:] ?"([^"#]+)"/) {
                #expect(match.1.hasPrefix(root), "\(path): \(match.1)")
            }
            #expect(!page.contains("{root}"))
        }
        for name in EditorPage.names where name.hasSuffix(".js") || name.hasSuffix(".css") {
            let file = String(decoding: EditorPage.file(name) ?? [], as: UTF8.self)
            #expect(!file.contains(/["'`(]\/[a-z]/), "\(name)")
        }
    }

    @Test("WebSockets of the public URLs are named in the policy")
    func publicSockets() async throws {
        var server = server
        server.publicURLs = ["https://pair.example:8443/x", "http://test"]
        let policy = try await server.send(.get, "/r/a").headers[.contentSecurityPolicy]
        let expected = "connect-src 'self' ws://test wss://test ws://pair.example:8443 wss://pair.example:8443;"
        #expect(policy?.contains(expected) == true)
    }

    @Test("a browser that has the newest file is not sent it again")
    func notModified() async throws {
        let first = try await server.send(.get, "/editor/room.js")
        let tag = try #require(first.headers[.eTag])
        let second = try await server.send(.get, "/editor/room.js", headers: [.ifNoneMatch: "\"x\", \(tag)"])
        #expect(second.status == .notModified && second.body.readableBytes == 0 && second.headers[.eTag] == tag)
        let other = try await server.send(.get, "/editor/room.js", headers: [.ifNoneMatch: "W/\"x\""])
        #expect(other.status == .ok)
    }

    @Test("files are compressed for those who take it")
    func compressed() async throws {
        let plain = try await server.send(.get, "/editor/replica.js")
        let compressed = try await server.send(.get, "/editor/replica.js", headers: [.acceptEncoding: "br, gzip"])
        #expect(plain.headers[.contentEncoding] == nil && compressed.headers[.contentEncoding] == "gzip")
        #expect(compressed.body.readableBytes < plain.body.readableBytes / 2)
        #expect(compressed.body.getBytes(at: compressed.body.readerIndex, length: 2) == [0x1F, 0x8B])
        #expect(compressed.headers[.vary] == "Accept-Encoding")
        for (accepted, takesIt) in [
            ("gzip", true), ("GZIP;q=0.5", true), ("gzip; q=0", false), ("gzip;q=0.000", false), ("deflate", false),
            ("", false), ("x-gzip", false),
        ] {
            #expect(StaticFile.takesGzip(accepted) == takesIt, "\(accepted)")
        }
    }

    @Test("what is not worth it is not compressed")
    func incompressible() {
        #expect(Gzip.compressed([]) == nil)
        #expect(Gzip.compressed([1, 2, 3]) == nil)
        #expect(Gzip.compressed([UInt8](repeating: 7, count: 100_000)).map { $0.count < 1_000 } == true)
    }

    @Test("CodeMirror comes from the folder of the configuration, and nothing else does")
    func ownFiles() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "codemirror-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "mode/python"), withIntermediateDirectories: true)
        try Data("mode".utf8).write(to: folder.appending(path: "mode/python/python.js"))
        try Data("secret".utf8).write(to: folder.appending(path: "secret.txt"))
        #expect(CodeMirrorFile.missingFile(in: folder.path) == "\(folder.path)/lib/codemirror.css")
        var server = server
        server.options = ServerOptions(editorAssets: folder.path)
        #expect(try await server.send(.get, "/editor/codemirror/python.js").text == "mode")
        for name in ["secret.txt", "..%2Fsecret.txt", "../secret.txt", "mode%2Fpython%2Fpython.js"] {
            #expect(try await server.send(.get, "/editor/codemirror/\(name)").status == .notFound)
        }
        for name in ["none.js", "start.html", "..%2FPackage.swift", "package.json"] {
            #expect(try await server.send(.get, "/editor/\(name)").status == .notFound)
        }
    }
}
