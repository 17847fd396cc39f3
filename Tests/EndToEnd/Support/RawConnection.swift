import Glibc
import NIOCore
import NIOPosix
import TestSupport

/// One TCP connection, byte by byte, with a deadline for everything that is awaited.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let inbox: NIOLoopBound<Inbox>

    /// Connects to a port of this machine.
    ///
    /// - Parameter receiveBuffer: how much the kernel may hold for a connection that does not read.
    static func open(port: Int, receiveBuffer: Int? = nil) async throws -> RawConnection {
        var bootstrap = ClientBootstrap(group: loops).channelOption(.tcpOption(.tcp_nodelay), value: 1)
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
        }
        return try await bootstrap.connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                let inbox = Inbox()
                try channel.pipeline.syncOperations.addHandler(inbox)
                return RawConnection(channel, NIOLoopBound(inbox, eventLoop: channel.eventLoop))
            }
        }
    }

    private init(_ channel: any Channel, _ inbox: NIOLoopBound<Inbox>) {
        self.channel = channel
        self.inbox = inbox
    }

    deinit {
        channel.close(promise: nil)
    }

    /// Sends bytes, and returns when the kernel has taken them.
    func send(_ bytes: some Collection<UInt8> & Sendable) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Sends text, and returns when the kernel has taken it.
    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    /// The first thing that `parse` finds in what arrives; `parse` answers nil as long as it needs more bytes.
    func receive<Value: Sendable>(
        _ what: String, _ parse: @escaping @Sendable (inout ByteBuffer) throws -> Value?
    ) async throws -> Value {
        let found = channel.eventLoop.flatSubmit { [inbox, channel] in
            let promise = channel.eventLoop.makePromise(of: Value.self)
            inbox.value.wait { input, hasEnded in
                do {
                    if let value = try parse(&input) {
                        promise.succeed(value)
                        return true
                    }
                    guard hasEnded else { return false }
                    promise.fail(Failure("the connection ended before \(what); left over: \(String(buffer: input))"))
                } catch {
                    promise.fail(error)
                }
                return true
            }
            return promise.futureResult
        }
        return try await found.get(awaiting: what)
    }

    /// Everything that arrives until the server ends the connection.
    func receiveUntilEnd() async throws -> String {
        try await channel.closeFuture.get(awaiting: "the server to end the connection")
        return try await channel.eventLoop.submit { [inbox] in inbox.value.takeAll() }.get()
    }

    /// Stops taking bytes from the kernel, as a stuck program does.
    func stopReading() async throws {
        try await channel.setOption(.autoRead, value: false).get()
    }

    /// Takes bytes from the kernel again.
    func resumeReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }

    /// Says that nothing more will be sent; what the server sends still arrives.
    func finishSending() async throws {
        try await channel.close(mode: .output).get()
    }

    /// Ends the connection in an orderly way.
    func close() async throws {
        try await channel.close().get()
    }

    /// Ends the connection with a reset, as a crashed machine's kernel does.
    func reset() async throws {
        let socket = channel as? any SocketOptionProvider
        try await socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close().get()
    }
}
