import Foundation

/// Wakes up whoever waits with ``Patience``, once and for good.
final class Interrupt: Sendable {
    /// Readable once the interrupt was raised.
    let descriptor: CInt
    private let writeEnd: CInt

    init() throws(PostgresFailure) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw .unreachable(reason: String(cString: strerror(errno)))
        }
        (descriptor, writeEnd) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        close(descriptor)
        close(writeEnd)
    }

    func raise() {
        var byte: UInt8 = 1
        write(writeEnd, &byte, 1)
    }
}
