import Foundation
import ProviderKit
import TestSupport

@testable import StoragePostgres

/// A schema of one test's own.
struct PostgresPlace {
    let server: PostgresServer
    let schema: String
    private let url: String

    /// A place on the server that all tests share, or behind a URL that leads there.
    init(on server: PostgresServer? = nil, through url: String? = nil, schema: String? = nil) async throws {
        let shared = try await PostgresServer.shared()
        self.server = server ?? shared
        self.url = url ?? self.server.url
        self.schema = schema ?? "test " + UUID().uuidString
    }

    /// Opens the place as the server does.
    func open(
        _ change: (OptionValues) -> OptionValues = { $0 }, context: ProviderContext = .silent
    ) async throws(ProviderStartError) -> any RoomStore {
        let options = OptionValues().setting(PostgresStorageProvider.url, to: url)
            .setting(PostgresStorageProvider.schema, to: schema)
        return try await PostgresStorageProvider.descriptor.make(change(options), context)
    }

    func remove() async throws {
        _ = try await server.run("DROP SCHEMA IF EXISTS \"\(schema)\" CASCADE")
    }
}
