/// Those who wait until something is true of a replica.
struct Waiters {
    private struct Waiter {
        let condition: (Replica) -> Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    private var waiters: [Int: Waiter] = [:]
    private var lastID = 0

    /// The id of the next one who waits.
    mutating func makeID() -> Int {
        lastID += 1
        return lastID
    }

    mutating func add(
        _ continuation: CheckedContinuation<Void, any Error>, id: Int, condition: @escaping (Replica) -> Bool
    ) {
        if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
        waiters[id] = Waiter(condition: condition, continuation: continuation)
    }

    /// Lets those go on whose condition is true now.
    mutating func check(_ replica: Replica) {
        for (id, waiter) in waiters where waiter.condition(replica) {
            waiters[id] = nil
            waiter.continuation.resume()
        }
    }

    mutating func cancel(_ id: Int) {
        waiters.removeValue(forKey: id)?.continuation.resume(throwing: CancellationError())
    }

    /// Lets everyone go on with an error.
    mutating func fail(_ error: any Error) {
        for waiter in waiters.values { waiter.continuation.resume(throwing: error) }
        waiters = [:]
    }
}
