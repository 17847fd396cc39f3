import Foundation
import TestSupport

/// The compilers of the toolchain that the tests are built with, working on the files in `Fixtures`.
enum Compiler {
    /// Where the tests were built, and ProviderKit's library and modules with them.
    static let buildFolder = Bundle.module.bundleURL.deletingLastPathComponent()
    /// Where the compiled libraries go; they are written anew by each run.
    private static let outputFolder = buildFolder.appending(path: "PluginLoaderTests.fixtures")

    /// Compiles a library in Swift, as a plugin's author does.
    ///
    /// - Returns: its path.
    static func swiftLibrary(_ name: String, from source: String, _ flags: [String] = []) async throws -> String {
        let modules = buildFolder.appending(path: "Modules").path
        let moduleMap = buildFolder.appending(path: "CProviderKitABI.build/module.modulemap").path
        return try await compile(
            "swiftc", to: path("lib\(name).so"),
            [
                "-emit-library", "-module-name", name, "-swift-version", "6", fixture(source), "-I", modules,
                "-Xcc", "-fmodule-map-file=\(moduleMap)", "-L", buildFolder.path, "-lProviderKit",
            ] + flags)
    }

    /// Compiles a program in Swift.
    static func swiftProgram(_ name: String, from sources: [String], _ flags: [String]) async throws -> String {
        try await compile("swiftc", to: path(name), ["-emit-executable"] + sources + flags)
    }

    /// Compiles a file in C, to a shared library unless the flags say otherwise.
    static func c(
        _ name: String, from source: String = "plugin.c", _ flags: [String] = ["-shared"]
    ) async throws -> String {
        let header = sources.appending(path: "ProviderKit/CProviderKitABI/include").path
        return try await compile("clang", to: path(name), ["-fPIC", "-I", header, fixture(source)] + flags)
    }

    /// Runs a program to its end.
    ///
    /// - Returns: what it wrote to its standard output.
    static func run(_ program: String, _ arguments: [String] = []) async throws -> String {
        let folder = try TemporaryFolder()
        let pid = try spawn(
            program, arguments, environment: ProcessInfo.processInfo.environment,
            output: .file(folder.path("output")), errors: .file(folder.path("errors")))
        let status = await end(of: pid)
        guard status == 0 else {
            throw Failure("\(program) \(arguments) ended with \(status): \(folder.read("errors"))")
        }
        return folder.read("output")
    }

    /// The path of a file in `Fixtures`.
    static func fixture(_ name: String) -> String {
        Bundle.module.bundleURL.appending(path: "Fixtures/\(name)").path
    }

    /// The folder with the sources of all modules.
    static let sources = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources")

    private static func path(_ name: String) throws -> String {
        try FileManager.default.createDirectory(at: outputFolder, withIntermediateDirectories: true)
        return outputFolder.appending(path: name).path
    }

    private static func compile(_ compiler: String, to path: String, _ arguments: [String]) async throws -> String {
        _ = try await run("/usr/bin/env", [compiler] + arguments + ["-o", path])
        return path
    }

    /// Waits for a child on a thread of its own, because that blocks.
    private static func end(of pid: pid_t) async -> CInt {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: CInt = 0
                waitpid(pid, &status, 0)
                continuation.resume(returning: status)
            }
        }
    }
}
