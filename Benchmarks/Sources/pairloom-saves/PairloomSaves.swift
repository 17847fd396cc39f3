import Foundation
import LoadClient
import NIOCore
import NIOPosix

/// Lets people type in many rooms, and reports how fast that is saved.
///
/// Prints `measuring` and `measured` at the ends of the measured time, so that others can measure along, and then the
/// report.
@main
enum PairloomSaves {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.isEmpty || arguments == ["--help"] { return print(SavesOptions.usage) }
        do {
            tell(try await run(SavesOptions(arguments: arguments)).json())
        } catch {
            log("\(error)")
            exit(1)
        }
    }

    private static func run(_ options: SavesOptions) async throws -> SavesReport {
        // One loop, so that the generator fits on the core that the server does not use.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let report = try await SavesRun.report(options, on: loop) { tell($0) }
        try await group.shutdownGracefully()
        return report
    }

    /// Prints a line at once, even into a pipe.
    private static func tell(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}
