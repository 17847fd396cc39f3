import ConfigFile
import PairloomServer

/// A folder that the configuration names, with the files that a page loads.
struct AssetFolder: Sendable {
    /// Its key in the configuration.
    let key: String
    private let path: String
    /// Who needs the files, as the end of a sentence.
    private let need: String
    private let missingFile: @Sendable (String) -> String?

    /// Every one that a configuration names.
    static func all(in configuration: Configuration) -> [AssetFolder] {
        let docs = configuration.server.docsAssets.map { path in
            AssetFolder(
                key: "server.docs_assets", path: path, need: "the documentation pages need it",
                missingFile: DocsAsset.missingFile(in:))
        }
        let editor = configuration.server.editorAssets.map { path in
            AssetFolder(
                key: "server.editor_assets", path: path, need: "the page with the editor needs it",
                missingFile: CodeMirrorFile.missingFile(in:))
        }
        return [docs, editor].compactMap(\.self)
    }

    /// The folder with CodeMirror that is in use; nil when browsers have to load it from the internet.
    static func codeMirror(in configuration: Configuration) -> String? {
        // Where Debian's package `libjs-codemirror` has it.
        let packaged = "/usr/share/javascript/codemirror"
        return configuration.server.editorAssets
            ?? (CodeMirrorFile.missingFile(in: packaged) == nil ? packaged : nil)
    }

    /// Finds out whether all of the files are there.
    func check() throws {
        guard let file = missingFile(path) else { return }
        throw Failure(message: "\(key): \(file) is missing or cannot be read; \(need)", code: .general)
    }
}
