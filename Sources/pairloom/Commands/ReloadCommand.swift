import ArgumentParser
import Foundation

/// `pairloom reload`
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the running server read its configuration again.",
        discussion: """
            The server that runs with this configuration is sent SIGHUP, once the configuration is known to be in order. Its \
            log says what changed, and what needs a restart; nobody is disconnected.

            Exits with 0 when the server was told, with 69 when none runs with this configuration, and with 78 when the \
            configuration is not in order: then the server is not told.
            """)

    @OptionGroup var config: ConfigurationFlag

    func run() async throws {
        try await reportingFailure {
            let source = config.source
            _ = try source.load()
            let process: pid_t
            do throws(ProcessFile.Problem) {
                process = try ProcessFile(besides: source.path).process()
            } catch {
                throw Failure(message: "\(error)", code: .unavailable)
            }
            guard kill(process, SIGHUP) == 0 else {
                let problem = String(cString: strerror(errno))
                throw Failure(message: "process \(process) cannot be told: \(problem)", code: .unavailable)
            }
            print("The server (process \(process)) reads its configuration again. Its log says what changed.")
        }
    }
}
