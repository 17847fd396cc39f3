/// The statements of ``ChangeQueries``.
///
/// Whoever changes the log of a room locks the room first. Under READ COMMITTED, PostgreSQL's default, a statement goes
/// on seeing the rows as they were when it began, except for those that it locks or updates. So what depends on rows of
/// `changes` is decided by a statement that begins once the lock is held.
struct ChangeSQL {
    /// The name of the schema, quoted.
    let schema: String

    /// Locks room $1 until the transaction ends.
    var lock: String { "SELECT FROM \(schema).rooms WHERE id = $1 FOR NO KEY UPDATE" }

    /// Adds to rooms $1 runs from $2 to $3, made at $4, with payloads $5; or adds nothing, and gives the rooms that
    /// stand elsewhere.
    ///
    /// The rooms are locked in the order of their ids, so that two batches never wait for each other. With the locks
    /// come the newest revisions, whoever committed meanwhile, which then stay until the commit: they alone decide.
    var append: String {
        """
        WITH batch AS MATERIALIZED (
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::bytea[])
                AS batch (room, first_revision, last_revision, at, payloads)
        ), locked AS MATERIALIZED (
            SELECT id, revision FROM \(schema).rooms WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE
        ), conflicts AS MATERIALIZED (
            SELECT room FROM batch LEFT JOIN locked ON id = room WHERE revision + 1 IS DISTINCT FROM first_revision
        ), advanced AS (
            UPDATE \(schema).rooms SET revision = last_revision, updated_at = at FROM batch
            WHERE id = room AND NOT EXISTS (SELECT FROM conflicts)
        ), inserted AS (
            INSERT INTO \(schema).changes (room, first_revision, last_revision, payloads)
            SELECT room, first_revision, last_revision, payloads FROM batch WHERE NOT EXISTS (SELECT FROM conflicts)
        )
        SELECT (SELECT array_agg(room) FROM conflicts), \(Schema.durably)
        """
    }

    /// Adds to room $1 a run from $2 to $3 with payloads $4 if it leads up to the oldest that is held, or to the
    /// snapshot where none is; gives the revision that it has to lead up to.
    var prepend: String {
        """
        WITH oldest AS (
            SELECT coalesce(
                (SELECT first_revision FROM \(schema).changes WHERE room = $1 ORDER BY last_revision LIMIT 1),
                revision + 1) AS held
            FROM \(schema).snapshots WHERE room = $1
        ), inserted AS (
            INSERT INTO \(schema).changes (room, first_revision, last_revision, payloads)
            SELECT $1, $2::bigint, $3::bigint, $4::bytea FROM oldest
            WHERE held - 1 = $3::bigint AND $2::bigint BETWEEN 1 AND $3::bigint
        )
        SELECT (SELECT held FROM oldest), \(Schema.durably)
        """
    }

    /// The runs of room $1 with the first $4 of the changes from $2 to $3 that are held.
    ///
    /// Two short searches find the first run and the last, so that no other is read.
    var select: String {
        """
        WITH wanted AS (
            SELECT least($3::bigint, greatest($2::bigint, first_revision) + $4::bigint - 1) AS last
            FROM \(schema).changes WHERE room = $1 AND last_revision >= $2::bigint ORDER BY last_revision LIMIT 1
        ), held AS (
            SELECT coalesce(
                (SELECT min(last_revision) FROM \(schema).changes WHERE room = $1 AND last_revision >= wanted.last),
                9223372036854775807) AS last
            FROM wanted
        )
        SELECT first_revision, payloads FROM \(schema).changes
        WHERE room = $1 AND last_revision >= $2::bigint AND last_revision <= (SELECT last FROM held)
        ORDER BY last_revision
        """
    }

    /// Removes the runs of room $1 that end at $2 or before, as far as the snapshot covers them.
    var prune: String {
        """
        WITH pruned AS (
            DELETE FROM \(schema).changes WHERE room = $1 AND last_revision <= least(
                $2, (SELECT revision FROM \(schema).snapshots WHERE room = $1))
        )
        SELECT \(Schema.durably)
        """
    }

    /// The run of room $1 that begins at $2 or before and goes on after it, as far as the snapshot covers it, and the
    /// last revision to take away from it.
    var selectStraddling: String {
        """
        SELECT first_revision, payloads, least($2, revision)
        FROM \(schema).snapshots JOIN \(schema).changes USING (room)
        WHERE room = $1 AND first_revision <= least($2, revision) AND last_revision > least($2, revision)
        """
    }

    /// Lets the run of room $1 that ends at $2 begin at $3 with payloads $4, if its payloads are still $5; says whether
    /// they were.
    var shorten: String {
        """
        WITH shortened AS (
            UPDATE \(schema).changes SET first_revision = $3, payloads = $4
            WHERE room = $1 AND last_revision = $2 AND payloads = $5 RETURNING room
        )
        SELECT EXISTS (SELECT FROM shortened), \(Schema.durably)
        """
    }
}
