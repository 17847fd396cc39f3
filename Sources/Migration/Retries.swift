/// An error that may go away by itself.
protocol Retryable: Error {
    /// Whether the same may succeed later.
    var isRetryable: Bool { get }
}

/// How often work that failed is tried again, with pauses in between, each twice as long as the one before.
package struct Retries: Sendable {
    /// How often in all.
    private let limit: Int
    private let sleep: @Sendable (Duration) async -> Void
    private static let firstPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(2)

    /// - Parameters:
    ///   - limit: how often work is tried in all; at least once.
    ///   - sleep: waits for as long as it is told.
    package init(limit: Int, sleep: @escaping @Sendable (Duration) async -> Void) {
        self.limit = limit
        self.sleep = sleep
    }

    /// Eight tries within about seven seconds: a database that is started again is waited for.
    package static let standard = Retries(limit: 8) { try? await Task.sleep(for: $0) }

    func run<Value, Failure: Retryable>(
        _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        var pause = Self.firstPause
        for _ in 1..<max(limit, 1) {
            do {
                return try await work()
            } catch {
                guard error.isRetryable else { throw error }
            }
            await sleep(pause)
            pause = min(pause * 2, Self.longestPause)
        }
        return try await work()
    }
}
