import ConfigFile
import Foundation
import Migration
import ProviderKit

/// A kind of database that the FastAPI server may have kept its rooms in.
struct FastAPISource: Sendable {
    /// The schemes of its URLs, in lower case and without a driver.
    let schemes: [String]
    /// The form of its URLs, for people.
    let form: String
    /// The store of ours that keeps rooms in the same kind of database.
    let store: String
    /// The URL of the database that a configuration of that store names, which may be the FastAPI server's.
    let url: @Sendable (OptionValues) -> String?
    /// Opens a database. Errors call its URL by the second argument.
    let open: @Sendable (String, String) async throws(ProviderStartError) -> any FastAPIDatabase
}

/// The source of `pairloom migrate --from-fastapi`: a database, opened while the work takes.
struct FastAPIEnd {
    private static let option = "--from-fastapi"
    /// The forms of the URLs of all databases.
    static var forms: String { StandardProviders.fastAPISources.map(\.form).joined(separator: " or ") }
    private let source: FastAPISource
    private let url: String

    /// - Parameters:
    ///   - text: a URL, the path of a file, or the key of the configuration that has it, such as `storage.postgres.url`.
    ///   - configuration: the target's.
    init(_ text: String, configuration: Configuration) throws {
        let setting = configuration.settings.first { $0.path == text }?.value
        var url = if case .string(let value) = setting { value } else { text }
        if url.allSatisfy(\.isWhitespace), let named = Self.url(of: configuration, besides: text) { url = named }
        guard !url.allSatisfy(\.isWhitespace) else {
            throw Failure(
                message: "\(Self.option): the URL is empty; is the variable that holds it set in this shell?",
                code: .usage)
        }
        // A file of this name would be `./storage.postgres.url`.
        guard setting != nil || url.wholeMatch(of: /storage\.\w+\.\w+/) == nil else {
            throw Failure(
                message: "\(Self.option): no setting \(url) is in force; is the variable that holds the URL, such as "
                    + "DATABASE_URL, set in this shell?",
                code: .usage)
        }
        let scheme = url.prefixMatch(of: /\s*(?:jdbc:)?([A-Za-z][A-Za-z0-9]*)(?:\+\w+)?:/)?.1.lowercased()
        let sources = StandardProviders.fastAPISources
        guard let source = scheme.map({ scheme in sources.first { $0.schemes.contains(scheme) } }) ?? sources.first
        else {
            throw Failure(
                message: "\(Self.option): \(scheme ?? "this") is no database of the FastAPI server; "
                    + "write \(Self.forms)",
                code: .usage)
        }
        self.source = source
        self.url = url
    }

    /// The URL that the store of a configuration has where its setting, named by a key, is empty: the environment may
    /// say the rest. Nil for a text that is no key of that store.
    private static func url(of configuration: Configuration, besides key: String) -> String? {
        let choice = configuration.storage
        guard key.hasPrefix("storage.\(choice.name).") else { return nil }
        return StandardProviders.fastAPISources.first { $0.store == choice.name }?.url(choice.values)
    }

    /// Opens the database for as long as the work takes.
    func withDatabase(_ work: (any FastAPIDatabase) async throws -> Void) async throws {
        let database: any FastAPIDatabase
        do {
            database = try await source.open(url, Self.option)
        } catch {
            let isNamed = error.message.hasPrefix(Self.option)
            throw Failure(message: isNamed ? error.message : "\(Self.option): \(error.message)", code: .general)
        }
        do {
            try await work(database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
}
