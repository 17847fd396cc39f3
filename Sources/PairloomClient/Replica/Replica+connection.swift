import Wire

extension Replica {
    /// With what the next connection should ask to be resumed; nil when it must begin anew.
    package var resumption: Resumption? {
        session.map { Resumption(session: $0, revision: revision) }
    }

    /// Notes that the connection is gone. The user may go on editing.
    package mutating func didDisconnect() {
        isJoined = false
        isPausing = false
    }

    /// Enters the room, for the first time or again.
    mutating func join(_ welcome: Welcome) {
        isJoined = true
        isPausing = false
        awaitsResync = false
        switch welcome.start {
        case .code(let code):
            tell(.connected(resumed: false))
            startOver(from: code, revision: welcome.revision)
            pending.doubt()
        case .edits(let edits):
            tell(.connected(resumed: true))
            catchUp(with: edits)
            guard isJoined, revision == welcome.revision else { return loseTrack() }
        }
        savedRevision = max(savedRevision, welcome.saved)
        clientID = welcome.clientID
        session = welcome.session
        policy = welcome.policy
        limits = welcome.limits
        setMembers(welcome.members)
        sendPresence()
        resume()
    }

    /// Takes the edits that were missed. Nothing is sent before all of them are known.
    private mutating func catchUp(with edits: [LoggedEdit]) {
        isPausing = true
        for edit in edits { follow(edit) }
        isPausing = false
    }

    /// Gives the connection up: what the server says does not fit what is known here.
    mutating func loseTrack() {
        guard session != nil || isJoined else { return }
        session = nil
        isJoined = false
        effects.append(.reconnect)
    }
}
