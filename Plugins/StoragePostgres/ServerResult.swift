import CLibPQ
import ProviderKit

/// What the server sent back for one command, in PostgreSQL's binary form.
final class ServerResult {
    private let handle: OpaquePointer

    /// Takes over a result of libpq, and frees it in the end.
    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQclear(handle)
    }

    var status: ExecStatusType { PQresultStatus(handle) }

    var rows: some Collection<Row> {
        (0..<PQntuples(handle)).lazy.map { Row(result: self, index: $0) }
    }

    /// Why the server did not do what it was asked, without what it was asked.
    var failure: PostgresFailure {
        let message = field(PGFieldMessage) ?? String(cString: PQresultErrorMessage(handle))
        guard let state = field(PGFieldSQLState) else { return .disconnected(reason: message.firstLine) }
        return .refused(state: state, message: message.firstLine)
    }

    private func field(_ code: Int) -> String? {
        PQresultErrorField(handle, CInt(code)).map { String(cString: $0) }
    }

    /// The bytes of a field while `body` runs; nil when it is NULL.
    fileprivate func withField<Value>(
        _ row: CInt, _ column: CInt, _ body: (UnsafeRawBufferPointer) throws(PostgresFailure) -> Value
    ) throws(PostgresFailure) -> Value? {
        // The result would otherwise be free to go once libpq has given the address.
        defer { withExtendedLifetime(self) {} }
        guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else { return nil }
        return try body(UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column))))
    }
}

/// A row of a result. Each value throws `.damaged` when it is not of the wanted type.
struct Row {
    fileprivate let result: ServerResult
    fileprivate let index: CInt

    func integer(_ column: CInt) throws(PostgresFailure) -> Int {
        try required(optionalInteger(column))
    }

    /// A revision that a room can be at.
    func revision(_ column: CInt) throws(PostgresFailure) -> Revision {
        let number = try integer(column)
        guard let revision = Revision(exactly: number) else { throw .damaged("a room is at revision \(number)") }
        return revision
    }

    /// Nil when the field is NULL.
    func optionalInteger(_ column: CInt) throws(PostgresFailure) -> Int? {
        try result.withField(index, column) { (field) throws(PostgresFailure) in
            var reader = BinaryReader(field)
            return Int(try reader.integer(Int64.self))
        }
    }

    func boolean(_ column: CInt) throws(PostgresFailure) -> Bool {
        try required(result.withField(index, column) { $0.first == 1 })
    }

    func time(_ column: CInt) throws(PostgresFailure) -> Timestamp {
        Timestamp(microsecondsSince2000: Int64(try integer(column)))
    }

    func text(_ column: CInt) throws(PostgresFailure) -> String {
        try required(optionalText(column))
    }

    /// Nil when the field is NULL.
    func optionalText(_ column: CInt) throws(PostgresFailure) -> String? {
        try result.withField(index, column) { String(decoding: $0, as: UTF8.self) }
    }

    func bytes(_ column: CInt) throws(PostgresFailure) -> [UInt8] {
        try required(result.withField(index, column) { Array($0) })
    }

    /// Empty when the field is NULL, as an aggregate of nothing is.
    func integers(_ column: CInt) throws(PostgresFailure) -> [Int] {
        try array(column) { (field) throws(PostgresFailure) in
            var reader = BinaryReader(field)
            return Int(try reader.integer(Int64.self))
        }
    }

    /// Empty when the field is NULL, as an aggregate of nothing is.
    func texts(_ column: CInt) throws(PostgresFailure) -> [String] {
        try array(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// Empty when the field is NULL, as an aggregate of nothing is.
    func byteArrays(_ column: CInt) throws(PostgresFailure) -> [[UInt8]] {
        try array(column) { Array($0) }
    }

    private func array<Element>(
        _ column: CInt, _ decode: (UnsafeRawBufferPointer) throws(PostgresFailure) -> Element
    ) throws(PostgresFailure) -> [Element] {
        try result.withField(index, column) { (field) throws(PostgresFailure) in
            var reader = BinaryReader(field)
            return try reader.array(decode)
        } ?? []
    }

    private func required<Value>(_ value: Value?) throws(PostgresFailure) -> Value {
        guard let value else { throw .damaged("a value is missing") }
        return value
    }
}

extension String {
    /// Up to the first line feed, without the spaces around it.
    var firstLine: String {
        let line = prefix { !$0.isNewline }
        return String(line.drop(while: \.isWhitespace))
    }
}
