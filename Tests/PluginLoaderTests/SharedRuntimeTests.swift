import Foundation
import Testing

@testable import PluginLoader

/// A program with a Swift runtime of its own would not share a single type with a plugin.
@Suite struct SharedRuntimeTests {
    @Test func thisProgramUsesTheSharedRuntime() {
        #expect(SharedRuntime.isUsed)
    }

    @Test(arguments: [(flags: [], isShared: true), (flags: ["-static-stdlib"], isShared: false)])
    func aProgramThatWasLinkedWithTheStaticRuntimeIsRecognized(flags: [String], isShared: Bool) async throws {
        let sources = [
            Compiler.fixture("runtime/main.swift"),
            Compiler.sources.appending(path: "PluginLoader/SharedRuntime.swift").path,
        ]
        // As in the server, ProviderKit's library is there, and brings the shared runtime along.
        let folder = Compiler.buildFolder.path
        let program = try await Compiler.swiftProgram(
            isShared ? "shared" : "static", from: sources,
            flags + ["-L", folder, "-Xlinker", "--no-as-needed", "-lProviderKit", "-Xlinker", "-rpath=\(folder)"])
        #expect(try await Compiler.run(program) == "\(isShared)\n")
    }
}
