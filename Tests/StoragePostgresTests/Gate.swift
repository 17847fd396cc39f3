import Dispatch
import Foundation

/// Holds a thread until it is opened.
final class Gate: Sendable {
    private let arrival = DispatchSemaphore(value: 0)
    private let opening = DispatchSemaphore(value: 0)

    /// Waits until the gate is open. Blocks the thread.
    func pass() {
        arrival.signal()
        opening.wait()
    }

    /// Returns when somebody waits at the gate.
    func reached() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [arrival] in
                arrival.wait()
                continuation.resume()
            }
        }
    }

    /// Lets through the one who waits.
    func open() {
        opening.signal()
    }
}
