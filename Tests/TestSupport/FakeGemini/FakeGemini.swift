import Foundation

/// A server on this machine that answers like Gemini, or like Gemini on a bad day; `fake_gemini.py` tells how.
///
/// It goes away with its last reference, or with the tests.
package final class FakeGemini: Sendable {
    /// What it has seen, as the script counts it.
    package struct State: Decodable, Sendable {
        package let requests: [RecordedRequest]
        package let accepted: Int
        package let open: Int
        package let peak: Int
        /// How many requests came to where redirects lead.
        package let elsewhere: Int
    }

    /// A count of the script's that can be waited for.
    package enum Count: String {
        case requests, accepted, open
        /// Requests that the client has taken back; of HTTP/2 alone.
        case resets
    }

    /// Files of a server that speaks TLS.
    package struct Certificate: Sendable {
        package let certificate: String
        package let key: String

        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    package let port: Int
    private let isEncrypted: Bool
    private let script: Dialogue

    /// One that speaks HTTP/1.1.
    ///
    /// - Parameter certificate: for TLS; without one it speaks plain HTTP.
    package convenience init(_ certificate: Certificate? = nil) async throws {
        try await self.init(["python3", "-B", Self.path("fake_gemini.py")], certificate)
    }

    /// One that speaks HTTP/2: `http2_gemini.js`.
    package convenience init(http2 certificate: Certificate) async throws {
        try await self.init(["node", Self.path("http2_gemini.js")], certificate)
    }

    private init(_ command: [String], _ certificate: Certificate?) async throws {
        let files = certificate.map { [$0.certificate, $0.key] } ?? []
        script = try Dialogue("/usr/bin/env", command + files)
        isEncrypted = certificate != nil
        let line = try await script.ask()
        guard let port = Int(line) else { throw Failure("\"\(line)\" is no port") }
        self.port = port
    }

    /// Where it listens.
    package func url(host: String = "127.0.0.1") -> String {
        "\(isEncrypted ? "https" : "http")://\(host):\(port)"
    }

    package func state() async throws -> State {
        try JSONDecoder().decode(State.self, from: Data(try await script.ask("state").utf8))
    }

    /// Returns once the script has seen that many, or, of open connections, sees exactly that many.
    package func wait(for count: Count, _ number: Int) async throws {
        let answer = try await script.ask("wait \(count.rawValue) \(number)")
        guard answer == "true" else { throw Failure("the server never saw \(number) \(count.rawValue)") }
    }

    private static func path(_ script: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: script).path
    }
}
