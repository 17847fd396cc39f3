import ProviderKit

/// The tables of the database, and how a database gets them.
struct Schema: Sendable {
    /// The schema that the tables are in.
    let name: String
    /// The name as it stands in SQL.
    let quotedName: String
    /// Writes what costs nothing to lose. Once its commit is confirmed, so is every commit before it.
    let touch: Statement

    init(_ name: String) {
        self.name = name
        quotedName = "\"" + name.replacing("\"", with: "\"\"") + "\""
        touch = Statement(
            "UPDATE \(quotedName).format SET checked_at = now() RETURNING version::bigint, \(Self.durably)")
    }

    /// A schema of a name from the configuration.
    init(checking name: String) throws(ProviderStartError) {
        // PostgreSQL would cut a longer one off, and two servers could then share what they should not.
        guard 1...63 ~= name.utf8.count, !name.utf8.contains(0) else {
            throw ProviderStartError("storage.postgres.schema must be a name of 1 to 63 bytes")
        }
        self.init(name)
    }

    /// The schema of a server whose configuration names none.
    static let standardName = "pairloom"

    /// The format that this version writes.
    static let version = 1

    /// An expression for the result of each statement that writes: what it commits survives the loss of power, also
    /// where the database or the user has `synchronous_commit = off`. Ends with the transaction.
    static let durably = """
        CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END
        """

    /// An expression for the result of a statement that may find nothing left to write: its commit then waits for the
    /// disk and the standbys all the same, since it may have found what no standby has yet.
    ///
    /// - Parameter hasWritten: a condition that says whether it has written something.
    static func confirmed(unless hasWritten: String) -> String {
        "CASE WHEN NOT \(hasWritten) THEN pg_logical_emit_message(true, 'pairloom', '') END"
    }

    /// What leads from each format to the next. Never change one that was released; add another.
    var migrations: [[String]] { [firstFormat] }

    /// The text has a table of its own, since `rooms` is written with each commit.
    private var firstFormat: [String] {
        let name = quotedName
        return [
            """
            CREATE TABLE \(name).format (version integer NOT NULL, checked_at timestamptz NOT NULL)
            """,
            """
            CREATE TABLE \(name).rooms (
                id text COLLATE "C" PRIMARY KEY,
                language text NOT NULL,
                created_at timestamptz NOT NULL,
                updated_at timestamptz NOT NULL,
                revision bigint NOT NULL
            ) WITH (fillfactor = 50)
            """,
            """
            CREATE TABLE \(name).snapshots (
                room text COLLATE "C" PRIMARY KEY REFERENCES \(name).rooms (id) ON DELETE CASCADE,
                revision bigint NOT NULL,
                text text NOT NULL
            )
            """,
            """
            CREATE TABLE \(name).changes (
                room text COLLATE "C" NOT NULL REFERENCES \(name).rooms (id) ON DELETE CASCADE,
                first_revision bigint NOT NULL,
                last_revision bigint NOT NULL,
                payloads bytea NOT NULL,
                PRIMARY KEY (room, last_revision)
            )
            """,
            "INSERT INTO \(name).format VALUES (0, now())",
        ] + comments
    }

    private var comments: [String] {
        [
            ("TABLE", "format", "How the tables of this schema are laid out, in one row."),
            ("COLUMN", "format.version", "The version of the layout."),
            ("COLUMN", "format.checked_at", "When a server last made sure that it can write."),
            ("TABLE", "rooms", "The rooms of Pairloom, each with the newest state of its log."),
            ("COLUMN", "rooms.id", "The name of the room, as clients use it."),
            ("COLUMN", "rooms.language", "The language of the code, as the creator named it."),
            ("COLUMN", "rooms.created_at", "When the room was created."),
            ("COLUMN", "rooms.updated_at", "When the newest change was made."),
            ("COLUMN", "rooms.revision", "How many changes the room has seen."),
            ("TABLE", "snapshots", "The whole text of each room at one revision. Newer changes are in changes."),
            ("COLUMN", "snapshots.room", "The room."),
            ("COLUMN", "snapshots.revision", "The revision that the text is at."),
            ("COLUMN", "snapshots.text", "The text."),
            ("TABLE", "changes", "The log of each room. A row is a run of changes that follow each other."),
            ("COLUMN", "changes.room", "The room."),
            ("COLUMN", "changes.first_revision", "The revision that the first change of the run leads to."),
            ("COLUMN", "changes.last_revision", "The revision that the last change of the run leads to."),
            (
                "COLUMN", "changes.payloads",
                "Of each change its length, as a LEB128 varint, and its bytes, which only the server understands."
            ),
        ].map { kind, object, text in "COMMENT ON \(kind) \(quotedName).\(object) IS '\(text)'" }
    }
}
