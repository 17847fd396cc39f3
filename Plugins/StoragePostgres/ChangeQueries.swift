import ProviderKit

/// What is asked of the table `changes`.
struct ChangeQueries: Sendable {
    private let lock: Statement
    private let append: Statement
    private let prepend: Statement
    private let select: Statement
    private let prune: Statement
    private let selectStraddling: Statement
    private let shorten: Statement

    init(_ schema: Schema) {
        let sql = ChangeSQL(schema: schema.quotedName)
        lock = Statement(sql.lock)
        append = Statement(sql.append)
        prepend = Statement(sql.prepend)
        select = Statement(sql.select)
        prune = Statement(sql.prune)
        selectStraddling = Statement(sql.selectStraddling)
        shorten = Statement(sql.shorten)
    }

    /// Adds one row for each append, however many changes it has: all of them, or none when there is a conflict.
    ///
    /// - Returns: the rooms that are not where their append begins, or that do not exist.
    func append(_ batch: [RoomAppend], on connection: Connection) throws(PostgresFailure) -> [RoomID] {
        let row = try connection.row(
            append(
                .texts(batch.map(\.room.rawValue)), .integers(batch.map(\.first.rawValue)),
                .integers(batch.map(\.last.rawValue)), .times(batch.map(\.at)),
                .byteArrays(batch.map(\.payloads.framed))))
        return try row.texts(0).map { RoomID($0) }
    }

    /// Adds a run before all others, if it leads up to them.
    ///
    /// - Returns: the oldest revision that was held before, or the one after the snapshot; nil when there is no room.
    func prepend(
        _ payloads: PayloadRun, to id: RoomID, from first: Revision, on connection: Connection
    ) throws(PostgresFailure) -> Revision? {
        let last = first.rawValue &+ payloads.count &- 1
        let results = try connection.run([
            lock(.text(id.rawValue)),
            prepend(
                .text(id.rawValue), .integer(first.rawValue), .integer(last), .bytes(payloads.framed)),
        ])
        return try results.last?.rows.first?.optionalInteger(0).map { Revision($0) }
    }

    func entries(
        of id: RoomID, in range: Range<Revision>, limit: Int, on connection: Connection
    ) throws(PostgresFailure) -> [LogEntry] {
        guard !range.isEmpty, limit > 0 else { return [] }
        let last = range.upperBound.rawValue - 1
        let rows = try connection.rows(
            select(
                .text(id.rawValue), .integer(range.lowerBound.rawValue), .integer(last),
                .integer(min(limit, 1 << 40))))
        var entries: [LogEntry] = []
        for row in rows where entries.count < limit {
            let run = try ChangeRun(first: Revision(try row.integer(0)), framed: try row.bytes(1))
            entries += run.entries.filter { range.contains($0.revision) }.prefix(limit - entries.count)
        }
        return entries
    }

    /// Drops changes up to a revision, as far as the snapshot covers them.
    func prune(_ id: RoomID, through revision: Revision, on connection: Connection) throws(PostgresFailure) {
        var isDone = false
        while !isDone {
            let results = try connection.run([
                lock(.text(id.rawValue)),
                prune(.text(id.rawValue), .integer(revision.rawValue)),
                selectStraddling(.text(id.rawValue), .integer(revision.rawValue)),
            ])
            guard let row = results.last?.rows.first else { return }
            isDone = try shortenRun(of: id, row, on: connection)
        }
    }

    /// Takes changes away from the beginning of a run, unless somebody else has changed it meanwhile.
    private func shortenRun(of id: RoomID, _ row: Row, on connection: Connection) throws(PostgresFailure) -> Bool {
        let run = try ChangeRun(first: Revision(try row.integer(0)), framed: try row.bytes(1))
        let through = Revision(try row.integer(2))
        let results = try connection.run([
            lock(.text(id.rawValue)),
            shorten(
                .text(id.rawValue), .integer(run.last.rawValue), .integer(through.next.rawValue),
                .bytes(run.payloads(after: through).framed), .bytes(run.payloads.framed)),
        ])
        return try results.last?.rows.first?.boolean(0) ?? false
    }
}
