import Foundation
import PluginLoader
import TestSupport
import Testing

/// Paths that lead to no shared library.
@Suite struct FileTests {
    @Test func aFileThatIsNotThereIsRefused() throws {
        let path = try TemporaryFolder().path("libplugin.so")
        let error = try refusal(of: path)
        #expect(error.found == "there is no file `\(path)`")
        #expect(error.help == "build the plugin, or correct the path")
        #expect(try refusal(of: "/dev/null/plugin.so").found == "there is no file `/dev/null/plugin.so`")
        #expect(try refusal(of: "/usr/lib\0/plugin.so").found == "there is no file `/usr/lib /plugin.so`")
    }

    @Test func aPathThatIsNotAbsoluteIsRefused() throws {
        #expect(try refusal(of: "libc.so.6").found == "`libc.so.6` is no absolute path")
        #expect(try refusal(of: "").found == "`` is no absolute path")
    }

    @Test func aFolderIsRefused() throws {
        let folder = try TemporaryFolder()
        #expect(try refusal(of: folder.path).found == "`\(folder.path)` is a folder")
    }

    @Test func aPipeIsRefusedAtOnce() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        #expect(try refusal(of: path).found == "`\(path)` is a pipe or a device")
        #expect(try refusal(of: "/dev/zero").found == "`/dev/zero` is a pipe or a device")
    }

    @Test func aFileThatCannotBeOpenedIsRefusedWithTheReason() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("loop")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
        let error = try refusal(of: path)
        #expect(error.found == "`\(path)` cannot be read: Too many levels of symbolic links")
        #expect(error.help == "check that the user of the server may read it")
    }

    @Test(arguments: [
        ("", "FILE is empty"),
        ("#!/bin/sh\nexit 0\n", "FILE is a script, no shared library"),
        ("!<arch>\nplugin.o/", "FILE is a static library, no shared library"),
        ("/* GNU ld script */\nINPUT(libplugin.so)\n", "FILE is a script for the linker, no shared library"),
        ("MZ\u{90}", "FILE is a program or library of Windows, no shared library"),
        ("storage:\n  provider: memory\n", "FILE is no shared library"),
        ("\u{7F}", "FILE is no shared library"),
        ("\u{7F}ELF", "FILE is truncated: it has 4 of 64 bytes"),
    ])
    func aFileOfAnotherKindIsRefused(_ text: String, _ found: String) throws {
        #expect(try refusal(ofBytes: Array(text.utf8)) == found)
    }

    @Test(arguments: [("-c", "an object file"), ("-no-pie", "a program"), ("-pie", "a program")])
    func whatACompilerMakesBesidesLibrariesIsRefused(_ flag: String, _ kind: String) async throws {
        let path = try await Compiler.c("program\(flag)", from: "program.c", [flag])
        let error = try refusal(of: path)
        #expect(error.found == "`\(path)` is \(kind), no shared library")
        #expect(error.help == "name a shared library: SwiftPM makes one of a product of type .dynamic")
    }
}
