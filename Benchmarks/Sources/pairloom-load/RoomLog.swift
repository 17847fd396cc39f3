import CollabText
import LoadClient
import NIOCore
import Wire

/// The newest edits of one room, as its members were told them. An edit is read when the first member gets it; to the
/// others its revision tells it all.
final class RoomLog {
    struct Entry {
        let revision: Int
        /// The index of the member who wrote it.
        let writer: Int
        /// Where it was made, and by how much the text has grown.
        let place: Int
        let growth: Int
    }

    /// Each edit at the remainder of its revision, until a later one comes there.
    private var entries: [Entry?] = Array(repeating: nil, count: 1_024)
    private var writers: [String: Int] = [:]

    /// Notes who a client is.
    func add(clientID: String, index: Int) {
        writers[clientID] = index
    }

    /// The edit that led to a revision.
    ///
    /// - Parameter message: the message that told it.
    func entry(at revision: Int, toldBy message: ByteBufferView) throws -> Entry {
        let slot = revision % entries.count
        if let entry = entries[slot], entry.revision == revision { return entry }
        let entry = try read(message)
        entries[slot] = entry
        return entry
    }

    private func read(_ message: ByteBufferView) throws -> Entry {
        guard case .edit(let revision, let author, let changes) = try ServerMessage(decoding: ByteBuffer(message)),
            let writer = writers[author], let change = changes.first, changes.count == 1
        else { throw LoadError("nobody made the edit \(String(decoding: message, as: UTF8.self))") }
        return Entry(
            revision: revision, writer: writer, place: change.range.lowerBound,
            growth: change.insert.count - change.range.count)
    }
}
