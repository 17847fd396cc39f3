import AutocompleteGemini
import AutocompleteRules
import ConfigFile
import ConflictLastWriteWins
import ConflictMerge
import ConflictVersionChecked
import Migration
import ProviderKit
import StorageMemory
import StoragePostgres
import StorageSQLite

/// The providers that come with the server: the one place that names them, each on a line of its own.
enum StandardProviders {
    static let catalog = ProviderCatalog(
        storage: ProviderList(
            [
                SQLiteStorageProvider.descriptor,
                PostgresStorageProvider.descriptor,
                MemoryStorageProvider.descriptor,
            ],
            automatic: AutomaticChoice(variable: "DATABASE_URL", whenSet: "postgres", otherwise: "sqlite")),
        autocomplete: ProviderList(
            [
                RulesAutocompleteProvider.descriptor,
                GeminiAutocompleteProvider.descriptor,
            ],
            automatic: AutomaticChoice(
                variable: "GEMINI_API_KEY", "GOOGLE_API_KEY", whenSet: "gemini", "rules", otherwise: "rules")),
        conflict: ProviderList([
            MergeProvider.descriptor,
            LastWriteWinsProvider.descriptor,
            VersionCheckedProvider.descriptor,
        ]))
}

extension StandardProviders {
    /// The schemes of URLs of SQLite files.
    private static let sqliteSchemes = ["sqlite", "sqlite3"]

    /// The stores that `auto` chooses by the scheme of a URL in its variable.
    static let urlChoices = [URLChoice(schemes: sqliteSchemes, provider: "sqlite", option: "path")]

    /// The stores that keep nothing when the program ends.
    static let temporaryStores: Set<String> = [MemoryStorageProvider.descriptor.name]

    /// Where the FastAPI server may have kept its rooms; the first is meant by a path.
    static let fastAPISources = [
        FastAPISource(
            schemes: sqliteSchemes, form: "sqlite:///FILE", store: SQLiteStorageProvider.descriptor.name,
            url: SQLiteFastAPIDatabase.url(of:),
            open: { (url, setting) async throws(ProviderStartError) in
                try await SQLiteFastAPIDatabase.open(url, setting: setting)
            }),
        FastAPISource(
            schemes: ["postgresql", "postgres", "postgis", "pgsql"],
            form: "postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
            store: PostgresStorageProvider.descriptor.name, url: PostgresFastAPIDatabase.url(of:),
            open: { (url, setting) async throws(ProviderStartError) in
                try await PostgresFastAPIDatabase.open(url, setting: setting)
            }),
    ]
}

extension SQLiteFastAPIDatabase: FastAPIDatabase {}
extension PostgresFastAPIDatabase: FastAPIDatabase {}
