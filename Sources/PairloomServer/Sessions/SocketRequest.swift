import ProviderKit
import Wire

/// What a handshake asks for.
struct SocketRequest: Sendable, Hashable {
    let room: RoomID
    let dialect: WireDialect
    /// The subprotocol that names the dialect, if the client offered one.
    let chosenProtocol: String?
    /// What a client shows that lost its connection.
    let resumption: Resumption?

    struct Resumption: Sendable, Hashable {
        /// Nil when it cannot be one of ours.
        let session: SessionToken?
        /// The revision that the client had; -1 when it does not say, or says one that cannot be.
        let revision: Revision
    }
}

extension SocketRequest {
    /// - Parameters:
    ///   - query: what follows the path, without the question mark.
    ///   - protocols: the subprotocols that the client offers.
    init(room: RoomID, query: Substring, protocols: [Substring]) {
        self.room = room
        chosenProtocol = [WireDialect.changeProtocol, WireDialect.seedProtocol].first { name in
            protocols.contains { $0 == name }
        }
        dialect = chosenProtocol == WireDialect.changeProtocol ? .change : .seed
        var fields: [Substring: Substring] = [:]
        for field in query.split(separator: "&", maxSplits: 16) {
            let pair = field.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { fields[pair[0]] = pair[1] }
        }
        let revision = fields["revision"].flatMap { Int($0) }.flatMap { Revision(exactly: $0) }
        resumption = fields["session"].map { session in
            Resumption(session: SessionToken(session), revision: revision ?? Revision(-1))
        }
    }
}
