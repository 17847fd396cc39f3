import NIOCore
import NIOPosix
import TestSupport

/// How long a test waits for what must happen. It bounds a failing run; a passing one never waits this long.
let patience: TimeAmount = .seconds(20)

/// The loops on which all connections of the tests live.
let loops = MultiThreadedEventLoopGroup.singleton

extension EventLoopFuture where Value: Sendable {
    /// The value, or an error that tells what was awaited once the deadline has passed.
    func get(within limit: TimeAmount = patience, awaiting what: String) async throws -> Value {
        let race = eventLoop.makePromise(of: Value.self)
        let alarm = eventLoop.scheduleTask(in: limit) {
            race.fail(Failure("waited \(limit.nanoseconds / 1_000_000_000) s in vain for \(what)"))
        }
        cascade(to: race)
        race.futureResult.whenComplete { _ in alarm.cancel() }
        return try await race.futureResult.get()
    }
}
