import CollabText
import ConflictLastWriteWins
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import PairloomServer
import ProviderKit
import Rooms
import StorageMemory

/// The routes over a store in memory, without a socket.
struct RouteTestServer {
    var store: any RoomStore = MemoryRoomStore()
    var autocomplete: any AutocompleteProvider = FixedAutocomplete { _ in Completion("pass") }
    var suggestions = SuggestionOptions()
    var options = ServerOptions()
    var limits = ServerLimits()
    var origins: [String] = []
    var publicURLs: [String] = []
    var health = StoreHealth(problem: nil, oldestUnsaved: .zero, unsavedBytes: 0)
    var logger = Logger.silent

    /// Sends a request and returns what came back.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await RouteClient(router: makeRouter(context), logger: logger).send(method, path, body, headers: headers)
    }

    /// Sends requests one after another and returns what came back.
    func statuses(_ method: HTTPRequest.Method, _ path: String, count: Int) async throws -> [TestResponse] {
        let client = RouteClient(router: makeRouter(context), logger: logger)
        var responses: [TestResponse] = []
        for _ in 0..<count { responses.append(try await client.send(method, path)) }
        return responses
    }

    /// Makes a room and reads it back.
    func makeAndRead(_ body: String) async throws -> (made: TestResponse, read: TestResponse) {
        let client = RouteClient(router: makeRouter(context), logger: logger)
        let made = try await client.send(.post, "/rooms", body)
        return (made, try await client.send(.get, made.headers[.location] ?? ""))
    }

    private var context: ServerContext {
        let clock = RoomClock(
            now: { Timestamp(milliseconds: 1_763_921_556_007) }, sleep: { try await Task.sleep(for: $0) })
        let journal = Journal(
            store: store, eventLoops: [MultiThreadedEventLoopGroup.singleton.any()], options: JournalOptions(),
            clock: clock, logger: logger)
        let directory = RoomDirectory(
            store: store, journal: journal, policy: NamedPolicy("last-write-wins", LastWriteWinsPolicy()),
            options: DirectoryOptions(), clock: clock,
            logger: logger)
        let live = LiveSettings(
            LiveSettings.Values(
                origins: OriginPolicy(allowed: origins, publicURLs: publicURLs), limits: limits,
                suggestions: SuggestionChain(
                    [SuggestionLink(name: "rules", provider: autocomplete)], options: suggestions, logger: logger),
                names: ProviderNames(storage: "memory", autocomplete: "rules", policy: "last-write-wins")))
        return ServerContext(
            directory: directory, live: live, options: options, version: "1.2.3", health: { [health] in health },
            metricsText: { "# TYPE up gauge\nup 1\n" }, logger: logger)
    }
}
