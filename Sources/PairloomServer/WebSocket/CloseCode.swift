/// Why a WebSocket connection ends (RFC 6455, section 7.4, and from 4400 on those of `docs/protocol.md`).
struct CloseCode: Sendable, Hashable {
    let rawValue: UInt16

    init(_ rawValue: UInt16) {
        self.rawValue = rawValue
    }

    static let normal = CloseCode(1000)
    static let goingAway = CloseCode(1001)
    static let protocolError = CloseCode(1002)
    static let unsupportedData = CloseCode(1003)
    static let invalidUTF8 = CloseCode(1007)
    static let messageTooBig = CloseCode(1009)
    static let internalError = CloseCode(1011)
    static let restarting = CloseCode(1012)
    static let overloaded = CloseCode(1013)
    static let noSuchRoom = CloseCode(4404)
    static let resumedElsewhere = CloseCode(4409)
    static let roomFull = CloseCode(4413)

    /// Whether an endpoint may send this code.
    var isSendable: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

/// The end of a connection, as it is told to the other side.
struct Closure: Error, Hashable, Sendable {
    /// Nil in a close frame without a payload.
    let code: CloseCode?
    /// At most 123 bytes of UTF-8 go over the wire.
    let reason: String

    init(_ code: CloseCode?, _ reason: String = "") {
        self.code = code
        self.reason = reason
    }
}
