import NIOCore
import NIOPosix
import Synchronization

/// Stands between a server and PostgreSQL, and cuts the connection over which certain bytes come.
final class CuttingProxy: Sendable {
    /// When a connection is cut.
    enum Moment: Sendable, CaseIterable {
        /// Before the bytes reach the database.
        case before
        /// When the database has answered them; the answer reaches nobody.
        case afterwards
    }

    private let scissors: Scissors
    private let listener: any Channel

    /// Starts to pass on what comes to a port of its own.
    static func start(to port: Int) async throws -> CuttingProxy {
        let scissors = Scissors()
        let listener = try await ServerBootstrap(group: loops)
            .childChannelInitializer { Link.connect($0, to: port, scissors) }
            .bind(host: "127.0.0.1", port: 0).get()
        return CuttingProxy(scissors, listener)
    }

    private init(_ scissors: Scissors, _ listener: any Channel) {
        self.scissors = scissors
        self.listener = listener
    }

    deinit {
        listener.close(promise: nil)
    }

    var port: Int { listener.localAddress?.port ?? 0 }

    /// How often a connection was cut.
    var cuts: Int { scissors.count.load(ordering: .relaxed) }

    /// Cuts the next connection over which these bytes go to the database, once.
    func cut(_ moment: Moment, at bytes: String) {
        scissors.order.withLock { $0 = (Array(bytes.utf8), moment) }
    }
}

/// What is to be cut.
private final class Scissors: Sendable {
    let order = Mutex<(bytes: [UInt8], moment: CuttingProxy.Moment)?>(nil)
    let count = Atomic(0)

    /// The moment to cut, if these bytes are what was looked for.
    func moment(at bytes: [UInt8]) -> CuttingProxy.Moment? {
        order.withLock { order in
            guard let found = order, bytes.contains(found.bytes) else { return nil }
            order = nil
            return found.moment
        }
    }
}

/// A connection of the server's and the one to the database that belongs to it, both on one loop.
private final class Link {
    private let near: any Channel
    private let far: any Channel
    private let scissors: Scissors
    /// The newest bytes from the server, since what is looked for may come in pieces.
    private var tail: [UInt8] = []
    /// Whether the next answer is the end.
    private var isDoomed = false
    private var answer: [UInt8] = []

    /// Connects to the database what has just connected to the proxy.
    static func connect(_ near: any Channel, to port: Int, _ scissors: Scissors) -> EventLoopFuture<Void> {
        ClientBootstrap(group: near.eventLoop).channelInitializer { far in
            far.eventLoop.makeCompletedFuture {
                let link = Link(near, far, scissors)
                try near.pipeline.syncOperations.addHandler(LinkEnd(link.pass(request:), link.end))
                try far.pipeline.syncOperations.addHandler(LinkEnd(link.pass(answer:), link.end))
            }
        }.connect(host: "127.0.0.1", port: port).map { _ in }
    }

    private init(_ near: any Channel, _ far: any Channel, _ scissors: Scissors) {
        self.near = near
        self.far = far
        self.scissors = scissors
    }

    private func pass(request: ByteBuffer) {
        tail = tail.suffix(64) + request.readableBytesView
        switch scissors.moment(at: tail) {
        case .before: return cut()
        case .afterwards: isDoomed = true
        case nil: break
        }
        far.writeAndFlush(request, promise: nil)
    }

    private func pass(answer bytes: ByteBuffer) {
        guard isDoomed else { return near.writeAndFlush(bytes, promise: nil) }
        answer += bytes.readableBytesView
        // "ReadyForQuery": what was asked for is done, and committed.
        if answer.dropLast().suffix(5) == [UInt8(ascii: "Z"), 0, 0, 0, 5] { cut() }
    }

    private func cut() {
        scissors.count.add(1, ordering: .relaxed)
        end()
    }

    private func end() {
        near.close(promise: nil)
        far.close(promise: nil)
    }
}

/// Hands on what arrives at one end of a link.
private final class LinkEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let read: (ByteBuffer) -> Void
    private let end: () -> Void

    init(_ read: @escaping (ByteBuffer) -> Void, _ end: @escaping () -> Void) {
        self.read = read
        self.end = end
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        read(unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end()
    }
}
