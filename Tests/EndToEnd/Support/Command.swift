import Foundation
import TestSupport

/// What a program that ran to its end left behind.
struct Command: Sendable {
    let exit: ChildProcess.Exit
    let output: String
    let errors: String

    /// Runs a program and waits for its end.
    static func run(
        _ executable: URL, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> Command {
        let folder = try TemporaryFolder()
        let child = try ChildProcess(
            executable, arguments, environment: environment, output: folder.path("output"),
            errors: folder.path("errors"))
        let exit = try await child.exit.get(awaiting: "\(executable.lastPathComponent) \(arguments) to end")
        return Command(exit: exit, output: folder.read("output"), errors: folder.read("errors"))
    }

    /// Runs `pairloom` and waits for its end.
    static func pairloom(_ arguments: String...) async throws -> Command {
        try await run(Products.pairloom(), arguments)
    }
}
