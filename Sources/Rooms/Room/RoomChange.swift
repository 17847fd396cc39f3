package import CollabText
package import ProviderKit

/// A change of a room's text, with who made it and when.
package struct RoomChange: Sendable, Hashable {
    /// The revision that the change leads to.
    package let revision: Revision
    package let author: ClientID
    package let at: Timestamp
    package let change: TextChange

    package init(revision: Revision, author: ClientID, at: Timestamp, change: TextChange) {
        self.revision = revision
        self.author = author
        self.at = at
        self.change = change
    }
}

/// The form in which a change is logged: a version, the time, the author, the change. Numbers are LEB128.
extension RoomChange {
    private static let version: UInt8 = 1

    /// The change as bytes for a store; the revision is told beside them.
    package var payload: [UInt8] {
        var bytes: [UInt8] = []
        encode(into: &bytes)
        return bytes
    }

    /// Appends ``payload`` to `bytes`.
    func encode(into bytes: inout [UInt8]) {
        let name = author.rawValue.utf8
        bytes.append(Self.version)
        bytes.appendVarint(Int(at.milliseconds))
        bytes.appendVarint(name.count)
        bytes.append(contentsOf: name)
        change.encode(into: &bytes)
    }

    /// Reads an entry of a log.
    ///
    /// - Throws: `.corrupted` when the payload was not written by ``payload``.
    package init(entry: LogEntry, of room: RoomID) throws(RoomError) {
        do {
            guard entry.payload.first == Self.version else { throw TextChangeError.malformed }
            var header = VarintReader(entry.payload.dropFirst().makeIterator())
            let time = try header.next()
            let name = try header.bytes()
            revision = entry.revision
            at = Timestamp(milliseconds: Int64(time))
            author = ClientID(String(decoding: name, as: UTF8.self))
            change = try TextChange(encoded: header.rest())
        } catch {
            throw RoomError(.corrupted, "entry \(entry.revision) of room \(room) cannot be read")
        }
    }
}
