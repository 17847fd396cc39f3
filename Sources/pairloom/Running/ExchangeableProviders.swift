import PairloomServer
import Rooms

/// The providers that may be exchanged while a server runs.
struct ExchangeableProviders {
    let policy: NamedPolicy
    let suggestions: SuggestionChain
}
