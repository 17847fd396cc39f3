import Foundation
import TestSupport

/// Something that takes connections and never says a word.
final class SilentListener: Sendable {
    let port: UInt16
    private let socket: CInt

    init() throws {
        socket = Foundation.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (socket, size) = (socket, length)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) == 0 && listen(socket, 8) == 0
                    && getsockname(socket, address, &length) == 0
            }
        }
        guard isListening else { throw Failure("no socket to listen on") }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        close(socket)
    }

    /// Returns when somebody has connected.
    func acceptOne() async throws {
        let accepted = await withCheckedContinuation { continuation in
            Thread.detachNewThread { [socket] in continuation.resume(returning: accept(socket, nil, nil)) }
        }
        guard accepted >= 0 else { throw Failure("nobody connected") }
    }
}
