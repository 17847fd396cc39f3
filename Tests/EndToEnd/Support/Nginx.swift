import Foundation
import NIOCore
import TestSupport

/// Debian's nginx before a server, with a configuration and a folder of its own; it goes away with its last reference.
final class Nginx: Sendable {
    /// The lines that a location needs for WebSockets.
    static let upgrade = """
        proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";
        """

    let port: Int
    private let folder: TemporaryFolder
    private let child: ChildProcess

    /// Starts it, and returns once it takes connections.
    ///
    /// - Parameter locations: what stands in its `server`.
    static func start(_ locations: String) async throws -> Nginx {
        let nginx = try Nginx(locations)
        for _ in 0..<500 {
            if (try? await RawConnection.open(port: nginx.port)) != nil { return nginx }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Failure("nginx does not start:\n\(nginx.folder.read("log"))")
    }

    private init(_ locations: String) throws {
        let programs = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"]
        guard let program = programs.first(where: FileManager.default.isExecutableFile) else {
            throw Failure("there is no nginx: install the package nginx")
        }
        let (port, folder) = (try freePort(), try TemporaryFolder())
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "\($0)_temp_path \(folder.path($0));" }.joined(separator: " ")
        // One process of this user: nothing to change into, and nothing that outlives it.
        try folder.write(
            """
            daemon off; master_process off; pid \(folder.path("pid")); error_log \(folder.path("log"));
            events { worker_connections 256; }
            http {
                access_log off; \(temporary)
                server { listen 127.0.0.1:\(port); \(locations) }
            }
            """, to: "nginx.conf")
        self.port = port
        self.folder = folder
        child = try ChildProcess(
            URL(filePath: program), ["-p", folder.path, "-e", folder.path("log"), "-c", folder.path("nginx.conf")],
            output: folder.path("output"), errors: folder.path("errors"))
    }

    /// Sends one request on a connection of its own, as for `pair.example`.
    func http(
        _ method: String, _ path: String, _ body: String = "", headers: [String: String] = [:]
    ) async throws -> HTTPResponse {
        let connection = try await RawConnection.open(port: port)
        let usual = [
            "Host": "pair.example:\(port)", "Connection": "close", "Content-Length": "\(body.utf8.count)",
        ]
        let lines = usual.merging(headers) { $1 }.map { "\($0.key): \($0.value)\r\n" }.joined()
        try await connection.send("\(method) \(path) HTTP/1.1\r\n\(lines)\r\n\(body)")
        return try await connection.receive("the answer to \(method) \(path)", HTTPResponse.parse)
    }

    /// Asks for a WebSocket as a page of `http://pair.example` with nginx's port does.
    func open(_ path: String) async throws -> (answer: HTTPResponse, client: WebSocketClient) {
        let connection = try await RawConnection.open(port: port)
        let host = "pair.example:\(port)"
        try await connection.send(
            Handshake.request(path, port: port, adding: ["Host": host, "Origin": "http://\(host)"]))
        let answer = try await connection.receive("the answer to the handshake", HTTPResponse.parse)
        return (answer, WebSocketClient(upgraded: connection))
    }
}

/// A port of this machine that was free a moment ago, for programs that do not tell which one they took.
private func freePort() throws -> Int {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
        }
    }
    guard isBound else { throw Failure("there is no free port") }
    return Int(address.sin_port.bigEndian)
}
