import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks the server for a new room, `POST /rooms`, and returns its id.
func createRoom(_ options: LoadOptions, on loop: any EventLoop) async throws -> String {
    let answer = loop.makePromise(of: ByteBuffer.self)
    let address = "\(options.host):\(options.port)"
    do {
        let connection = ClientBootstrap(group: loop).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                try channel.pipeline.syncOperations.addHandler(RoomRequest(to: address, answer: answer))
            }
        }
        _ = try await connection.connect(host: options.host, port: options.port).get()
    } catch {
        answer.fail(error)
    }
    let body = try await answer.futureResult.get()
    return try JSONDecoder().decode(CreatedRoom.self, from: Data(body.readableBytesView)).roomId
}

private struct CreatedRoom: Decodable {
    let roomId: String
}

/// One request on a connection of its own.
private final class RoomRequest: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let address: String
    private let answer: EventLoopPromise<ByteBuffer>
    private var body = ByteBuffer()

    init(to address: String, answer: EventLoopPromise<ByteBuffer>) {
        self.address = address
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        let headers: HTTPHeaders = ["Host": address, "Connection": "close", "Content-Length": "0"]
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/rooms", headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head) where head.status != .ok:
            answer.fail(LoadError("the server refused to create a room: \(head.status)"))
        case .head:
            break
        case .body(var part):
            body.writeBuffer(&part)
        case .end:
            answer.succeed(body)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        answer.fail(LoadError("the server hung up while a room was created"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answer.fail(error)
    }
}
