import Foundation
import Testing

@Suite("Foreign clients: WebSocket libraries that nobody here wrote")
struct ForeignClientTests {
    @Test("Two clients on Python's websockets share a room")
    func servesPython() async throws {
        let python = URL(filePath: "/usr/bin/python3")
        try await need("python3-websockets", for: python, ["-c", "import websockets"])
        try await share(python, client: "two_clients.py")
    }

    @Test("Two clients on Node's ws share a room")
    func servesNode() async throws {
        let node = URL(filePath: "/usr/bin/node")
        try await need("nodejs and node-ws", for: node, ["-e", "require('ws')"])
        try await share(node, client: "two_clients.js")
    }

    @Test("Clients of the example in JavaScript type at once, over connections that break, and end with one text")
    func servesTheExample() async throws {
        let node = URL(filePath: "/usr/bin/node")
        try await need("nodejs and node-ws", for: node, ["-e", "require('ws')"])
        let library = Products.example("node-client/pairloom.js").path
        try await share(node, client: "change_clients.js", library, settings: ["conflict.policy": "merge"])
    }

    @Test("Two who type at once in two terminals both keep their words")
    func showsTheDemonstration() async throws {
        let node = URL(filePath: "/usr/bin/node")
        try await need("nodejs and node-ws", for: node, ["-e", "require('ws')"])
        try await withServer(["conflict.policy": "merge"]) { server in
            let id = try await server.createRoom()
            let program = Products.example("node-client/type.js").path
            let words = ["hello from the left 👋", "hello from the right 👋"]
            try await withThrowingDiscardingTaskGroup { group in
                for words in words {
                    group.addTask {
                        let arguments = [program, "http://127.0.0.1:\(server.port)", id, words, "--delay", "5"]
                        let result = try await Command.run(node, arguments)
                        #expect(result.exit == .status(0), "\(result.output)\(result.errors)")
                    }
                }
            }
            let lines = try await server.room(id)["code"]?.string?.split(separator: "\n").map(String.init)
            #expect(lines?.sorted() == words)
        }
    }

    @Test("The client that the protocol's document shows is the one in the examples")
    func documentsTheExample() throws {
        let document = try String(contentsOf: Products.document("protocol.md"), encoding: .utf8)
        for file in ["pairloom.js", "draft.js"] {
            let source = try String(contentsOf: Products.example("node-client/\(file)"), encoding: .utf8)
            #expect(document.contains("```js\n\(source)```"), "\(file) in docs/protocol.md is not the one in Examples")
        }
    }

    @Test("curl creates and reads a room")
    func servesCurl() async throws {
        let curl = URL(filePath: "/usr/bin/curl")
        try await need("curl", for: curl, ["--version"])
        try await withServer { server in
            let base = "http://127.0.0.1:\(server.port)"
            let created = try await Command.run(curl, ["-sS", "-X", "POST", "-d", #"{"code": "🧵"}"#, "\(base)/rooms"])
            let id = try #require(try JSON(parsing: created.output)["roomId"]?.string)
            let read = try await Command.run(curl, ["-sS", "\(base)/rooms/\(id)"])
            #expect(try JSON(parsing: read.output)["code"] == "🧵")
        }
    }

    /// Where Debian puts Node's packages.
    private static let environment = ["NODE_PATH": "/usr/share/nodejs"]

    /// Fails the test if a Debian package is missing.
    private func need(_ package: String, for program: URL, _ arguments: [String]) async throws {
        let found = try? await Command.run(program, arguments, environment: Self.environment).exit
        try #require(found == .status(0), "install the Debian package \(package) to run this test")
    }

    private func share(
        _ program: URL, client: String, _ others: String..., settings: Settings = [:]
    ) async throws {
        try await withServer(settings) { server in
            let arguments = [Products.client(client).path, "127.0.0.1:\(server.port)"] + others
            let result = try await Command.run(program, arguments, environment: Self.environment)
            #expect(result.exit == .status(0), "\(result.output)\(result.errors)")
        }
    }
}
