import CollabText
import NIOCore
import Testing
import Wire

@Suite("Bodies of answers")
struct ResponseBodyTests {
    private func json(_ body: some JSONBody) -> String {
        var buffer = ByteBuffer()
        body.write(into: &buffer)
        return String(buffer: buffer)
    }

    private func room(createdAt: Int64, updatedAt: Int64 = 0) -> RoomBody {
        RoomBody(
            id: "r-1", code: "a = \"é\"\n", language: "python", revision: 4, createdAt: createdAt, updatedAt: updatedAt)
    }

    @Test("a room is told with all that stands")
    func room() {
        #expect(
            json(room(createdAt: 1_763_921_556_007, updatedAt: 951_782_400_000))
                == #"{"id":"r-1","code":"a = \"é\"\n","language":"python","revision":4,"#
                + #""createdAt":"2025-11-23T18:12:36.007Z","updatedAt":"2000-02-29T00:00:00.000Z"}"#)
    }

    @Test(
        "moments are in UTC, to the millisecond, on any day",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_868_799_999, "2000-02-29T23:59:59.999Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (1_709_251_199_000, "2024-02-29T23:59:59.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_798_761_599_999, "2026-12-31T23:59:59.999Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func dates(milliseconds: Int64, expected: String) {
        #expect(json(room(createdAt: milliseconds)).contains("\"createdAt\":\"\(expected)\""))
    }

    @Test("the small bodies have the fields of the protocol")
    func smallBodies() {
        #expect(json(RoomCreatedBody(roomID: "a")) == #"{"roomId":"a"}"#)
        #expect(
            json(CompletionBody(suggestion: "x\n", provider: "rules"))
                == #"{"suggestion":"x\n","provider":"rules"}"#)
        #expect(json(ErrorBody(detail: "Room not found")) == #"{"detail":"Room not found"}"#)
    }

    @Test("the health of a server is told in a word, with what waits to be saved")
    func health() {
        #expect(
            json(HealthBody(status: .ok, version: "1", unsavedBytes: 0, oldestUnsavedMilliseconds: 0))
                == #"{"status":"ok","version":"1","unsavedBytes":0,"oldestUnsavedMilliseconds":0}"#)
        #expect(
            json(
                HealthBody(
                    status: .degraded, problem: "No space.", version: "1", unsavedBytes: 9,
                    oldestUnsavedMilliseconds: 1_500))
                == #"{"status":"degraded","problem":"No space.","version":"1","unsavedBytes":9,"oldestUnsavedMilliseconds":1500}"#
        )
    }
}
