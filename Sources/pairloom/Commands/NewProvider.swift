import ArgumentParser
import ConfigFile
import Foundation

/// `pairloom new-provider`
struct NewProvider: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new-provider",
        abstract: "Write a package for a provider of your own.",
        discussion: """
            The package is a provider that works: it builds, passes its conformance suite and can be loaded as it comes. It \
            begins as the example of its contract: a store that keeps rooms in files, suggestions from a folder of snippets, \
            or a policy that locks lines. docs/writing-a-provider.md goes on from there.

            The package depends on a clone of Pairloom's repository: the one that the current folder is in, or that this \
            program was built in, or the one that --pairloom names.
            """)

    @Argument(help: "What it provides: \(ProviderTemplate.allCases.map(\.rawValue).joined(separator: ", ")).")
    var contract: ProviderTemplate

    @Argument(help: "Its name in config.yaml: lower case letters and digits, joined by hyphens.")
    var name: String

    @Option(help: ArgumentHelp("The folder to write to (default: one named after it).", valueName: "dir"))
    var path: String?

    @Option(help: ArgumentHelp("A clone of Pairloom's repository.", valueName: "dir"))
    var pairloom: String?

    func validate() throws {
        guard ProviderName(name) != nil else {
            throw ValidationError(
                "`\(name)` can be no name; write lower case letters and digits, joined by hyphens, as in word-store")
        }
    }

    func run() async throws {
        try await reportingFailure {
            guard let name = ProviderName(name) else { return }
            try refuseTaken(name)
            let folder = URL(fileURLWithPath: path ?? contract.module(of: name)).standardizedFileURL.path
            let package = ProviderPackage(
                template: contract, name: name, checkout: try checkout(), folder: folder)
            let files = try package.write()
            report(files, in: folder, name)
        }
    }

    /// A plugin with such a name would not be loaded.
    private func refuseTaken(_ name: ProviderName) throws {
        let schema = ConfigurationSchema(catalog: StandardProviders.catalog)
        let section = schema.sections.first { $0.name == contract.rawValue }
        let taken = (section?.keys ?? []) + [ContractSection.automaticWord]
        guard taken.contains(name.word) else { return }
        throw Failure(message: "`\(name.word)` has a meaning in config.yaml already; choose another name", code: .usage)
    }

    private func checkout() throws -> Checkout {
        if let pairloom {
            guard let checkout = Checkout(at: pairloom) else {
                throw Failure(message: "\(pairloom) is no clone of Pairloom's repository", code: .usage)
            }
            return checkout
        }
        guard let checkout = Checkout.find() else {
            throw Failure(
                message: "there is no clone of Pairloom's repository here; name one with --pairloom", code: .usage)
        }
        return checkout
    }

    private func report(_ files: [String], in folder: String, _ name: ProviderName) {
        let module = contract.module(of: name)
        let settings = contract.settings(of: name, in: folder).map { "  \($0)" }.joined(separator: "\n")
        print(
            """
            Wrote \(folder):
            \(files.map { "  \($0)" }.joined(separator: "\n"))

            Try it:
              cd \(folder)
              swift test
              swift build

            Then name it in config.yaml:
              plugins:
                - \(folder)/.build/debug/lib\(module).so
            \(settings)
            """)
    }
}
