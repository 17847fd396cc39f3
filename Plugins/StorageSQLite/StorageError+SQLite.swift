import GRDB
import ProviderKit

extension StorageError {
    /// What an error of GRDB or of our own, thrown while the file was used, means to a caller.
    init(_ error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case is CancellationError: self.init(.cancelled, "The task was canceled.")
        case let error as DatabaseError: self.init(error)
        case is RowDecodingError: self.init(.corrupted, "The file is not as the server made it.")
        default: self.init(.unavailable, "The file cannot be used.", underlying: "\(error)")
        }
    }

    private init(_ error: DatabaseError) {
        let (code, message): (Code, String) =
            switch error.resultCode {
            case .SQLITE_FULL, .SQLITE_TOOBIG: (.full, "No space is left for the file.")
            case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: (.readOnly, "The file cannot be written.")
            case .SQLITE_BUSY, .SQLITE_LOCKED: (.unavailable, "Another program is writing to the file.")
            case .SQLITE_IOERR, .SQLITE_CANTOPEN: (.unavailable, "The file cannot be reached.")
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: (.corrupted, "The file is damaged.")
            case .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_SCHEMA:
                (.corrupted, "The file is not as the server made it.")
            case .SQLITE_INTERRUPT: (.cancelled, "The task was canceled.")
            default: (.unavailable, "The file cannot be used.")
            }
        // Without the statement and its arguments, which may hold a whole document.
        let said = error.message ?? "no message"
        self.init(code, message, underlying: "SQLite error \(error.extendedResultCode.rawValue): \(said)")
    }
}
