package import Foundation

/// A folder that goes away with its last reference.
package final class TemporaryFolder: Sendable {
    package let url: URL

    /// A new folder with these files in it, by name.
    package init(_ files: [String: String] = [:]) throws {
        url = FileManager.default.temporaryDirectory.appending(path: "pairloom-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, to: name) }
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The name of the folder, which no other has.
    package var name: String { url.lastPathComponent }

    /// The path of the folder.
    package var path: String { url.path }

    /// The path of a file in the folder.
    package func path(_ name: String) -> String {
        url.appending(path: name).path
    }

    /// The names of the files in the folder, in order.
    package func contents() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    /// How many bytes a file in the folder has.
    package func size(of name: String) throws -> Int {
        try url.appending(path: name).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    }

    /// Writes a file into the folder, and makes the folders in between.
    @discardableResult
    package func write(_ data: Data, to name: String) throws -> URL {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
        return file
    }

    /// Writes a text into the folder.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> URL {
        try write(Data(text.utf8), to: name)
    }

    /// The text of a file in the folder; empty if there is none.
    package func read(_ name: String) -> String {
        guard let data = try? Data(contentsOf: url.appending(path: name)) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}
