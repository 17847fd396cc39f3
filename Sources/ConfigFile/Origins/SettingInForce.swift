package import ProviderKit

/// One value that the server goes by, and where it comes from.
package struct SettingInForce: Sendable {
    /// The keys that lead to it, from the top of the file: `storage.sqlite.path`.
    package let path: String
    package let option: OptionDeclaration
    /// Of a key that chooses providers: those that are chosen.
    package let value: OptionValue
    package let origin: ValueOrigin
    /// Why `auto` chose it: `auto: DATABASE_URL is not set`. Nil for all else.
    package let reason: String?

    /// The keys one by one: names have no dots.
    package var keys: [String] { path.split(separator: ".").map(String.init) }

    init(
        path: OptionPath, option: OptionDeclaration, value: OptionValue, origin: ValueOrigin, reason: String? = nil
    ) {
        self.path = path.text ?? ""
        self.option = option
        self.value = value
        self.origin = origin
        self.reason = reason
    }
}
