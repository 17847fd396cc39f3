import HTTPTypes
import Hummingbird
import NIOCore
import ProviderKit
import Rooms
import Wire

/// `/rooms`: rooms are made and read.
struct RoomsRoutes: Sendable {
    private let directory: RoomDirectory
    private let limits: ServerLimits
    private let allowance: RoomAllowance

    init(_ context: ServerContext) {
        directory = context.directory
        limits = context.options.limits
        allowance = RoomAllowance(perMinute: limits.roomsPerMinute)
    }

    var routes: [Route] {
        [.post("/rooms", create), .get("/rooms/{id}", read)]
    }

    @Sendable private func create(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let bytes = try await request.wholeBody(limit: limits.message)
        let body = try CreateRoomBody(decoding: bytes, documentLimit: limits.document)
        if let wait = allowance.take(now: .now()) { throw Self.tooManyRooms(wait) }
        let room = try await directory.create(text: body.code, language: body.language)
        return Response(
            json: RoomCreatedBody(roomID: room.id.rawValue), headers: [.location: "/rooms/\(room.id.rawValue)"])
    }

    @Sendable private func read(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        guard let id = context.parameters.get("id").flatMap(RoomID.init(pathSegment:)) else {
            throw HTTPFailure.roomNotFound
        }
        let room = try await directory.describe(id)
        return Response(json: RoomBody(room), headers: [.eTag: "\"\(room.revision)\""])
    }

    private static func tooManyRooms(_ wait: TimeAmount) -> HTTPFailure {
        let seconds = wait.nanoseconds / 1_000_000_000 + 1
        return HTTPFailure(
            .tooManyRequests, detail: "Too many rooms are being made; try again in \(seconds) s",
            headers: [.retryAfter: String(seconds)])
    }
}

extension RoomBody {
    fileprivate init(_ room: RoomDescription) {
        self.init(
            id: room.id.rawValue, code: room.text, language: room.language, revision: room.revision.rawValue,
            createdAt: room.createdAt.milliseconds, updatedAt: room.updatedAt.milliseconds)
    }
}
