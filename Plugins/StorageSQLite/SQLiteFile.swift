import Foundation
import GRDB
import ProviderKit

/// A file to keep rooms in, and how to open it.
struct SQLiteFile: Sendable {
    /// An absolute path.
    let path: String
    /// Whether other servers may open the file too.
    let isShared: Bool
    /// How long to wait for others that write.
    let busyTimeout: Duration

    /// Opens the file, after creating it and its folder if need be. Blocks the thread.
    func open() throws(ProviderStartError) -> (pool: DatabasePool, lock: FileLock) {
        try prepareFolder()
        try refuseOtherThanFile()
        let lock = try takeLock()
        do {
            return (try openPool(), lock)
        } catch {
            lock.release()
            throw startError(for: error)
        }
    }

    private func prepareFolder() throws(ProviderStartError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw ProviderStartError("The folder \(folder) cannot be created; check the path and who owns its parent")
        }
    }

    /// Whether there is a regular file at the path.
    var isRegularFile: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether there is nothing at the path, as far as can be seen.
    var isMissing: Bool {
        var status = stat()
        return stat(path, &status) != 0 && errno == ENOENT
    }

    /// Looks before SQLite does, which leaves files beside a device and waits for the other end of a pipe.
    private func refuseOtherThanFile() throws(ProviderStartError) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw ProviderStartError("\(path) is a folder; name a file in it")
        default: throw ProviderStartError("\(path) is a pipe or a device; name a regular file")
        }
    }

    private func takeLock() throws(ProviderStartError) -> FileLock {
        do {
            return try FileLock(path: path + ".lock", isShared: isShared)
        } catch {
            switch error {
            case .taken(let owner):
                let server = owner.map { "another server (pid \($0))" } ?? "another server"
                throw ProviderStartError(
                    "\(path) is in use by \(server); stop it, use another file, or set shared: true for both",
                    isRetryable: true)
            case .failed(let reason):
                throw ProviderStartError("\(path) cannot be written: its folder does not take a lock file (\(reason))")
            }
        }
    }

    private func openPool() throws -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "pairloom.sqlite"
        configuration.busyMode = .timeout(busyTimeout / .seconds(1))
        let pool = try DatabasePool(path: path, configuration: configuration)
        do {
            try pool.writeWithoutTransaction { db in
                // The pool sets NORMAL, with which a commit that returned may be lost with the power.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // 16 MiB: rooms that are typed in all the time go to the main file a quarter as often.
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
            }
            try Schema.migrate(pool)
            return pool
        } catch {
            try? pool.close()
            throw error
        }
    }

    /// Translates an error on the way to an open file for an operator.
    func startError(for error: any Error) -> ProviderStartError {
        switch error {
        case let error as ProviderStartError:
            error
        case Schema.Mismatch.newer(let version):
            ProviderStartError(
                "\(path) was written by a newer version of the server (format \(version), this one knows "
                    + "\(Schema.version)); start that version, or use another file")
        case Schema.Mismatch.foreign:
            ProviderStartError("\(path) is the database of another program; use another file")
        case let error as DatabaseError:
            startError(for: error)
        default:
            ProviderStartError("\(path) cannot be opened: \(error)")
        }
    }

    private func startError(for error: DatabaseError) -> ProviderStartError {
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            ProviderStartError("\(path) is not an SQLite database, or it is damaged")
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
            ProviderStartError("\(path) cannot be written; check who owns it and its folder")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            ProviderStartError(
                "\(path) is being written by another program; stop it, or set a longer busy_timeout",
                isRetryable: true)
        case .SQLITE_FULL:
            ProviderStartError("\(path) cannot be written: no space is left", isRetryable: true)
        default:
            ProviderStartError("\(path) cannot be opened: \(error)")
        }
    }
}
