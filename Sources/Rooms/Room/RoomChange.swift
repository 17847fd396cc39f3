package import CollabText
package import ProviderKit

/// A change of a room's text, with who made it, under which name, and when.
package struct RoomChange: Sendable, Hashable {
    /// The revision that the change leads to.
    package let revision: Revision
    /// Whose change it is.
    package let author: ClientID
    /// The author's own name for it, if it gave one.
    package let id: EditID?
    /// When it was made.
    package let at: Timestamp
    /// Made on the text at the revision before.
    package let change: TextChange

    package init(revision: Revision, author: ClientID, id: EditID? = nil, at: Timestamp, change: TextChange) {
        self.revision = revision
        self.author = author
        self.id = id
        self.at = at
        self.change = change
    }
}

/// The form in which a change is logged: a version, the time, the author, the author's name for it, the change. Numbers are
/// LEB128, and names are counted UTF-8. Version 1 had no name for the change; it is still read.
extension RoomChange {
    private static let version: UInt8 = 2

    /// The change as bytes for a store; the revision is told beside them.
    package var payload: [UInt8] {
        var bytes: [UInt8] = []
        encode(into: &bytes)
        return bytes
    }

    /// Appends ``payload`` to `bytes`.
    func encode(into bytes: inout [UInt8]) {
        bytes.append(Self.version)
        // A clock may be wrong, and what it says must not make the change unreadable.
        bytes.appendVarint(max(Int(at.milliseconds), 0))
        Self.append(author.rawValue, to: &bytes)
        Self.append(id?.rawValue ?? "", to: &bytes)
        change.encode(into: &bytes)
    }

    private static func append(_ name: String, to bytes: inout [UInt8]) {
        let name = name.utf8
        bytes.appendVarint(name.count)
        bytes.append(contentsOf: name)
    }

    /// Reads an entry of a log.
    ///
    /// - Throws: `.corrupted` when the payload was not written by ``payload``.
    package init(entry: LogEntry, of room: RoomID) throws(RoomError) {
        do {
            guard let version = entry.payload.first, (1...Self.version).contains(version) else {
                throw TextChangeError.malformed
            }
            var reader = VarintReader(entry.payload, from: 1)
            at = Timestamp(milliseconds: Int64(try reader.next()))
            author = ClientID(try reader.text())
            let id = version == 1 ? "" : try reader.text()
            self.id = id.isEmpty ? nil : EditID(id)
            revision = entry.revision
            change = try TextChange(reading: &reader)
        } catch {
            throw RoomError(.corrupted, "entry \(entry.revision) of room \(room) cannot be read")
        }
    }
}
