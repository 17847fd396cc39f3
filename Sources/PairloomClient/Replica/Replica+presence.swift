import CollabText
package import Wire

extension Replica {
    /// Shows the others a name, a color or a cursor; what is nil or `.unchanged` stays as it was.
    ///
    /// The cursor is in ``text``, goes along with the edits, and is shown again after a reconnect.
    package mutating func setPresence(
        name: String? = nil, color: String? = nil, cursor: CursorUpdate = .unchanged
    ) -> [ReplicaEffect] {
        presence.name = name ?? presence.name
        presence.color = color ?? presence.color
        var shown = cursor
        switch cursor {
        case .unchanged: break
        case .none: presence.cursor = nil
        case .at(let cursor):
            presence.cursor = cursor.clamped(to: text.count)
            shown = presenceCursor
        }
        if isJoined { send(.presence(PresenceUpdate(name: name, color: color, cursor: shown, revision: revision))) }
        return takeEffects()
    }

    /// Shows everything again to a server that may have forgotten it.
    mutating func sendPresence() {
        guard !presence.isEmpty else { return }
        send(
            .presence(
                PresenceUpdate(
                    name: presence.name, color: presence.color, cursor: presenceCursor, revision: revision)))
    }

    /// Takes the members from the server, whose cursors are positions in its text.
    mutating func setMembers(_ members: [MemberPresence]) {
        self.members = members.map { member in
            member.withCursor(member.cursor?.clamped(to: serverText.count).mapped(localPosition))
        }
        tell(.presence(self.members))
    }

    /// Lets every cursor go along with a change of the local text.
    mutating func mapCursors(through change: TextChange) {
        presence.cursor = presence.cursor?.mapped { change.mapped(position: $0) }
        for index in members.indices where members[index].cursor != nil {
            members[index] = members[index].withCursor(members[index].cursor?.mapped { change.mapped(position: $0) })
        }
    }

    /// The own cursor in the server's text.
    private var presenceCursor: CursorUpdate {
        presence.cursor.map { .at($0.mapped(serverPosition)) } ?? .none
    }

    private func localPosition(_ position: Int) -> Int {
        let behind = pending.inFlight?.change.mapped(position: position) ?? position
        return pending.waiting?.mapped(position: behind) ?? behind
    }

    private func serverPosition(_ position: Int) -> Int {
        let before = pending.waiting?.mappedBack(position: position) ?? position
        return pending.inFlight?.change.mappedBack(position: before) ?? before
    }
}

extension TextChange {
    /// Where a position in the text after this change lay before it; inside inserted text, where that was put.
    fileprivate func mappedBack(position: Int) -> Int {
        var shift = 0
        for replacement in replacements {
            let start = replacement.range.lowerBound + shift
            if position <= start { break }
            if position < start + replacement.insert.count { return replacement.range.lowerBound }
            shift += replacement.insert.count - replacement.range.count
        }
        return position - shift
    }
}

extension Cursor {
    fileprivate func mapped(_ map: (Int) -> Int) -> Cursor {
        Cursor(anchor: map(anchor), head: map(head))
    }

    /// Inside of a text of this length.
    fileprivate func clamped(to length: Int) -> Cursor {
        mapped { min(max($0, 0), length) }
    }
}

extension MemberPresence {
    fileprivate func withCursor(_ cursor: Cursor?) -> MemberPresence {
        MemberPresence(clientID: clientID, name: name, color: color, cursor: cursor)
    }
}
