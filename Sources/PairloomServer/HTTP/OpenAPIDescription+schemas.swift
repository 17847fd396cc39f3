import Wire

extension OpenAPIDescription {
    /// The bodies of requests and answers.
    static var schemas: JSONValue {
        [
            "CreateRoomRequest": object(
                "CreateRoomRequest",
                ["code": string("Code", default: ""), "language": language(default: "python")]),
            "EditRoomRequest": object("EditRoomRequest", editFields),
            "Change": object("Change", changeFields, required: ["from", "to"]),
            "Conflict": object(
                "Conflict", ["detail": string("Detail"), "room": ["$ref": "#/components/schemas/Room"]],
                required: ["detail", "room"]),
            "RoomCreated": object("RoomCreated", ["roomId": string("Room Id")], required: ["roomId"]),
            "Room": object("Room", roomFields, required: roomFields.members.map { .string($0.name) }),
            "AutocompleteRequest": object(
                "AutocompleteRequest", autocompleteFields, required: ["code", "cursorPosition", "language"]),
            "Completion": object(
                "Completion", ["suggestion": string("Suggestion"), "provider": string("Provider")],
                required: ["suggestion", "provider"]),
            "Health": object("Health", healthFields, required: ["status"]),
            "Error": object("Error", ["detail": string("Detail")], required: ["detail"]),
            "HTTPValidationError": object("HTTPValidationError", ["detail": list("Detail", of: "ValidationError")]),
            "ValidationError": object("ValidationError", validationFields, required: ["loc", "msg", "type"]),
        ]
    }

    private static var roomFields: JSONObject {
        let moment: JSONValue = ["type": "string", "format": "date-time"]
        return [
            "id": string("Id"), "code": string("Code"), "language": string("Language"),
            "revision": integer("Revision"), "createdAt": moment, "updatedAt": moment,
        ]
    }

    private static var editFields: JSONObject {
        [
            "code": [
                "type": "string", "title": "Code", "description": "The whole text; either this or changes is given",
            ],
            "changes": list("Changes", of: "Change"),
            "revision": natural("Revision", "The revision that the edit was made on"),
        ]
    }

    private static var changeFields: JSONObject {
        [
            "from": natural("From", "In UTF-16 code units"), "to": natural("To", "In UTF-16 code units"),
            "insert": string("Insert", default: ""),
        ]
    }

    private static var autocompleteFields: JSONObject {
        [
            "code": string("Code"),
            "cursorPosition": [
                "type": "integer", "title": "Cursor Position",
                "description": "In UTF-16 code units from the start of the code; the nearest place in it is taken",
            ],
            "language": language(),
            "client": [
                "type": "string", "maxLength": .integer(BodyLimits.client), "title": "Client",
                "description": "A name that the client gives itself: its newest request ends those before it",
            ],
        ]
    }

    private static var healthFields: JSONObject {
        [
            "status": ["type": "string", "enum": ["ok", "degraded"], "title": "Status"],
            "problem": string("Problem"), "version": string("Version"), "unsavedBytes": integer("Unsaved Bytes"),
            "oldestUnsavedMilliseconds": integer("Oldest Unsaved Milliseconds"),
        ]
    }

    private static var validationFields: JSONObject {
        [
            "loc": [
                "type": "array", "items": ["anyOf": [["type": "string"], ["type": "integer"]]], "title": "Location",
            ],
            "msg": string("Message"), "type": string("Error Type"), "input": ["title": "Input"],
            "ctx": ["type": "object", "title": "Context"],
        ]
    }

    private static func object(
        _ title: String, _ properties: JSONObject, required: [JSONValue] = []
    ) -> JSONValue {
        var schema: JSONObject = ["type": "object", "title": .string(title), "properties": .object(properties)]
        if !required.isEmpty { schema.append("required", .array(required)) }
        return .object(schema)
    }

    private static func language(default fallback: String? = nil) -> JSONValue {
        string("Language", longest: BodyLimits.language, default: fallback)
    }

    private static func string(
        _ title: String, longest: Int? = nil, default fallback: String? = nil
    ) -> JSONValue {
        var schema: JSONObject = ["type": "string", "title": .string(title)]
        if let longest { schema.append("maxLength", .integer(longest)) }
        if let fallback { schema.append("default", .string(fallback)) }
        return .object(schema)
    }

    private static func natural(_ title: String, _ description: String) -> JSONValue {
        [
            "type": "integer", "minimum": 0, "maximum": .integer(WireNumber.largest), "title": .string(title),
            "description": .string(description),
        ]
    }

    private static func integer(_ title: String) -> JSONValue {
        ["type": "integer", "title": .string(title)]
    }

    private static func list(_ title: String, of schema: String) -> JSONValue {
        [
            "type": "array", "items": ["$ref": .string("#/components/schemas/\(schema)")], "title": .string(title),
        ]
    }
}
