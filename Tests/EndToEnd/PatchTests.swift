import TestSupport
import Testing

@Suite("PATCH: edits from scripts and tools")
struct PatchTests {
    @Test("Changes and whole texts reach everyone in the room like any edit")
    func reachesEveryone() async throws {
        try await withServer(["conflict.policy": "merge"]) { server in
            let id = try await server.createRoom(code: "one")
            let (seed, _) = try await WebSocketClient.join(id, of: server)
            let ada = try await ChangeClient.join(id, of: server)
            let edited = try await server.patch(id, #"{"changes":[{"from":3,"to":3,"insert":" two"}],"revision":0}"#)
            #expect(edited.status == 200)
            #expect(edited["ETag"] == "\"1\"")
            #expect(try edited.json()["code"] == "one two")
            #expect(try edited.json()["revision"] == 1)
            #expect(try await seed.message()["code"] == "one two")
            #expect(try await ada.next()["changes"] == [["from": 3, "to": 3, "insert": " two"]])
            let replaced = try await server.patch(id, #"{"code":"zero one two"}"#, headers: ["If-Match": "\"1\""])
            #expect(try replaced.json()["code"] == "zero one two")
            let room = try await server.room(id)
            #expect(try replaced.json() == room)
        }
    }

    @Test(
        "An edit on an old revision is merged, or refused with what is needed to try again",
        arguments: ["merge", "version-checked"])
    func goesThroughThePolicy(policy: String) async throws {
        try await withServer(["conflict.policy": policy]) { server in
            let id = try await server.createRoom(code: "one")
            _ = try await server.patch(id, #"{"code":"one two","revision":0}"#)
            for (body, headers) in [
                (#"{"code":"zero one","revision":0}"#, [:]), (#"{"code":"zero one"}"#, ["If-Match": "\"0\""]),
            ] {
                let answer = try await server.patch(id, body, headers: headers)
                if policy == "merge" {
                    #expect(answer.status == 200)
                    #expect(try answer.json()["code"]?.string?.hasSuffix("one two") == true)
                } else {
                    #expect(answer.status == 409)
                    #expect(answer["ETag"] == "\"1\"")
                    let room = try await server.room(id)
                    #expect(try answer.json() == ["detail": "Conflict", "room": room])
                }
            }
        }
    }

    @Test("An edit that does not say what it was made on stands, unless the policy checks versions")
    func asksForARevision() async throws {
        for (policy, status) in [("last-write-wins", 200), ("merge", 200), ("version-checked", 409)] {
            try await withServer(["conflict.policy": policy]) { server in
                let id = try await server.createRoom(code: "one")
                #expect(try await server.patch(id, #"{"code":"two"}"#).status == status)
                #expect(try await server.patch(id, #"{"changes":[]}"#).status == status)
                #expect(try await server.patch(id, #"{"code":"three"}"#, headers: ["If-Match": "*"]).status == 200)
                #expect(try await server.room(id)["code"] == "three")
            }
        }
    }

    @Test("A room that nobody is in can be edited, and its edits are kept")
    func editsEmptyRooms() async throws {
        let folder = try TemporaryFolder()
        let id = try await withServer(.persistent, in: folder) { server in
            let id = try await server.createRoom()
            #expect(try await server.patch(id, #"{"code":"kept"}"#).status == 200)
            _ = try await server.stop()
            return id
        }
        let room = try await withServer(.persistent, in: folder) { try await $0.room(id) }
        #expect(room["code"] == "kept")
    }

    @Test("What is wrong with a request is told")
    func tellsWhatIsWrong() async throws {
        try await withServer(["conflict.policy": "merge", "limits.document": "1KiB", "limits.message": "4KiB"]) {
            server in
            let id = try await server.createRoom(code: "0123456789")
            for (body, status) in [
                (#"{"#, 422), ("{}", 422), (#"{"code":5}"#, 422), (#"{"code":"a","changes":[]}"#, 422),
                (#"{"changes":[{"from":-1,"to":2}]}"#, 422), (#"{"changes":[{"from":3,"to":2}]}"#, 422),
                (#"{"changes":[{"from":3}]}"#, 422), (#"{"changes":[{"from":3,"to":11}]}"#, 422),
                (#"{"changes":[{"from":3,"to":4},{"from":2,"to":3}]}"#, 422), (#"{"changes":{}}"#, 422),
                (#"{"code":"a","revision":-1}"#, 422), (#"{"code":"a","revision":"x"}"#, 422),
                (#"{"code":"\ud800"}"#, 422), (#"{"code":"\#(String(repeating: "x", count: 1_025))"}"#, 413),
                (#"{"changes":[{"from":0,"to":0,"insert":"\#(String(repeating: "x", count: 1_015))"}]}"#, 413),
                (#"{"code":"a","revision":7}"#, 409),
            ] {
                let answer = try await server.patch(id, body)
                #expect(answer.status == status, "\(body) → \(answer.body)")
                #expect(try answer.json()["detail"] != nil)
            }
            #expect(try await server.patch(id, #"{"code":"a"}"#, headers: ["If-Match": "0"]).status == 400)
            #expect(try await server.patch("nowhere", #"{"code":"a"}"#).status == 404)
            #expect(try await server.room(id)["code"] == "0123456789")
        }
    }
}

extension ServerProcess {
    fileprivate func patch(
        _ room: String, _ body: String, headers: [String: String] = [:]
    ) async throws -> HTTPResponse {
        try await http("PATCH", "/rooms/\(room)", body, headers: headers)
    }
}
