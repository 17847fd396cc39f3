package import ProviderKit

/// Why a room cannot be had.
package struct RoomError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// No such room.
        case notFound
        /// The room has all the members it may.
        case full
        /// The server holds all the rooms it may.
        case overloaded
        /// The store does not answer.
        case storageUnavailable
        /// What is stored cannot be understood.
        case corrupted
        /// Another connection of the same client took the place.
        case resumedElsewhere
        /// Another process wrote the room: who was in it must come in again.
        case startsOver
        /// The server is going away.
        case shuttingDown
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What a store's failure means to somebody who wants a room.
    package init(_ error: StorageError) {
        let code: Code =
            switch error.code {
            case .notFound: .notFound
            case .corrupted: .corrupted
            case .closed, .cancelled: .shuttingDown
            case .alreadyExists, .conflict, .unavailable, .full, .readOnly, .inUse: .storageUnavailable
            }
        self.init(code, error.description)
    }

    package var description: String { message }
}
