import GRDB
import ProviderKit

extension SQLiteFile {
    /// The program that a file belongs to.
    enum Owner: Equatable {
        /// There is no file, or nothing in it.
        case nobody
        /// Ours.
        case server
        /// The FastAPI server that came before.
        case fastAPI
        /// Another program.
        case other
    }

    /// The file that a location leads to: itself, or ours beside it when it belongs to somebody else. Blocks the thread.
    ///
    /// The file of another program is neither written nor locked. One that is named by its path is refused unless it is
    /// the FastAPI server's; one that is named by a URL, as such programs do, is left alone.
    static func choose(
        _ location: SQLiteLocation, isShared: Bool, busyTimeout: Duration, log: (LogLevel, String) -> Void
    ) throws(ProviderStartError) -> SQLiteFile {
        let named = SQLiteFile(path: location.path, isShared: isShared, busyTimeout: busyTimeout)
        let beside = SQLiteFile(path: location.siblingPath, isShared: isShared, busyTimeout: busyTimeout)
        switch try named.owner() {
        case .server:
            return named
        case .nobody:
            // A folder, a pipe or a place that cannot be seen is told when it is opened.
            guard named.isRegularFile || named.isMissing, try beside.owner() == .server else { return named }
            log(.info, "\(named.path) is not there or empty; rooms are kept in \(beside.path), as before")
            return beside
        case .fastAPI:
            log(
                .warning,
                "\(named.path) is the database of the FastAPI server and stays as it is; rooms are kept in \(beside.path)"
            )
            return beside
        case .other:
            guard location.isURL else { throw named.startError(for: Schema.Mismatch.foreign) }
            log(
                .warning,
                "\(named.path) is the database of another program and stays as it is; rooms are kept in \(beside.path)")
            return beside
        }
    }

    /// Finds out whose the file is, without writing to it.
    func owner() throws(ProviderStartError) -> Owner {
        // What cannot be a database is told when it is opened.
        guard isRegularFile else { return .nobody }
        do {
            let queue = try DatabaseQueue(path: path, configuration: .reading(busyTimeout))
            defer { try? queue.close() }
            return try queue.read { db -> Owner in
                if try Schema.isOurs(db) { return .server }
                if try FastAPITable(db) != nil { return .fastAPI }
                return try Schema.isEmpty(db) ? .nobody : .other
            }
        } catch let error as DatabaseError where error.isAboutUnfinishedTransaction {
            throw unfinishedTransaction
        } catch {
            // It may be anybody's, so no other file may take its place, and nothing may be written to it.
            throw startError(for: error)
        }
    }

    /// A program was killed while it wrote the file, and the file is right again once somebody writes who may.
    var unfinishedTransaction: ProviderStartError {
        ProviderStartError(
            "\(path) has an unfinished transaction of another program beside it (\(path)-journal); start that program once, "
                + "or run: sqlite3 \(path) .tables")
    }
}

extension GRDB.Configuration {
    /// For files of others, which are only read.
    static func reading(_ busyTimeout: Duration) -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(busyTimeout / .seconds(1))
        return configuration
    }
}

extension DatabaseError {
    /// Whether a journal must be played back first, which takes the right to write.
    var isAboutUnfinishedTransaction: Bool {
        [.SQLITE_READONLY_ROLLBACK, .SQLITE_READONLY_RECOVERY].contains(extendedResultCode)
    }
}
