import CollabText

extension MessageFields {
    /// The replacements of a field.
    ///
    /// `limit` is in bytes of UTF-8, of all inserted texts together.
    func changes(_ name: StaticString, limit: Int = .max) throws(FieldProblem) -> [TextChange.Replacement] {
        try required(name, changes(ifPresent: name, limit: limit))
    }

    /// The replacements of a field, nil when it is missing.
    ///
    /// `limit` is in bytes of UTF-8, of all inserted texts together.
    func changes(
        ifPresent name: StaticString, limit: Int = .max
    ) throws(FieldProblem) -> [TextChange.Replacement]? {
        var room = limit
        return try objects(ifPresent: name, ["from", "to", "insert"], limit: MessageLimits.changes) {
            (fields) throws(FieldProblem) in
            let from = try fields.integer("from")
            let to = try fields.integer("to")
            guard from <= to else { throw FieldProblem(at: "to", "must not be less than \"from\"") }
            let insert = try fields.units(ifPresent: "insert", limit: .max)
            room -= insert?.utf8Count ?? 0
            guard room >= 0 else {
                let problem = "brings the inserted text over the limit of \(limit) bytes of UTF-8"
                throw FieldProblem(.tooLarge, at: "insert", problem)
            }
            return TextChange.Replacement(from..<to, insert: insert?.units ?? [])
        }
    }

    /// The selection of a field, nil when it is missing.
    func cursor(ifPresent name: StaticString) throws(FieldProblem) -> Cursor? {
        try object(ifPresent: name, ["anchor", "head"]) { (fields) throws(FieldProblem) in
            Cursor(anchor: try fields.integer("anchor"), head: try fields.integer("head"))
        }
    }

    /// The members of a room.
    func members(_ name: StaticString) throws(FieldProblem) -> [MemberPresence] {
        let members = try objects(ifPresent: name, ["clientId", "name", "color", "cursor"]) {
            (fields) throws(FieldProblem) in
            MemberPresence(
                clientID: try fields.string("clientId"), name: try fields.string(ifPresent: "name"),
                color: try fields.string(ifPresent: "color"), cursor: try fields.cursor(ifPresent: "cursor"))
        }
        return try required(name, members)
    }
}
