import Rooms

extension Closure {
    /// How a connection ends whose room cannot be had.
    init(_ error: RoomError) {
        let code: CloseCode =
            switch error.code {
            case .notFound: .noSuchRoom
            case .full: .roomFull
            case .resumedElsewhere: .resumedElsewhere
            case .overloaded, .storageUnavailable: .overloaded
            case .corrupted: .internalError
            case .startsOver, .shuttingDown: .restarting
            }
        self.init(code, Self.reason(error))
    }

    /// What a client may know of the error.
    private static func reason(_ error: RoomError) -> String {
        switch error.code {
        case .notFound: "no such room"
        case .full: "the room is full"
        case .resumedElsewhere: "the session goes on at another connection"
        case .overloaded: "the server is full"
        case .storageUnavailable: "the storage is unavailable"
        case .corrupted: "the room cannot be read"
        case .startsOver: "the room starts over"
        case .shuttingDown: "the server is restarting"
        }
    }
}
