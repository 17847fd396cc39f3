import ConfigFile
import Foundation
import ProviderKit
import TestSupport
import Testing

@Suite struct FileTests {
    @Test func aNamedFileMustBeThere() throws {
        let folder = try TemporaryFolder()
        #expect(
            refusal(of: "nowhere.yaml", in: folder)
                == "nowhere.yaml: no such file; it was looked for at \(folder.path)/nowhere.yaml")
    }

    @Test func aFolderIsNoFile() throws {
        let folder = try TemporaryFolder(["conf/config.yaml": ""])
        #expect(refusal(of: "conf", in: folder) == "conf: is a folder; name a file")
    }

    @Test func aNameMustNotBeEmpty() throws {
        #expect(
            refusal(of: "", in: try TemporaryFolder()) == "configuration: the name of the file is empty; name a file")
    }

    @Test func aPipeIsNotWaitedFor() throws {
        let folder = try TemporaryFolder()
        try #require(mkfifo("\(folder.path)/pipe", 0o600) == 0)
        #expect(refusal(of: "pipe", in: folder) == "pipe: is a pipe or a device; name a regular file")
        #expect(refusal(of: "/dev/zero", in: folder) == "/dev/zero: is a pipe or a device; name a regular file")
    }

    @Test func aFileMustBeUTF8() throws {
        let folder = try TemporaryFolder()
        try folder.write(Data("server:\n  host: é".utf8) + [0xE9, 0x0A], to: "latin.yaml")
        #expect(refusal(of: "latin.yaml", in: folder) == "latin.yaml:2:10: is not UTF-8; save the file as UTF-8")
    }

    @Test func aHugeFileIsRefused() throws {
        let folder = try TemporaryFolder(["huge.yaml": String(repeating: "# padding\n", count: 110_000)])
        #expect(
            refusal(of: "huge.yaml", in: folder) == "huge.yaml: is too large; a file may have at most 1MiB")
    }

    @Test(arguments: ["[", "{a: ", "- ", "a:\n "]) func deepNestingIsRefused(_ piece: String) throws {
        let folder = try TemporaryFolder(["deep.yaml": String(repeating: piece, count: 100_000)])
        let line = try #require(refusal(of: "deep.yaml", in: folder))
        #expect(line.hasPrefix("deep.yaml"))
        #expect(!line.contains("\n"))
    }

    @Test func aFileThatIsShownKeepsItsName() throws {
        let folder = try TemporaryFolder(["conf/it.yaml": "server: 1"])
        #expect(refusal(of: "./conf/it.yaml", in: folder)?.hasPrefix("./conf/it.yaml:1:9: server: ") == true)
        #expect(refusal(of: "\(folder.path)/conf/it.yaml", in: folder)?.hasPrefix(folder.path) == true)
    }

    @Test func linesMayEndAsOnWindows() throws {
        let configuration = try load("server:\r\n  port: 81\r\n  host: a\r\n")
        #expect(configuration.server.port == 81)
        #expect(configuration.server.host == "a")
    }

    @Test func relativePathsStartFromTheFolderOfTheFile() throws {
        let yaml = "storage: {sqlite: {path: ./data/../rooms.db}}\nserver: {docs_assets: docs}\n"
        let folder = try TemporaryFolder(["conf/config.yaml": yaml])
        let configuration = try folder.load("conf/config.yaml")
        #expect(configuration.storage.values[TestCatalog.SQLite.path] == "\(folder.path)/conf/data/../rooms.db")
        #expect(configuration.server.docsAssets == "\(folder.path)/conf/docs")
    }

    @Test(arguments: [("/var/rooms.db", "/var/rooms.db"), (":memory:", ":memory:"), ("/var//./x", "/var/x")])
    func otherPathsStay(_ written: String, _ path: String) throws {
        #expect(try load("storage: {sqlite: {path: \"\(written)\"}}").storage.values[TestCatalog.SQLite.path] == path)
    }

    @Test func aDefaultPathStartsFromTheFolderOfTheFileToo() throws {
        let folder = try TemporaryFolder(["conf/config.yaml": "storage: {provider: sqlite}"])
        let configuration = try folder.load("conf/config.yaml")
        #expect(configuration.storage.values[TestCatalog.SQLite.path] == "\(folder.path)/conf/pairloom.db")
    }

    private func refusal(of file: String, in folder: TemporaryFolder) -> String? {
        do {
            _ = try folder.load(file)
            return nil
        } catch {
            return error.description
        }
    }
}
