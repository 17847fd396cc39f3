import Foundation
import NIOCore
import Wire

/// Where the page gets CodeMirror from: a folder of this machine, else a public host.
struct CodeMirrorSource: Sendable {
    private let files: StaticFiles?

    /// - Parameter folder: has every ``CodeMirrorFile``; nil to let browsers load them from the public host.
    init(folder: String?) {
        files = folder.map { folder in
            StaticFiles { name in
                // One of the known files: no other name, so no way out of the folder.
                guard let file = CodeMirrorFile.allCases.first(where: { $0.name == name }) else { return nil }
                return try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(file.rawValue)")))
            }
        }
    }

    /// Whether the files come from this server.
    var isOwn: Bool { files != nil }

    /// The host that the page must be allowed to load from; nil when that is this server.
    var publicHost: String? { isOwn ? nil : CodeMirrorRelease.host }

    /// A file by its name without its folders; nil when there is none of that name, or none here.
    func file(_ name: String) async throws -> StaticFile? {
        try await files?.file(name)
    }

    /// What a page has in its head: what is needed in any case, and where the rest is found (`assets.js`).
    ///
    /// - Parameter root: what leads from the page to the server's root.
    func head(root: String) -> String {
        let needed: [CodeMirrorFile] = [.library, .closeBrackets, .matchBrackets, .comment]
        let scripts = needed.map { #"<script defer src="\#(address($0, root))"\#(check($0))></script>"# }
        let style = #"<link rel="stylesheet" href="\#(address(.style, root))"\#(check(.style))>"#
        let places = JSONValue.object(
            JSONObject(CodeMirrorFile.allCases.map { JSONObject.Member($0.rawValue, place($0, root)) }))
        let list = #"<script type="application/json" id="codemirror-files">\#(places.compact)</script>"#
        return ([style] + scripts + [list]).joined(separator: "\n") + "\n"
    }

    private func place(_ file: CodeMirrorFile, _ root: String) -> JSONValue {
        guard let integrity = integrity(of: file) else { return ["url": .string(address(file, root))] }
        return ["url": .string(address(file, root)), "integrity": .string(integrity)]
    }

    private func address(_ file: CodeMirrorFile, _ root: String) -> String {
        isOwn ? root + file.ownPath : CodeMirrorRelease.address(of: file)
    }

    private func check(_ file: CodeMirrorFile) -> String {
        integrity(of: file).map { #" integrity="\#($0)" crossorigin="anonymous""# } ?? ""
    }

    private func integrity(of file: CodeMirrorFile) -> String? {
        isOwn ? nil : CodeMirrorRelease.integrity(of: file)
    }
}
