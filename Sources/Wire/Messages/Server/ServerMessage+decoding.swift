package import NIOCore

extension ServerMessage {
    /// Reads a message, for clients; fields that it does not know are ignored.
    ///
    /// A message of a type that it does not know is `.unknownType`: one to be ignored.
    package init(decoding message: ByteBuffer) throws(MessageError) {
        self = try message.withUnsafeReadableBytes { (bytes) throws(MessageError) -> ServerMessage in
            let fields = try ServerFields(message: bytes, names: Self.fields)
            let type = try fields.type
            do throws(FieldProblem) {
                if let message = try ServerMessage(type, fields) { return message }
            } catch {
                throw MessageError(error)
            }
            throw .unknownType(type)
        }
    }

    private static let fields: ServerFields.Names = [
        "type", "revision", "author", "changes", "id", "resync", "members", "code", "error", "reason", "detail",
        "clientId", "session", "saved", "language", "policy", "limits", "edits", "suggestion",
    ]

    /// Reads a message of this type; nil when there is no such type.
    private init?(_ type: String, _ fields: ServerFields) throws(FieldProblem) {
        switch type {
        case "edit":
            self = .edit(
                revision: try fields.integer("revision"), author: try fields.string("author"),
                changes: try fields.changes("changes"))
        case "ack":
            self = .ack(
                id: try fields.string("id"), revision: try fields.integer("revision"),
                resyncs: try fields.flag("resync"))
        case "saved":
            self = .saved(revision: try fields.integer("revision"))
        case "presence":
            self = .presence(try fields.members("members"))
        case "completion":
            self = .completion(
                id: try fields.string("id"), suggestion: try fields.string("suggestion"),
                revision: try fields.integer("revision"))
        case "rejected":
            self = .rejected(try RejectedEdit(fields))
        case "resync":
            self = .resync(revision: try fields.integer("revision"), code: try fields.document("code"))
        case "welcome":
            self = .welcome(try Welcome(fields, start: .code(try fields.document("code"))))
        case "resumed":
            self = .welcome(try Welcome(fields, start: .edits(try fields.edits("edits"))))
        case "code_update":
            self = .codeUpdate(code: try fields.document("code"), revision: try fields.integer("revision"))
        case "error":
            let (name, dialect): (StaticString, WireDialect) =
                fields.has("error") ? ("error", .seed) : ("code", .change)
            self = .error(MessageError(try fields.word(name), try fields.string("detail")), in: dialect)
        default:
            return nil
        }
    }
}

/// The fields of all messages from the server.
private typealias ServerFields = MessageFields<19>

extension Welcome {
    fileprivate init(_ fields: ServerFields, start: Start) throws(FieldProblem) {
        self.init(
            clientID: try fields.string("clientId"), session: try fields.string("session"),
            revision: try fields.integer("revision"), saved: try fields.integer("saved"),
            language: try fields.string("language"), policy: try fields.string("policy"),
            limits: try fields.limits("limits"), members: try fields.members("members"), start: start)
    }
}

extension RejectedEdit {
    fileprivate init(_ fields: ServerFields) throws(FieldProblem) {
        let code = try fields.document(ifPresent: "code").map(Remedy.code)
        let changes = try fields.changes(ifPresent: "changes").map(Remedy.changes)
        self.init(
            id: try fields.string("id"), reason: try fields.word("reason"), revision: try fields.integer("revision"),
            remedy: changes ?? code, detail: try fields.string(ifPresent: "detail"))
    }
}

extension MessageFields {
    fileprivate func limits(_ name: StaticString) throws(FieldProblem) -> WelcomeLimits {
        let limits = try object(ifPresent: name, ["document", "message", "members", "messagesPerSecond"]) {
            (fields) throws(FieldProblem) in
            WelcomeLimits(
                document: try fields.integer("document"), message: try fields.integer("message"),
                members: try fields.integer("members"), messagesPerSecond: try fields.integer("messagesPerSecond"))
        }
        return try required(name, limits)
    }

    fileprivate func edits(_ name: StaticString) throws(FieldProblem) -> [LoggedEdit] {
        let edits = try objects(ifPresent: name, ["revision", "author", "changes"]) { (fields) throws(FieldProblem) in
            LoggedEdit(
                revision: try fields.integer("revision"), author: try fields.string("author"),
                changes: try fields.changes("changes"))
        }
        return try required(name, edits)
    }

    /// One of the words of `Word`.
    fileprivate func word<Word: RawRepresentable<String>>(_ name: StaticString) throws(FieldProblem) -> Word {
        guard let word = Word(rawValue: try string(name)) else {
            throw FieldProblem(at: name.description, "has a value that is not known")
        }
        return word
    }
}
