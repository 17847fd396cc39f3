import Foundation

/// How long to wait for a socket.
struct Patience {
    /// When it is too late.
    let deadline: ContinuousClock.Instant
    /// What ends a wait at once, if anything.
    let interrupt: Interrupt?

    init(_ time: Duration, interrupt: Interrupt? = nil) {
        deadline = .now + time
        self.interrupt = interrupt
    }

    /// Waits until a socket can do one of `events`, as `poll` names them. Blocks the thread.
    ///
    /// - Throws: `.timedOut`, or `.closed` when it was interrupted.
    func wait(for socket: CInt, _ events: CInt) throws(PostgresFailure) {
        // An interrupt that there is not is a negative descriptor, which `poll` leaves out.
        var descriptors = [
            pollfd(fd: socket, events: Int16(events), revents: 0),
            pollfd(fd: interrupt?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors) else { throw .timedOut }
        guard descriptors[1].revents == 0 else { throw .closed }
    }

    private func poll(_ descriptors: inout [pollfd]) -> Bool {
        while true {
            // Rounded up: a wait that ends a little early would be begun again many times.
            let left = max(.zero, deadline - .now) / .milliseconds(1)
            let timeout = CInt(min(left.rounded(.up), 3_600_000))
            let count = Foundation.poll(&descriptors, nfds_t(descriptors.count), timeout)
            if count > 0 { return true }
            if count == 0 || errno != EINTR { return false }
        }
    }
}

/// Whether a socket has something to read right now, be it that the other side has closed it.
func isReadable(_ socket: CInt) -> Bool {
    var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) > 0
}
