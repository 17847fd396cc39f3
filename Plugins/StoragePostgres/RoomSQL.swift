/// The statements of ``RoomQueries``.
struct RoomSQL {
    /// The name of the schema, quoted.
    let schema: String

    /// Adds room $1 in language $2, created at $3, updated at $4, at revision $5, with a snapshot of revision $6 and
    /// text $7, and payloads $8 after it; says whether there was no such room.
    var create: String {
        """
        WITH room AS (
            INSERT INTO \(schema).rooms (id, language, created_at, updated_at, revision)
            VALUES ($1, $2, $3, $4, $5::bigint) ON CONFLICT (id) DO NOTHING RETURNING id
        ), snapshot AS (
            INSERT INTO \(schema).snapshots (room, revision, text) SELECT id, $6::bigint, $7::text FROM room
        ), changes AS (
            INSERT INTO \(schema).changes (room, first_revision, last_revision, payloads)
            SELECT id, $6::bigint + 1, $5::bigint, $8::bytea FROM room WHERE $6::bigint < $5::bigint
        )
        SELECT EXISTS (SELECT FROM room), \(Schema.durably), \(Schema.confirmed(unless: "EXISTS (SELECT FROM room)"))
        """
    }

    /// Room $1 with its snapshot and the runs that reach beyond it, all as of one moment.
    var select: String {
        """
        SELECT language, created_at, updated_at, rooms.revision, snapshots.revision, text, firsts, payloads
        FROM \(schema).rooms LEFT JOIN \(schema).snapshots ON room = id CROSS JOIN LATERAL (
            SELECT array_agg(first_revision) AS firsts, array_agg(payloads) AS payloads FROM (
                SELECT first_revision, payloads FROM \(schema).changes
                WHERE room = $1 AND last_revision > snapshots.revision ORDER BY last_revision
            ) AS runs
        ) AS tail
        WHERE id = $1
        """
    }

    /// The first $1 rooms.
    var list: String { "\(summaries) ORDER BY id LIMIT $1::bigint" }

    /// The first $1 rooms after $2.
    var listAfter: String { "\(summaries) WHERE id > $2 ORDER BY id LIMIT $1::bigint" }

    private var summaries: String { "SELECT id, language, created_at, updated_at, revision FROM \(schema).rooms" }

    /// Saves for room $1 a snapshot of revision $2 with text $3 if it is newer than the one that is there, but not
    /// newer than the room; gives the room's revision.
    var saveSnapshot: String {
        """
        WITH room AS (
            SELECT revision FROM \(schema).rooms WHERE id = $1
        ), snapshot AS (
            UPDATE \(schema).snapshots SET revision = $2, text = $3
            WHERE room = $1 AND revision < $2 AND EXISTS (SELECT FROM room WHERE revision >= $2) RETURNING room
        )
        SELECT (SELECT revision FROM room), \(Schema.durably),
            \(Schema.confirmed(unless: "EXISTS (SELECT FROM snapshot)"))
        """
    }

    /// Removes room $1; its snapshot and its changes go with it.
    var delete: String {
        """
        WITH room AS (DELETE FROM \(schema).rooms WHERE id = $1 RETURNING id)
        SELECT \(Schema.durably), \(Schema.confirmed(unless: "EXISTS (SELECT FROM room)"))
        """
    }
}
