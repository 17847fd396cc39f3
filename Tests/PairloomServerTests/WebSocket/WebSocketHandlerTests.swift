import NIOCore
import NIOEmbedded
import Testing

@testable import PairloomServer

@Suite("Signs of life on a WebSocket")
struct WebSocketHandlerTests {
    /// A connection on an event loop whose time a test moves.
    private final class Connection {
        let loop = EmbeddedEventLoop()
        let channel: EmbeddedChannel

        init(idleTimeout: TimeAmount) throws {
            channel = EmbeddedChannel(loop: loop)
            let options = WebSocketOptions(
                messageLimit: 1_000, idleTimeout: idleTimeout, waterMark: .init(low: 1_000, high: 2_000),
                closeTimeout: .seconds(1))
            let handler = WebSocketHandler(
                session: SilentSession(), options: options, flushQueue: FlushQueue(eventLoop: loop))
            try channel.pipeline.syncOperations.addHandler(handler)
            handler.start()
        }

        deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }

        /// Lets time pass, second by second, and returns the seconds at which a frame was sent, and its opcode.
        func frames(after start: Int = 0, through end: Int) throws -> [Int: UInt8] {
            var frames: [Int: UInt8] = [:]
            for second in (start + 1)...end {
                loop.advanceTime(by: .seconds(1))
                if let frame = try channel.readOutbound(as: ByteBuffer.self) {
                    frames[second] = frame.getInteger(at: frame.readerIndex, as: UInt8.self).map { $0 & 0xF }
                }
            }
            return frames
        }

        func receive(_ frame: ClientFrame) throws {
            try channel.writeInbound(ByteBuffer(bytes: frame.bytes))
        }
    }

    private final class SilentSession: Session {
        func didOpen(_ socket: WebSocketHandler) {}
        func receive(_ message: ByteBuffer) {}
        func receivePong(_ payload: ByteBuffer) {}
        func didBecomeWritable() {}
        func didEnd() {}
    }

    private static let ping: UInt8 = 0x9
    private static let close: UInt8 = 0x8

    @Test("A silent client is pinged every 20 seconds, and let go after the idle time")
    func pingsSilentClients() throws {
        let connection = try Connection(idleTimeout: .seconds(120))
        let frames = try connection.frames(through: 121)
        var expected = [120: Self.close]
        for second in stride(from: 20, to: 120, by: 20) { expected[second] = Self.ping }
        #expect(frames == expected)
    }

    @Test("A short idle time is halved")
    func pingsWithinShortIdleTimes() throws {
        let connection = try Connection(idleTimeout: .seconds(10))
        #expect(try connection.frames(through: 11) == [5: Self.ping, 10: Self.close])
    }

    @Test("A client is pinged 20 seconds after the last thing that it sent, whatever it was")
    func countsFromWhatWasReceived() throws {
        let connection = try Connection(idleTimeout: .seconds(120))
        #expect(try connection.frames(through: 19).isEmpty)
        try connection.receive(ClientFrame(.text, Array("{}".utf8)))
        #expect(try connection.frames(after: 19, through: 38).isEmpty)
        try connection.receive(ClientFrame(.pong, []))
        #expect(try connection.frames(after: 38, through: 57).isEmpty)
        #expect(try connection.frames(after: 57, through: 60) == [58: Self.ping])
    }

    @Test("What the server sends does not count as a sign of life")
    func doesNotCountWhatItSends() throws {
        let connection = try Connection(idleTimeout: .seconds(40))
        try connection.receive(ClientFrame(.ping, []))
        #expect(try connection.frames(through: 41) == [1: 0xA, 20: Self.ping, 40: Self.close])
    }
}
