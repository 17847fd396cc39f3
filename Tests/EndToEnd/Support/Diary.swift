import PairloomClient
import Synchronization

/// Notes about what happens to a client, taken on its loop, event by event.
final class Diary<Notes: Sendable>: Sendable {
    private let pages: Mutex<Notes>
    private let client = Mutex<PairloomClient?>(nil)
    private let take: @Sendable (inout Notes, ClientEvent, Replica) -> Void

    /// - Parameter take: is given each event, and the copy of the room as it is then.
    init(_ notes: Notes, take: @escaping @Sendable (inout Notes, ClientEvent, Replica) -> Void) {
        pages = Mutex(notes)
        self.take = take
    }

    var notes: Notes { pages.withLock(\.self) }

    /// Adds to the notes what is no event.
    func change(_ body: (inout Notes) -> Void) {
        pages.withLock { body(&$0) }
    }

    /// Enters a room with a client whose notes these are, from the first welcome on.
    func join(_ room: String, of server: ServerProcess) async throws -> PairloomClient {
        let address = ServerAddress(host: "127.0.0.1", port: server.port)
        let client = try await PairloomClient.connect(to: address, room: room, options: .impatient) { [self] in
            hear($0)
        }
        self.client.withLock { $0 = client }
        return client
    }

    private func hear(_ event: ClientEvent) {
        guard let client = client.withLock(\.self) else { return }
        let replica = client.assumeIsolated { $0.replica }
        pages.withLock { take(&$0, event, replica) }
        if case .closed = event { self.client.withLock { $0 = nil } }
    }
}

extension ClientOptions {
    /// For clients whose server, or whose server's storage, is back at once.
    static let impatient: ClientOptions = {
        var options = ClientOptions()
        options.reconnectPauses = Pauses(shortest: .milliseconds(20), longest: .milliseconds(50))
        options.retryPauses = Pauses(shortest: .milliseconds(1), longest: .milliseconds(50))
        return options
    }()
}
