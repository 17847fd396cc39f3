import GRDB

/// The tables of the file, and how a file gets them.
enum Schema {
    /// Why a file is not one of ours.
    enum Mismatch: Error {
        /// A newer version of the server wrote it, in this format.
        case newer(Int)
        /// Another program wrote it.
        case foreign
    }

    /// The format that this version writes.
    static let version = migrations.count

    /// "Pair", in the file's header: `file pairloom.db` shows it.
    private static let applicationID = 0x5061_6972

    /// What leads from each format to the next. Never change one that was released; add another.
    private static let migrations = [
        // Times are milliseconds since 1970: SELECT datetime(updated_at / 1000, 'unixepoch').
        // The text has a table of its own, since `rooms` is written with each commit.
        """
        CREATE TABLE rooms (
            id TEXT NOT NULL PRIMARY KEY,
            language TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            revision INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE snapshots (
            room TEXT NOT NULL PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
            revision INTEGER NOT NULL,
            text TEXT NOT NULL
        ) STRICT;

        -- A row is a run of changes. Payloads: of each change its length, as a LEB128 varint, and its bytes.
        CREATE TABLE changes (
            room TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
            first_revision INTEGER NOT NULL,
            last_revision INTEGER NOT NULL,
            payloads BLOB NOT NULL,
            PRIMARY KEY (room, first_revision)
        ) STRICT, WITHOUT ROWID;
        """
    ]

    /// Whether the server has made the file.
    static func isOurs(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "PRAGMA application_id") == applicationID
    }

    /// Whether nobody has put anything into the file.
    static func isEmpty(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
    }

    /// Brings a file to the format of this version.
    ///
    /// One transaction from the look at the version to the last step, so that of two servers that open a new file at
    /// once one waits for the other.
    static func migrate(_ pool: DatabasePool) throws {
        try pool.write { db in
            let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            guard try isOurs(db) || isEmpty(db), found >= 0 else { throw Mismatch.foreign }
            guard found <= version else { throw Mismatch.newer(found) }
            guard found < version else { return }
            for migration in migrations[found...] {
                try db.execute(sql: migration)
            }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(version)")
        }
    }
}
