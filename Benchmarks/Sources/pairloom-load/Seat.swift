import CollabText
import LoadClient

/// Where a member sits in its room: the first seats are for those who write.
struct Seat {
    let number: Int
    let writers: Int

    var isWriter: Bool { number < writers }

    /// What the member types, at its place in the text that the room begins with.
    func typing(in text: TextBuffer) -> Typing {
        Typing(writer: min(number, writers), of: writers, length: text.count)
    }
}
