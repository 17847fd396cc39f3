import ConfigFile
import PairloomServer

/// The folder with the files of the documentation pages, if the configuration names one.
struct DocsAssets {
    private let folder: String?

    init(_ configuration: Configuration) {
        folder = configuration.server.docsAssets
    }

    /// Finds out whether all of its files are there.
    func check() throws {
        guard let file = folder.flatMap(DocsAsset.missingFile(in:)) else { return }
        let problem = "\(file) is missing or cannot be read; the documentation pages need it"
        throw Failure(message: "server.docs_assets: \(problem)", code: .general)
    }
}
