package import ProviderKit

/// A row of the table `rooms` without its code. What the table has no column for, or holds in a form that cannot be read,
/// is nil.
package typealias FastAPIRow = (id: String?, language: String?, createdAt: Timestamp?, updatedAt: Timestamp?)

/// The database of the FastAPI server that came before Pairloom: its table `rooms`, read and never written.
///
/// Each storage technology has one. They stand in no relation to this module, so the rows are tuples.
package protocol FastAPIDatabase: Sendable {
    /// The place of the database, without a password.
    var name: String { get }

    /// The rows, in any order, at most `limit`.
    func rows(limit: Int) async throws(StorageError) -> [FastAPIRow]

    /// The bytes of a room's code; nil when it is NULL.
    ///
    /// - Throws: `.notFound` when there is no such row.
    func code(of id: String) async throws(StorageError) -> [UInt8]?

    /// Closes the database.
    func close() async
}
