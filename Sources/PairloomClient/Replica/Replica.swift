package import CollabText
package import Wire

/// A client's copy of a room: the text as its user sees it, kept in step with the server by `pairloom.v1`.
///
/// A value without a socket and without a clock: it is told what the user does and what the server says, and answers
/// with effects. At most one edit is in flight; what the user does meanwhile is composed, and waits. An incoming edit
/// and the pending ones are transformed over each other (Ellis and Gibbs 1989); the edit in the log stands left in a
/// tie.
///
/// Two texts are held, so that an edit costs the edit, whatever the length of the text: the server's at the newest
/// known revision, and the local one, which is that with the pending edits made to it.
package struct Replica: Sendable {
    /// The text as the user sees it, with every local edit in it.
    package internal(set) var text = TextBuffer()
    /// The newest revision of the room that is known here.
    package internal(set) var revision = 0
    /// Everything up to this revision is in the store for good.
    package internal(set) var savedRevision = 0
    /// Who this is in the room; nil before the first welcome.
    package internal(set) var clientID: String?
    /// The room's conflict policy by its name in the configuration; nil before the first welcome.
    package internal(set) var policy: String?
    /// What the server allows; nil before the first welcome.
    package internal(set) var limits: WelcomeLimits?
    /// Everyone in the room, with cursors as positions in ``text``.
    package internal(set) var members: [MemberPresence] = []
    /// Whether the server has welcomed this client on the present connection.
    package internal(set) var isJoined = false

    /// The room's text at ``revision``.
    var serverText = TextBuffer()
    var pending = PendingEdits()
    var presence = OwnPresence()
    var session: String?
    /// Whether an edit was acknowledged whose outcome only the `resync` tells that follows.
    var awaitsResync = false
    /// Whether edits are held back until ``retry()``.
    var isPausing = false
    var effects: [ReplicaEffect] = []
    private var editCount = 0

    /// A copy of a room that has heard nothing yet; its text is empty.
    package init() {}

    /// The edit that was sent and not answered yet.
    package var inFlight: InFlightEdit? { pending.inFlight }

    /// Whether the server has acknowledged everything that the user did.
    package var isIdle: Bool { pending.isEmpty }

    // MARK: Edits

    /// Takes an edit of the user. It must be made on ``text``, and may be made while there is no connection.
    package mutating func edit(_ change: TextChange) -> [ReplicaEffect] {
        if !change.isIdentity {
            text.apply(change)
            mapCursors(through: change)
            pending.add(change)
            sendNext()
        }
        return takeEffects()
    }

    /// Takes a whole text from the user, as the smallest edit that leads to it.
    package mutating func setText(_ newText: TextBuffer) -> [ReplicaEffect] {
        edit(.difference(from: text, to: newText))
    }

    /// Goes on after the pause that ``ReplicaEffect/retryLater`` asked for.
    package mutating func retry() -> [ReplicaEffect] {
        if isPausing { resume() }
        return takeEffects()
    }

    // MARK: For the extensions

    /// Sends what waits, unless something forbids it.
    mutating func sendNext() {
        guard isJoined, !isPausing, pending.inFlight == nil, pending.waiting != nil else { return }
        editCount += 1
        pending.launch(id: String(editCount), on: revision)
        sendInFlight()
    }

    /// Goes on with the edit in flight, if there is one, or with what waits.
    mutating func resume() {
        isPausing = false
        if pending.inFlight == nil { sendNext() } else { sendInFlight() }
    }

    /// Sends the edit in flight, or sends it again under the id that it has.
    mutating func sendInFlight() {
        pending.relaunch(on: revision)
        guard let edit = pending.inFlight else { return }
        send(.edit(EditMessage(id: edit.id, revision: revision, changes: edit.change.replacements)))
    }

    /// Makes a change to the local text that the user has not made.
    mutating func changeText(_ change: TextChange, by author: String? = nil) {
        guard !change.isIdentity else { return }
        text.apply(change)
        mapCursors(through: change)
        tell(.changed(change, by: author))
    }

    mutating func send(_ message: ClientMessage) {
        effects.append(.send(message))
    }

    mutating func tell(_ event: ClientEvent) {
        effects.append(.tell(event))
    }

    mutating func takeEffects() -> [ReplicaEffect] {
        defer { effects = [] }
        return effects
    }
}
