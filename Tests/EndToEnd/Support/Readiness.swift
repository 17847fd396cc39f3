/// What `/health/ready` says.
struct Readiness: Sendable {
    let status: Int
    let unsavedBytes: Int
    let oldestUnsavedMilliseconds: Int

    /// Whether the storage takes changes.
    var isReady: Bool { status == 200 }
}

extension ServerProcess {
    /// Whether the server can do all that it is for.
    func readiness() async throws -> Readiness {
        let response = try await http("GET", "/health/ready")
        let body = try response.json()
        return Readiness(
            status: response.status, unsavedBytes: body["unsavedBytes"]?.integer ?? -1,
            oldestUnsavedMilliseconds: body["oldestUnsavedMilliseconds"]?.integer ?? -1)
    }

    /// Asks again and again until the answer is as awaited.
    @discardableResult
    func waitUntilReadiness(_ condition: (Readiness) -> Bool) async throws -> Readiness {
        while true {
            // A test that takes too long is cancelled.
            try Task.checkCancellation()
            let readiness = try await readiness()
            if condition(readiness) { return readiness }
        }
    }
}
