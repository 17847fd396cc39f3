import Foundation
import Testing
import Yams

/// The tables under `Cases/`, one file for each language.
extension Example {
    /// None when a table is broken, which a test of its own reports.
    static let all = (try? read()) ?? []

    static func read() throws -> [Example] {
        try files().flatMap(examples)
    }

    private static func files() throws -> [URL] {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Cases")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
    }

    private static func examples(of file: URL) throws -> [Example] {
        let text = try String(contentsOf: file, encoding: .utf8)
        let table = try #require(try Yams.compose(yaml: text)?.mapping, "\(file.lastPathComponent)")
        let language = try #require(table["language"]?.string)
        let groups = try #require(table["cases"]?.mapping)
        return try groups.flatMap { title, cases in
            try #require(cases.mapping).map { code, suggestion in
                let isNone = suggestion.scalar?.style == .plain && suggestion.string == "~"
                return Example(
                    language: language, title: try #require(title.string), code: try #require(code.string),
                    suggestion: isNone ? nil : suggestion.string)
            }
        }
    }
}
