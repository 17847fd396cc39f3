package import ProviderKit

/// The keys of the section `autocomplete` that hold for every provider.
package enum AutocompleteOptions {
    package static let timeout = Option(
        "timeout", .duration(.milliseconds(1) ... .seconds(300)), default: .seconds(2),
        help: "How long a completion may take.")
}
