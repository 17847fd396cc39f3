import HTTPTypes
import Hummingbird
import NIOCore
import ProviderKit
import Rooms
import Wire

/// `/rooms`: rooms are made, read, and edited by those who are not in them.
struct RoomsRoutes: Sendable {
    private let directory: RoomDirectory
    private let live: LiveSettings
    private let allowance = RoomAllowance()

    init(_ context: ServerContext) {
        directory = context.directory
        live = context.live
    }

    var routes: [Route] {
        [.post("/rooms", create), .get("/rooms/{id}", read), .patch("/rooms/{id}", edit)]
    }

    @Sendable private func create(_ request: Request, _ context: ClientContext) async throws -> Response {
        let limits = live.current.limits
        let bytes = try await request.wholeBody(limit: limits.message)
        let body = try CreateRoomBody(decoding: bytes, documentLimit: limits.document)
        if let wait = allowance.take(of: live.current.limits.roomsPerMinute, now: .now()) {
            throw Self.tooManyRooms(wait)
        }
        let room = try await directory.create(text: body.code, language: body.language)
        let origins = live.current.origins
        let path = origins.publicPath(for: context.source(of: request, by: origins.proxies))
        return Response(
            json: RoomCreatedBody(roomID: room.id.rawValue),
            headers: [.location: "\(path)/rooms/\(room.id.rawValue)"])
    }

    @Sendable private func read(_ request: Request, _ context: ClientContext) async throws -> Response {
        answer(try await directory.describe(try id(context)))
    }

    @Sendable private func edit(_ request: Request, _ context: ClientContext) async throws -> Response {
        let id = try id(context)
        let limits = live.current.limits
        let bytes = try await request.wholeBody(limit: limits.message)
        let body = try PatchRoomBody(decoding: bytes, documentLimit: limits.document)
        let base = try body.revision.map { .revision(Revision($0)) } ?? Submission.Base(ifMatch: request.headers)
        let submission = Submission(content: Submission.Content(body.content), base: base)
        // Each request is an author of its own: nobody knows whether two come from one.
        let (outcome, room) = try await directory.edit(id, submission, as: .random())
        if case .refused(let refusal) = outcome { throw HTTPFailure(refusal, room: room) }
        return answer(room)
    }

    private func id(_ context: ClientContext) throws(HTTPFailure) -> RoomID {
        guard let id = context.parameters.get("id").flatMap(RoomID.init(pathSegment:)) else { throw .roomNotFound }
        return id
    }

    private func answer(_ room: RoomDescription) -> Response {
        Response(json: RoomBody(room), headers: [.eTag: room.revision.entityTag])
    }

    private static func tooManyRooms(_ wait: TimeAmount) -> HTTPFailure {
        let seconds = wait.nanoseconds / 1_000_000_000 + 1
        return HTTPFailure(
            .tooManyRequests, detail: "Too many rooms are being made; try again in \(seconds) s",
            headers: [.retryAfter: String(seconds)])
    }
}

extension Submission.Content {
    fileprivate init(_ content: PatchRoomBody.Content) {
        switch content {
        case .code(let text): self = .text(text)
        case .changes(let changes): self = .changes(changes)
        }
    }
}

extension Submission.Base {
    /// What `If-Match` (RFC 9110, section 13.1.1) says that an edit was made on: `"7"`, or `*` for whatever stands.
    fileprivate init(ifMatch headers: HTTPFields) throws(HTTPFailure) {
        switch headers[.ifMatch] {
        case nil: self = .unknown
        case "*": self = .newest
        case .some(let value):
            guard let revision = Revision(entityTag: value) else {
                throw HTTPFailure(.badRequest, detail: "If-Match must be one ETag of the room, or *")
            }
            self = .revision(revision)
        }
    }
}

extension HTTPFailure {
    /// Why an edit was not made, with the room as it stands where that helps to try again.
    fileprivate init(_ refusal: Refusal, room: RoomDescription) {
        switch refusal.reason {
        case .conflict:
            self.init(.conflict, ConflictBody(room: RoomBody(room)), headers: [.eTag: room.revision.entityTag])
        case .invalid:
            self.init(.unprocessableContent, PatchRoomBody.invalid(changes: refusal.detail ?? "they do not fit"))
        case .tooLarge:
            self.init(.contentTooLarge, detail: refusal.detail ?? "The text would be too long")
        case .rateLimited:
            self.init(.tooManyRequests, detail: refusal.detail ?? "Too many requests")
        case .storageUnavailable:
            self = .storageUnavailable
        }
    }
}

extension RoomBody {
    fileprivate init(_ room: RoomDescription) {
        self.init(
            id: room.id.rawValue, code: room.text, language: room.language, revision: room.revision.rawValue,
            createdAt: room.createdAt.milliseconds, updatedAt: room.updatedAt.milliseconds)
    }
}
