import ConfigFile
import Foundation
import TestSupport
import Testing

/// Each file in `Broken` is refused with the line that stands beside it.
@Suite struct BrokenFileTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Broken")

    /// What the files may read; `EMPTY` is set to nothing.
    static let environment = [
        "NUMBER": "eighty", "EMPTY": "", "TOKEN": "hunter2", "QUOTED": "\"81\"", "BRACKETS": "[\"https://a.example\"]",
        "ORIGINS": "https://a.example, http://localhost:3000/", "PROVIDERS": "words,rule",
    ]

    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") }
            .sorted()
    }

    @Test func thereAreManyBrokenFiles() throws {
        #expect(try Self.names().count >= 50)
    }

    @Test(arguments: try names()) func isRefusedInOneLine(_ name: String) throws {
        let loader = ConfigurationLoader(
            catalog: TestCatalog.standard, environment: Self.environment, currentFolder: Self.folder.path,
            loadPlugin: TestCatalog.loadPlugin)
        let error = #expect(throws: ConfigurationError.self) { try loader.load(file: name) }
        let line = try #require(error).description
        #expect(try line + "\n" == Self.text(name.replacingOccurrences(of: ".yaml", with: ".expected")))
        #expect(!line.contains("\n") && !line.contains("hunter2"))
    }

    @Test(arguments: try names()) func isRefusedWithTheSameLineWhenLinesEndAsOnWindows(_ name: String) throws {
        let windows = try Self.text(name).replacingOccurrences(of: "\n", with: "\r\n")
        let folder = try TemporaryFolder([name: windows])
        let error = #expect(throws: ConfigurationError.self) {
            try folder.load(name, environment: Self.environment)
        }
        let line = try #require(error).description
        #expect(try line + "\n" == Self.text(name.replacingOccurrences(of: ".yaml", with: ".expected")))
    }

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
}
