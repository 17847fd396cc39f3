package import NIOCore

/// The name of a room that was just created.
package struct RoomCreatedBody: JSONBody, Hashable {
    package let roomID: String

    package init(roomID: String) {
        self.roomID = roomID
    }

    package func write(into buffer: inout ByteBuffer) {
        buffer.writeJSON(["roomId": .string(roomID)])
    }
}
