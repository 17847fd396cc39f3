import ConfigFile
import Foundation
import Logging
import Migration
import ProviderKit

/// The line in the log that tells how to take the rooms of the FastAPI server along, as long as they are not here.
struct FastAPINotice {
    let configuration: Configuration
    /// The configuration's file as it was named on the command line; nil for the standard one.
    let file: String?

    /// Looks for such rooms in the database that the configuration names, and tells. What goes wrong is no matter: the
    /// server can do without.
    func log(besides store: any RoomStore) async {
        let choice = configuration.storage
        guard let source = StandardProviders.fastAPISources.first(where: { $0.store == choice.name }),
            let url = source.url(choice.values), let database = try? await source.open(url, "")
        else { return }
        let rows = (try? await database.rows(limit: 3)) ?? []
        await database.close()
        for id in rows.compactMap(\.id) where (try? await store.load(RoomID(id))) == .some(nil) {
            Logger(label: "pairloom.storage.\(choice.name)").warning(
                "The FastAPI server's rooms are not here yet; to copy them, stop this server and run: \(command(for: url))"
            )
            return
        }
    }

    private func command(for url: String) -> String {
        let environment = ProcessInfo.processInfo.environment["DATABASE_URL"]
        // A URL may hold a password.
        let setting = configuration.settings.first { $0.option.isSecret && $0.value == .string(url) }
        let shown = setting.map { url == environment ? "\"$DATABASE_URL\"" : $0.path }
        // Whoever runs the command may not have the variable by which `auto` chose the store.
        let variable =
            shown == nil && configuration.storage.reason != nil ? "DATABASE_URL=\(Self.quoted(url)) " : ""
        let target = file.map { " --to \(Self.quoted($0))" } ?? ""
        return "\(variable)pairloom migrate --from-fastapi \(shown ?? Self.quoted(url))\(target)"
    }

    /// A text as a shell takes it for one word.
    private static func quoted(_ text: String) -> String {
        text.wholeMatch(of: /[\w@%+=:,.\/\-]+/) == nil ? "'\(text.replacing("'", with: "'\\''"))'" : text
    }
}
