import ConfigFile
import PairloomServer

/// The folder with CodeMirror for the page with the editor.
struct EditorAssets {
    private let configured: String?

    init(_ configuration: Configuration) {
        configured = configuration.server.editorAssets
    }

    /// Where Debian's package `libjs-codemirror` has it.
    private static let packaged = "/usr/share/javascript/codemirror"

    /// The folder in use; nil when browsers have to load the files from the internet.
    var folder: String? {
        configured ?? (CodeMirrorFile.missingFile(in: Self.packaged) == nil ? Self.packaged : nil)
    }

    /// Finds out whether a folder that the configuration names has all of the files.
    func check() throws {
        guard let file = configured.flatMap(CodeMirrorFile.missingFile(in:)) else { return }
        let problem = "\(file) is missing or cannot be read; the page with the editor needs it"
        throw Failure(message: "server.editor_assets: \(problem)", code: .general)
    }
}
