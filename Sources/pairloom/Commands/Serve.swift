import ArgumentParser
import ConfigFile
import Foundation

/// `pairloom serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve rooms until stopped (the default).",
        discussion: """
            Prints one line when it is ready. SIGTERM and Ctrl-C end it in order: connections are told to come back, and \
            what is not saved yet is saved. SIGHUP, or `pairloom reload`, has the configuration read again.
            """)

    @OptionGroup var config: ConfigurationFlag

    @Option(help: "The address to listen on, instead of server.host.")
    var host: String?

    @Option(help: "The port to listen on, instead of server.port; 0 for any free one.")
    var port: Int?

    func validate() throws {
        if let problem = host.flatMap(HostRule.problem(of:)) {
            throw ValidationError("--host: \(problem.found); \(problem.help)")
        }
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port must be from 0 to 65535") }
    }

    func run() async throws {
        try await reportingFailure {
            // Until the server can read its configuration again, a signal that asks for it must not end it.
            signal(SIGHUP, SIG_IGN)
            let source = config.source(host: host)
            try await ServerRun(source: source, configuration: try source.load(), host: host, port: port).run()
        }
    }
}
