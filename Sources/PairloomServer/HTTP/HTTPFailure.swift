import HTTPTypes
import Hummingbird
import Rooms
import Wire

/// An answer that is no success, thrown by whoever finds out.
struct HTTPFailure: Error {
    let status: HTTPResponse.Status
    let body: any JSONBody
    let headers: HTTPFields

    init(_ status: HTTPResponse.Status, _ body: any JSONBody, headers: HTTPFields = [:]) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    /// A failure that is told in one sentence.
    init(_ status: HTTPResponse.Status, detail: String, headers: HTTPFields = [:]) {
        self.init(status, ErrorBody(detail: detail), headers: headers)
    }

    static let notFound = HTTPFailure(.notFound, detail: "Not Found")

    static let roomNotFound = HTTPFailure(.notFound, detail: "Room not found")

    static let storageUnavailable = HTTPFailure(.serviceUnavailable, detail: "Storage unavailable")

    static func methodNotAllowed(_ allowed: [HTTPRequest.Method]) -> HTTPFailure {
        let methods = allowed.map(\.rawValue).joined(separator: ", ")
        return HTTPFailure(.methodNotAllowed, detail: "Method Not Allowed", headers: [.allow: methods])
    }

    /// The body, or the code in it, is over a limit in bytes.
    static func tooLarge(_ what: String, limit: Int) -> HTTPFailure {
        HTTPFailure(.contentTooLarge, detail: "The \(what) is over the limit of \(limit) bytes")
    }
}

extension HTTPFailure {
    /// What a client is told of an error; nil when it is none of a client's business.
    init?(_ error: any Error) {
        switch error {
        case let failure as HTTPFailure: self = failure
        case let error as BodyError: self.init(error)
        case let error as RoomError: self.init(error)
        case let error as any HTTPResponseError: self.init(error.status, detail: error.status.reasonPhrase)
        default: return nil
        }
    }

    private init(_ error: BodyError) {
        switch error {
        case .invalid(let failure): self.init(.unprocessableContent, failure)
        case .tooLarge(let limit): self = .tooLarge("code", limit: limit)
        }
    }

    private init?(_ error: RoomError) {
        switch error.code {
        case .notFound: self = .roomNotFound
        case .storageUnavailable: self = .storageUnavailable
        case .full, .overloaded, .resumedElsewhere: self.init(.serviceUnavailable, detail: "The server is full")
        case .startsOver, .shuttingDown: self.init(.serviceUnavailable, detail: "The server is restarting")
        case .corrupted: return nil
        }
    }
}
