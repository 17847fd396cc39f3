import ConfigFile
import Foundation
import Testing

/// Each file in `Broken` is refused with the line that stands beside it.
@Suite struct BrokenFileTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Broken")

    /// What the files may read; `EMPTY` is set to nothing.
    static let environment = ["PORT": "eighty", "EMPTY": "", "TOKEN": "hunter2"]

    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") }
            .sorted()
    }

    @Test func thereAreManyBrokenFiles() throws {
        #expect(try Self.names().count >= 50)
    }

    @Test(arguments: try names()) func isRefusedInOneLine(_ name: String) throws {
        let expected = Self.folder.appendingPathComponent(name.replacingOccurrences(of: ".yaml", with: ".expected"))
        let loader = ConfigurationLoader(
            catalog: TestCatalog.standard, environment: Self.environment, currentFolder: Self.folder.path)
        let error = #expect(throws: ConfigurationError.self) { try loader.load(file: name) }
        let line = try #require(error).description
        #expect(try line + "\n" == String(contentsOf: expected, encoding: .utf8))
        #expect(!line.contains("\n") && !line.contains("hunter2"))
    }
}
