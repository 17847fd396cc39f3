import ArgumentParser
import ProviderKit

/// `pairloom providers`
struct Providers: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the providers that config.yaml may name.")

    func run() {
        let catalog = StandardProviders.catalog
        show("storage", catalog.storage)
        show("autocomplete", catalog.autocomplete)
        show("conflict", catalog.conflict)
    }

    private func show<Provider>(_ kind: String, _ list: ProviderList<Provider>) {
        print(kind)
        let width = (list.names + list.absent.keys).map(\.count).max() ?? 0
        func row(_ name: String, _ text: String) {
            print("  \(name)\(String(repeating: " ", count: width - name.count))  \(text)")
        }
        for provider in list.providers {
            row(provider.name, provider.summary)
            for option in provider.options { print("    \(option.name): \(option.help)") }
        }
        for (name, reason) in list.absent.sorted(by: { $0.key < $1.key }) { row(name, "not available: \(reason)") }
    }
}
