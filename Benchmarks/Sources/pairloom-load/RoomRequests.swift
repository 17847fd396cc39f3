import Foundation
import LoadClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// What the generator asks the server for beside its WebSockets.
struct RoomRequests {
    let options: LoadOptions
    let loop: any EventLoop

    /// Makes a new room, whose text is as long as the options say, and returns its id.
    func createRoom() async throws -> String {
        let text = String(
            String(repeating: Self.line, count: options.document / Self.line.count + 1).prefix(options.document))
        let body = text.isEmpty ? Data() : try JSONEncoder().encode(["code": text])
        return try await ask(.POST, "/rooms", body: body, for: CreatedRoom.self).roomId
    }

    /// The text of a room as it is now.
    func text(of room: String) async throws -> String {
        try await ask(.GET, "/rooms/\(room)", for: Room.self).code
    }

    private static let line = "let rooms = try await directory.open(ids).filter { $0.isOpen }\n"

    private struct CreatedRoom: Decodable {
        let roomId: String
    }

    private struct Room: Decodable {
        let code: String
    }

    private func ask<Answer: Decodable>(
        _ method: HTTPMethod, _ path: String, body: Data = Data(), for type: Answer.Type
    ) async throws -> Answer {
        let answer = loop.makePromise(of: ByteBuffer.self)
        let request = Request(
            method: method, path: path, address: "\(options.server)", body: ByteBuffer(bytes: body))
        do {
            let connection = ClientBootstrap(group: loop).channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(RequestHandler(request, answer: answer))
                }
            }
            _ = try await connection.connect(host: options.server.host, port: options.server.port).get()
        } catch {
            answer.fail(error)
        }
        return try JSONDecoder().decode(type, from: Data(try await answer.futureResult.get().readableBytesView))
    }
}

private struct Request: Sendable {
    let method: HTTPMethod
    let path: String
    let address: String
    let body: ByteBuffer
}

/// One request on a connection of its own.
private final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let request: Request
    private let answer: EventLoopPromise<ByteBuffer>
    private var body = ByteBuffer()

    init(_ request: Request, answer: EventLoopPromise<ByteBuffer>) {
        self.request = request
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        let headers: HTTPHeaders = [
            "Host": request.address, "Connection": "close", "Content-Length": "\(request.body.readableBytes)",
        ]
        let head = HTTPRequestHead(version: .http1_1, method: request.method, uri: request.path, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(request.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head) where head.status != .ok:
            answer.fail(LoadError("the server answers \(head.status) to \(request.method) \(request.path)"))
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
        answer.fail(LoadError("the server hung up on \(request.method) \(request.path)"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answer.fail(error)
    }
}
