import CollabText

/// What the user did that is not in the server's text yet: one edit in flight, and the rest as one change behind it.
///
/// The local text is always the server's text with the edit in flight, then the waiting change made to it.
struct PendingEdits: Sendable {
    /// Made on the server's text.
    private(set) var inFlight: InFlightEdit?
    /// Made on the server's text with the edit in flight in it.
    private(set) var waiting: TextChange?

    var isEmpty: Bool { inFlight == nil && waiting == nil }

    // MARK: From the user to the server

    /// Takes a change that was made on the local text.
    mutating func add(_ change: TextChange) {
        setWaiting(waiting?.composed(with: change) ?? change)
    }

    /// Lets all that waits become the edit in flight. There must be none.
    mutating func launch(id: String, on revision: Int) {
        precondition(inFlight == nil, "an edit is in flight already")
        inFlight = waiting.map { InFlightEdit(id: id, change: $0, sentOn: revision) }
        waiting = nil
    }

    /// Notes that the edit in flight is sent again.
    mutating func relaunch(on revision: Int) {
        inFlight?.sentOn = revision
    }

    /// Puts the edit in flight back in front of what waits: the server does not have it, and will not.
    mutating func withdraw() {
        guard let change = inFlight?.change else { return }
        inFlight = nil
        setWaiting(waiting.map(change.composed(with:)) ?? change)
    }

    // MARK: From the server to the user

    /// Notes that the edit in flight may be in the server's text, or not.
    mutating func doubt() {
        inFlight?.isInDoubt = true
    }

    /// Notes that the server has the edit in flight, in a form that it has yet to tell.
    mutating func acknowledge() {
        inFlight?.isAcknowledged = true
    }

    /// Drops the edit in flight, since the server's text now holds it as it is here.
    mutating func settle() {
        inFlight = nil
    }

    /// Moves everything behind a change that was made to the server's text.
    ///
    /// - Returns: the change as it must be made to the local text.
    mutating func rebase(over change: TextChange) -> TextChange {
        var change = change
        if let edit = inFlight?.change {
            inFlight?.change = edit.transformed(over: change)
            change = change.transformed(over: edit, side: .left)
        }
        if let waiting {
            setWaiting(waiting.transformed(over: change))
            change = change.transformed(over: waiting, side: .left)
        }
        return change
    }

    /// Drops the edit in flight, since the server's text will never hold it.
    ///
    /// - Returns: the change that takes it out of the local text.
    mutating func takeBack(from serverText: TextBuffer) -> TextChange {
        guard let edit = inFlight?.change else { return .identity(length: serverText.count) }
        inFlight = nil
        return rebase(over: edit.inverted(over: serverText))
    }

    /// Drops the edit in flight, since the server's text holds it, in whatever form.
    ///
    /// - Parameters:
    ///   - serverText: the text that the edit in flight is made on.
    ///   - result: what the server's text has become since, with the edit in it.
    /// - Returns: the change as it must be made to the local text.
    mutating func land(from serverText: TextBuffer, on result: TextBuffer) -> TextChange {
        let expected = inFlight.map { serverText.applying($0.change) } ?? serverText
        inFlight = nil
        return rebase(over: .difference(from: expected, to: result))
    }

    private mutating func setWaiting(_ change: TextChange) {
        waiting = change.isIdentity ? nil : change
    }
}
