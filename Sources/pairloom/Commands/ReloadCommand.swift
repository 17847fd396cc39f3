import ArgumentParser
import Foundation

/// `pairloom reload`
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the running server read its configuration again.",
        discussion: """
            The server that runs with this configuration is sent SIGHUP. It reads the file with its own environment, and \
            either puts all of it into force that can be, or nothing. Its log says what changed, and what needs a restart; \
            nobody is disconnected.

            Exits with 0 when the server has read the file, with 78 and the server's own line when the file is not in order, \
            and with 69 when no server runs with this configuration, or it does not answer.
            """)

    @OptionGroup var config: ConfigurationFlag

    func run() async throws {
        try await reportingFailure {
            let file = ProcessFile(besides: config.source.path)
            let before = try Self.owner(of: file)
            guard kill(before.process, SIGHUP) == 0 else {
                let problem = String(cString: strerror(errno))
                throw Failure(message: "process \(before.process) cannot be told: \(problem)", code: .unavailable)
            }
            let after = try await Self.answer(of: file, to: before)
            if !after.problem.isEmpty {
                throw Failure(message: "the server (process \(after.process)): \(after.problem)", code: .configuration)
            }
            print("The server (process \(after.process)) has read its configuration again. Its log says what changed.")
        }
    }

    private static func owner(of file: ProcessFile) throws -> ProcessFileOwner {
        do throws(ProcessFileProblem) {
            return try file.owner()
        } catch {
            throw Failure(message: "\(error)", code: .unavailable)
        }
    }

    /// Waits until the server says what came of it.
    private static func answer(of file: ProcessFile, to before: ProcessFileOwner) async throws -> ProcessFileOwner {
        for _ in 0..<600 {
            try await Task.sleep(for: .milliseconds(50))
            let owner = try owner(of: file)
            if owner.process != before.process { break }
            if let reloads = owner.reloads, reloads > before.reloads ?? 0 { return owner }
        }
        throw Failure(
            message: "process \(before.process) was told, but does not answer; see its log", code: .unavailable)
    }
}
