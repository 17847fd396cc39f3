import HTTPTypes
import Hummingbird
import Rooms
import Wire

/// An answer that is no success, thrown by whoever finds out.
struct HTTPFailure: Error {
    let status: HTTPResponse.Status
    let body: any JSONBody
    let headers: HTTPFields
    /// What browsers show instead of the body when people go there.
    private(set) var page: HTMLPage?

    init(_ status: HTTPResponse.Status, _ body: any JSONBody, headers: HTTPFields = [:]) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    /// A failure that is told in one sentence.
    init(_ status: HTTPResponse.Status, detail: String, headers: HTTPFields = [:]) {
        self.init(status, ErrorBody(detail: detail), headers: headers)
    }

    /// The failure with a page for people who go there with a browser.
    ///
    /// - Parameters:
    ///   - title: the page's title.
    ///   - text: the page's text, with code in backticks; nil for the sentence of the failure.
    func forPeople(_ title: String, _ text: String? = nil) -> HTTPFailure {
        var failure = self
        failure.page = HTMLPage(title: title, text: text ?? (body as? ErrorBody)?.detail ?? "")
        return failure
    }

    /// There is no such route: mostly since a proxy passes on another path than the server's own.
    static let noRoute = HTTPFailure(.notFound, detail: HTTPResponse.Status.notFound.reasonPhrase).forPeople(
        "There is nothing here",
        "This is a Pairloom server, and it has no page at this address. If a proxy serves it below a path, write the whole "
            + "address as `public_url` under `server` in config.yaml, or let the proxy remove the path (in nginx: "
            + "`proxy_pass` with a slash at the end).")

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
        case let error as any HTTPResponseError where error.status == .notFound: self = .noRoute
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
