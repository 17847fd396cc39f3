import AutocompleteGemini
import AutocompleteRules
import ConflictLastWriteWins
import ConflictMerge
import ConflictVersionChecked
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
