import CollabText
package import Wire

extension Replica {
    /// Takes a message from the server.
    ///
    /// Whatever it says, nothing here fails: what cannot be true leads to ``ReplicaEffect/reconnect``, and what no
    /// longer matters is ignored.
    package mutating func receive(_ message: ServerMessage) -> [ReplicaEffect] {
        switch message {
        case .welcome(let welcome):
            join(welcome)
        case _ where !isJoined:
            break
        case .edit(let revision, let author, let changes):
            follow(LoggedEdit(revision: revision, author: author, changes: changes))
        case .ack(let id, let revision, let resyncs):
            acknowledge(id, revision: revision, resyncs: resyncs)
        case .saved(let revision):
            savedRevision = revision
            tell(.saved(revision: revision))
        case .rejected(let rejection):
            reject(rejection)
        case .resync(let revision, let code):
            startOver(from: code, revision: revision)
            sendNext()
        case .presence(let members):
            setMembers(members)
        case .error(let error, _):
            tell(.refused(error))
        case .codeUpdate, .completion:
            break
        }
        return takeEffects()
    }

    /// Takes an edit from the room's log, in its order.
    mutating func follow(_ edit: LoggedEdit) {
        guard edit.revision > revision, !awaitsResync else { return }
        guard edit.revision == revision + 1,
            let change = try? TextChange(baseLength: serverText.count, replacements: edit.changes)
        else { return loseTrack() }
        revision = edit.revision
        if edit.author == clientID, let own = pending.inFlight {
            land(on: serverText.applying(change))
            if !own.isAcknowledged { tell(.acknowledged(id: own.id, revision: revision)) }
            sendNext()
        } else {
            let localChange = pending.rebase(over: change)
            serverText.apply(change)
            changeText(localChange, by: edit.author)
        }
    }

    /// The server's text is this from now on, whatever it was before.
    mutating func startOver(from code: TextBuffer, revision: Int) {
        awaitsResync = false
        self.revision = revision
        savedRevision = min(savedRevision, revision)
        if pending.inFlight?.isAcknowledged == true {
            land(on: code)
        } else {
            let localChange = pending.rebase(over: .difference(from: serverText, to: code))
            serverText = code
            changeText(localChange)
        }
    }

    /// The server's text is this from now on, and the edit in flight is in it.
    private mutating func land(on code: TextBuffer) {
        let localChange = pending.land(from: serverText, on: code)
        serverText = code
        changeText(localChange)
    }

    private mutating func acknowledge(_ id: String, revision: Int, resyncs: Bool) {
        guard let edit = pending.inFlight, edit.id == id, !awaitsResync else { return }
        guard resyncs || revision <= self.revision + 1 else { return loseTrack() }
        if resyncs {
            pending.acknowledge()
            awaitsResync = true
        } else if revision == self.revision + 1 {
            self.revision = revision
            serverText.apply(edit.change)
            pending.settle()
        } else if edit.change.leavesAsIs(serverText) {
            pending.settle()
        } else {
            // No revision was made for it now: it was in the text before, as on the far side of a lost connection.
            changeText(pending.takeBack(from: serverText))
        }
        if !edit.isAcknowledged { tell(.acknowledged(id: id, revision: revision)) }
        sendNext()
    }

    private mutating func reject(_ rejection: RejectedEdit) {
        guard let edit = pending.inFlight, edit.id == rejection.id, !awaitsResync else { return }
        guard rejection.revision <= revision else { return loseTrack() }
        switch rejection.reason {
        case .conflict where edit.sentOn < revision:
            pending.withdraw()
        case .conflict, .rateLimited, .storageUnavailable:
            // Under a new id, an edit that is in the text already would be applied twice.
            if !edit.isInDoubt { pending.withdraw() }
            isPausing = true
            effects.append(.retryLater)
        case .invalid, .tooLarge:
            changeText(pending.takeBack(from: serverText))
        }
        tell(.rejected(rejection))
        sendNext()
    }
}
