import Rooms
import ServiceLifecycle

/// The journal as a part of the server's life: it ends when all is saved.
struct JournalService: Service {
    let journal: Journal

    func run() async {
        await withGracefulShutdownHandler {
            await journal.run()
        } onGracefulShutdown: {
            journal.finish()
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
