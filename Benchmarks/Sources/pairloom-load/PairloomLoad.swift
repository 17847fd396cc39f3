import CollabText
import Foundation
import LoadClient
import NIOCore
import NIOPosix

/// Presses a server with editors that type, and reports what that cost.
@main
enum PairloomLoad {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.isEmpty || arguments == ["--help"] { return print(LoadOptions.usage) }
        do {
            print(try await run(LoadOptions(arguments: arguments)).json())
        } catch {
            log("\(error)")
            exit(1)
        }
    }

    private static func run(_ options: LoadOptions) async throws -> Report {
        // One loop, so that the generator fits on the core that the server does not use.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let requests = RoomRequests(options: options, loop: loop)
        var rooms: [String] = []
        for _ in 0..<options.rooms { rooms.append(try await requests.createRoom()) }
        let outcome = try await LoadRun.outcome(options, rooms: rooms, on: loop)
        for copy in outcome.copies where copy.text != TextBuffer(try await requests.text(of: rooms[copy.room])) {
            throw LoadError("a client's text at the end is not the server's")
        }
        try await group.shutdownGracefully()
        return outcome.report
    }
}
