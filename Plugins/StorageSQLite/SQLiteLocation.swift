import Foundation
import ProviderKit

/// The file that a configuration names: by its path, or by a URL as SQLAlchemy writes it.
struct SQLiteLocation: Sendable, Equatable {
    /// The path of the file; absolute, when the text names an absolute path or comes from a configuration.
    let path: String
    /// Whether it was named by a URL, which other programs may go by as well.
    let isURL: Bool

    /// Reads `app.db`, `sqlite:///app.db` or `sqlite:////srv/app.db`; a driver (`sqlite+aiosqlite`) and parameters behind a
    /// `?` are left out.
    ///
    /// - Parameter setting: what errors call the text.
    init(_ text: String, setting: String = "storage.sqlite.path") throws(ProviderStartError) {
        guard let match = text.prefixMatch(of: /sqlite3?(?:\+\w+)?:/.ignoresCase()) else {
            // Another URL has become a path in the configuration's folder, and would become a folder named `file:`.
            guard !text.contains(/(^|\/)((sqlite3?(\+\w+)?|file|jdbc):|[a-z][a-z0-9+.\-]+:(\/|$))/.ignoresCase()) else {
                throw Self.malformed(setting)
            }
            guard text != ":memory:" else { throw Self.inMemory(setting) }
            (path, isURL) = (text, false)
            return
        }
        let rest = text[match.range.upperBound...]
        let place = rest.prefix { $0 != "?" }
        guard !["", "//", "///", ":memory:", "///:memory:"].contains(place), !rest.contains("mode=memory") else {
            throw Self.inMemory(setting)
        }
        guard place.hasPrefix("///"), !place.hasPrefix("///file:") else { throw Self.malformed(setting) }
        // It would become a folder named `C:`.
        guard place.prefixMatch(of: /\/\/\/[A-Za-z]:[\/\\]/) == nil else {
            throw ProviderStartError("\(setting) names a drive of Windows; write sqlite:////FOLDER/FILE")
        }
        (path, isURL) = (String(place.dropFirst(3)), true)
    }

    /// The file beside it that holds the server's rooms when this one belongs to another program: `app.pairloom.db` for
    /// `app.db`.
    var siblingPath: String {
        let url = URL(fileURLWithPath: path)
        return url.deletingPathExtension().appendingPathExtension("pairloom.db").path
    }

    private static func malformed(_ setting: String) -> ProviderStartError {
        ProviderStartError(
            "\(setting) is no URL of a file; write sqlite:///FILE for a relative path, sqlite:////FOLDER/FILE for an "
                + "absolute one, or the path alone")
    }

    private static func inMemory(_ setting: String) -> ProviderStartError {
        ProviderStartError("\(setting) names a database in memory; name a file")
    }
}
