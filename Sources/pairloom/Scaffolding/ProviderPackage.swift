import Foundation

/// A package for a new provider, to be written.
struct ProviderPackage {
    let template: ProviderTemplate
    let name: ProviderName
    let checkout: Checkout
    /// The folder to write it to.
    let folder: String

    /// Writes the package: the example of the contract, without what was built in it, under the new name.
    ///
    /// - Returns: its files, from its folder.
    func write() throws -> [String] {
        let files = try exampleFiles()
        guard !files.isEmpty else { throw Failure(message: "\(example) has no files", code: .unavailable) }
        if let content = try? FileManager.default.contentsOfDirectory(atPath: folder), !content.isEmpty {
            throw Failure(message: "\(folder) is there already, and not empty; name another with --path", code: .usage)
        }
        do {
            return try files.map { try copy($0) }.sorted()
        } catch {
            throw Failure(message: "\(folder) cannot be written: \(error.localizedDescription)", code: .unavailable)
        }
    }

    private var example: String { "\(checkout.path)/\(template.example)" }

    /// The files of the example that belong to its source.
    private func exampleFiles() throws -> [String] {
        guard let all = FileManager.default.enumerator(atPath: example) else {
            throw Failure(message: "\(example) is not there; is \(checkout.path) a whole clone?", code: .unavailable)
        }
        var files: [String] = []
        for case let file as String in all {
            if file.hasPrefix(".") || file == "Package.resolved" {
                all.skipDescendants()
            } else if all.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
                files.append(file)
            }
        }
        return files
    }

    private func copy(_ file: String) throws -> String {
        let target = template.renamed(file, to: name)
        let url = URL(fileURLWithPath: "\(folder)/\(target)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        let text = try String(contentsOfFile: "\(example)/\(file)", encoding: .utf8)
        try rewritten(text, isProse: file.hasSuffix(".md")).write(to: url, atomically: true, encoding: .utf8)
        return target
    }

    private func rewritten(_ text: String, isProse: Bool) -> String {
        let text = template.renamed(text, to: name, isProse: isProse)
        let places = ["Sources/ProviderKit", "Sources/ProviderConformance", "docs/writing-a-provider.md"]
        return places.reduce(text) { $0.replacing("../../\($1)", with: checkout.path(to: $1, from: folder)) }
            .replacing("Examples/\(template.module(of: name))", with: folder)
    }
}
