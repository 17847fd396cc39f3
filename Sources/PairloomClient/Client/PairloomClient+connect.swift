extension PairloomClient {
    /// Enters a room, and returns when the server has welcomed the client.
    ///
    /// The first connection is tried once; only what was there before is worth waiting for.
    ///
    /// - Parameter onEvent: called on the client's event loop, in order, and must not block. A call rather than a
    ///   stream: nothing piles up, and nothing is lost. Edits of one's own are not told as changes.
    /// - Throws: the ``Closure`` when there is no such room, no server, or no place; `CancellationError`.
    package static func connect(
        to server: ServerAddress, room: String, options: ClientOptions = ClientOptions(),
        onEvent: (@Sendable (ClientEvent) -> Void)? = nil
    ) async throws -> PairloomClient {
        let client = PairloomClient(
            address: RoomAddress(server: server, room: room), options: options, onEvent: onEvent)
        do {
            try await client.start()
        } catch {
            await client.close()
            throw error
        }
        return client
    }

    /// Enters a room for as long as `body` runs, and leaves it however `body` ends.
    package static func withClient<Result: Sendable>(
        of server: ServerAddress, room: String, options: ClientOptions = ClientOptions(),
        onEvent: (@Sendable (ClientEvent) -> Void)? = nil,
        _ body: @Sendable (PairloomClient) async throws -> Result
    ) async throws -> Result {
        let client = try await connect(to: server, room: room, options: options, onEvent: onEvent)
        do {
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }
}
