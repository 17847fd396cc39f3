package import NIOCore

/// Why an edit over REST was not made, and the room that stands instead.
package struct ConflictBody: JSONBody, Hashable {
    package let room: RoomBody

    package init(room: RoomBody) {
        self.room = room
    }

    package func write(into buffer: inout ByteBuffer) {
        buffer.writeStaticString("{\"detail\":\"Conflict\",\"room\":")
        room.write(into: &buffer)
        buffer.writeStaticString("}")
    }
}
