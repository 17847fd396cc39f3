import ConfigFile
import Foundation
import Logging
import Migration
import ProviderKit
import Rooms

/// The line in the log that tells how to take the rooms of the FastAPI server along, as long as they are not here.
struct FastAPINotice {
    let configuration: Configuration
    /// The configuration's file as it was named on the command line; nil for the standard one.
    let file: String?

    /// The number of rows to look at.
    private static let sample = 10

    /// Looks for such rooms in the database that the configuration names, and tells. When anything goes wrong, it tells
    /// nothing: the server can do without.
    func log(besides store: any RoomStore) async {
        let choice = configuration.storage
        guard let source = StandardProviders.fastAPISources.first(where: { $0.store == choice.name }),
            let url = source.url(choice.values), let database = try? await source.open(url, "")
        else { return }
        // A store that does not answer lacks nothing for that.
        let isRoomMissing = (try? await lacksRoom(store, of: database)) ?? false
        await database.close()
        guard isRoomMissing else { return }
        Logger(label: "pairloom.storage.\(choice.name)").warning(
            "The FastAPI server's rooms are not here yet; to copy them, stop this server and \(advice(for: url))")
    }

    /// Whether a store has yet to get one of the first rooms, of those that the import accepts.
    private func lacksRoom(
        _ store: any RoomStore, of database: any FastAPIDatabase
    ) async throws(StorageError) -> Bool {
        let rooms = try await FastAPIRooms(
            of: database, for: store, largestDocument: configuration.limits.document, now: RoomClock.system.now(),
            limit: Self.sample)
        for room in try await rooms.rooms(after: nil, limit: Self.sample) {
            let id = room.record.id
            guard try await store.load(id) == nil else { continue }
            do {
                if try await rooms.load(id) != nil { return true }
            } catch {
                // What can never be copied is named by each import, and not at each start.
                guard error.code == .corrupted else { throw error }
            }
        }
        return false
    }

    /// The command that copies the rooms, with what it needs.
    private func advice(for url: String) -> String {
        let target = file.map { " --to \(Self.quoted(Self.absolute($0)))" } ?? ""
        let inEnvironment = ProcessInfo.processInfo.environment["DATABASE_URL"]
        // A URL may hold a password, which the key of its setting keeps off the command line.
        if let setting = configuration.settings.first(where: { $0.option.isSecret && $0.value == .string(url) }) {
            let shell = inEnvironment == url ? "in a shell with its DATABASE_URL " : ""
            return "\(shell)run: pairloom migrate --from-fastapi \(setting.path)\(target)"
        }
        // Another shell may not have the variable by which `auto` chose the store. A path with a ? in it is no URL.
        let value = url.contains("?") ? inEnvironment : url
        let isChosen = configuration.storage.reason != nil
        let variable = isChosen ? value.map { "DATABASE_URL=\(Self.quoted($0)) " } ?? "" : ""
        let shell = url.hasSuffix("://") ? "in a shell with its PG variables " : ""
        return "\(shell)run: \(variable)pairloom migrate --from-fastapi \(Self.quoted(url))\(target)"
    }

    /// A path that means the same in any folder.
    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }

    /// A text as a shell takes it for one word.
    private static func quoted(_ text: String) -> String {
        text.wholeMatch(of: /[\w@%+=:,.\/\-]+/) == nil ? "'\(text.replacing("'", with: "'\\''"))'" : text
    }
}
