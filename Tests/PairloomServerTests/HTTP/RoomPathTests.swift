import ProviderKit
import Testing

@testable import PairloomServer

@Suite("The segment of a path that names a room")
struct RoomPathTests {
    @Test("percent-encoding is taken off", arguments: [("a-1", "a-1"), ("a%2Fb", "a/b"), ("%C3%A9", "é"), ("🧵", "🧵")])
    func names(segment: String, name: String) {
        #expect(RoomID(pathSegment: segment) == RoomID(name))
    }

    @Test("what no room can be called names none", arguments: ["%", "%zz", "%ff", "%C3", "%00", "a%00b"])
    func namesNone(segment: String) {
        #expect(RoomID(pathSegment: segment) == nil)
        #expect(RoomID(pathSegment: String(repeating: "a", count: 1_025)) == nil)
    }
}
