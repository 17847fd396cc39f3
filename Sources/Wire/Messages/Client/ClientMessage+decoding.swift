package import NIOCore

extension ClientMessage {
    /// Reads a message; fields that it does not know are ignored.
    ///
    /// `documentLimit` is in bytes of UTF-8 and bounds `code`, and the inserted texts of an edit together; what is
    /// longer is `.tooLarge`.
    package init(decoding message: ByteBuffer, in dialect: WireDialect, documentLimit: Int) throws(MessageError) {
        self = try message.withUnsafeReadableBytes { (bytes) throws(MessageError) -> ClientMessage in
            let fields = try ClientFields(message: bytes, names: Self.fields)
            switch (try fields.type, dialect) {
            case ("edit", .change):
                return .edit(try EditMessage(fields, documentLimit: documentLimit))
            case ("code_update", _):
                return .codeUpdate(try CodeUpdate(fields, in: dialect, documentLimit: documentLimit))
            case ("presence", .change):
                return .presence(try PresenceUpdate(fields))
            case ("complete", .change):
                return .complete(try CompleteMessage(fields))
            case (let unknown, _):
                throw .unknownType(unknown)
            }
        }
    }

    private static let fields: ClientFields.Names = [
        "type", "id", "revision", "changes", "code", "name", "color", "cursor", "position",
    ]
}

/// The fields of all messages from clients.
private typealias ClientFields = MessageFields<9>

extension EditMessage {
    fileprivate init(_ fields: ClientFields, documentLimit: Int) throws(MessageError) {
        var readable: String?
        do throws(FieldProblem) {
            let id = try fields.string("id", length: 1...MessageLimits.editID)
            readable = id
            self.init(
                id: id, revision: try fields.integer("revision"),
                changes: try fields.changes("changes", limit: documentLimit))
        } catch {
            throw MessageError(error, editID: readable)
        }
    }
}

extension CodeUpdate {
    fileprivate init(_ fields: ClientFields, in dialect: WireDialect, documentLimit: Int) throws(MessageError) {
        var id: String?
        do throws(FieldProblem) {
            if dialect == .change { id = try fields.string(ifPresent: "id", length: 1...MessageLimits.editID) }
            let revision = try fields.integer(ifPresent: "revision")
            self.init(id: id, code: try fields.document("code", limit: documentLimit), revision: revision)
        } catch {
            throw MessageError(error, editID: id)
        }
    }
}

extension PresenceUpdate {
    fileprivate init(_ fields: ClientFields) throws(MessageError) {
        do throws(FieldProblem) {
            let cursor = try fields.cursor(ifPresent: "cursor")
            self.init(
                name: try fields.string(ifPresent: "name", length: 0...MessageLimits.name),
                color: try fields.string(ifPresent: "color", length: 0...MessageLimits.color),
                cursor: cursor.map(CursorUpdate.at) ?? (fields.isNull("cursor") ? .none : .unchanged),
                revision: try fields.integer(ifPresent: "revision"))
        } catch {
            throw MessageError(error)
        }
    }
}

extension CompleteMessage {
    fileprivate init(_ fields: ClientFields) throws(MessageError) {
        do throws(FieldProblem) {
            self.init(
                id: try fields.string("id", length: 1...MessageLimits.questionID),
                position: try fields.integer("position"), revision: try fields.integer(ifPresent: "revision"))
        } catch {
            throw MessageError(error)
        }
    }
}
