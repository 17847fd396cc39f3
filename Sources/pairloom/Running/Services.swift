import Dispatch
import Foundation
import Logging
import Rooms
import ServiceLifecycle

/// The journal as a part of the server's life: it ends when all is saved.
struct JournalService: Service {
    let journal: Journal

    func run() async throws {
        let isSaved = await withGracefulShutdownHandler {
            await journal.run()
        } onGracefulShutdown: {
            journal.finish()
        }
        guard isSaved else { throw Failure(message: "the last changes could not be saved", code: .general) }
    }
}

/// Ends the process when an orderly end takes too long: a store that hangs cannot be waited for.
struct StopDeadline: Service {
    let limit: Duration
    let logger: Logger

    func run() async throws {
        try await gracefulShutdown()
        // A timer of the system, since the tasks of this process may be what hangs.
        DispatchQueue.global().asyncAfter(deadline: .now() + limit / .seconds(1)) {
            logger.error("The end took too long; changes may not have been saved")
            exit(Failure.Code.general.rawValue)
        }
    }
}

/// The closing of idle rooms as a part of the server's life.
struct DirectoryService: Service {
    let directory: RoomDirectory

    func run() async {
        await cancelWhenGracefulShutdown {
            await directory.run()
        }
    }
}
