import Wire

/// The REST routes as OpenAPI 3.1 describes them, in the form that FastAPI gives it.
struct OpenAPIDescription: Sendable {
    let version: String

    /// The whole document.
    var document: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Pairloom", "version": .string(version),
                "description": "A server for real-time pair programming. Rooms are edited over WebSocket at /ws/{id}.",
            ],
            "paths": paths,
            "components": ["schemas": Self.schemas],
        ]
    }

    private var paths: JSONValue {
        [
            "/rooms": ["post": createRoom],
            "/rooms/{id}": ["get": readRoom, "patch": editRoom],
            "/autocomplete": ["post": autocomplete],
            "/health": ["get": Self.check("Health", "How the server is", id: "health")],
            "/health/live": ["get": Self.check("Liveness", "Whether the process lives", id: "health_live")],
            "/health/ready": ["get": readiness],
            "/metrics": ["get": metrics],
        ]
    }

    private var createRoom: JSONValue {
        [
            "summary": "Create Room", "operationId": "create_room",
            "requestBody": Self.body("CreateRoomRequest", isRequired: false),
            "responses": [
                "200": Self.answer("The room's name", "RoomCreated"),
                "413": Self.answer("The code is too large", "Error"),
                "422": Self.answer("Validation Error", "HTTPValidationError"),
                "429": Self.answer("Too many rooms are being made", "Error"),
                "503": Self.answer("Storage unavailable", "Error"),
            ],
        ]
    }

    private var readRoom: JSONValue {
        [
            "summary": "Read Room", "operationId": "read_room",
            "parameters": [Self.roomParameter],
            "responses": [
                "200": Self.answer("The room as it stands", "Room"),
                "404": Self.answer("Room not found", "Error"),
                "503": Self.answer("Storage unavailable", "Error"),
            ],
        ]
    }

    private var editRoom: JSONValue {
        [
            "summary": "Edit Room", "operationId": "edit_room",
            "parameters": [
                Self.roomParameter,
                [
                    "name": "If-Match", "in": "header", "required": false,
                    "description": "The ETag that the edit was made on, weak or not, if the body has no revision; or *",
                    "schema": ["type": "string", "title": "If-Match"],
                ],
            ],
            "requestBody": Self.body("EditRoomRequest", isRequired: true),
            "responses": [
                "200": Self.answer("The room after the edit", "Room"),
                "400": Self.answer("If-Match is no ETag of a room", "Error"),
                "404": Self.answer("Room not found", "Error"),
                "409": Self.answer("The room's policy refused the edit; the room as it stands", "Conflict"),
                "413": Self.answer("The text would be too large", "Error"),
                "422": Self.answer("Validation Error", "HTTPValidationError"),
                "503": Self.answer("Storage unavailable", "Error"),
            ],
        ]
    }

    private var autocomplete: JSONValue {
        [
            "summary": "Autocomplete", "operationId": "autocomplete",
            "requestBody": Self.body("AutocompleteRequest", isRequired: true),
            "responses": [
                "200": Self.answer("The text to insert, empty when there is nothing to say", "Completion"),
                "413": Self.answer("The code is too large", "Error"),
                "422": Self.answer("Validation Error", "HTTPValidationError"),
            ],
        ]
    }

    private var readiness: JSONValue {
        [
            "summary": "Readiness", "operationId": "health_ready",
            "responses": [
                "200": Self.answer("All is well", "Health"), "503": Self.answer("Changes cannot be saved", "Health"),
            ],
        ]
    }

    private var metrics: JSONValue {
        [
            "summary": "Metrics", "operationId": "metrics",
            "responses": [
                "200": [
                    "description": "Metrics in the text form of Prometheus",
                    "content": ["text/plain": ["schema": ["type": "string"]]],
                ]
            ],
        ]
    }

    private static let roomParameter: JSONValue = [
        "name": "id", "in": "path", "required": true, "schema": ["type": "string", "title": "Id"],
    ]

    private static func check(_ summary: String, _ description: String, id: String) -> JSONValue {
        [
            "summary": .string(summary), "operationId": .string(id),
            "responses": ["200": answer(description, "Health")],
        ]
    }

    private static func body(_ schema: String, isRequired: Bool) -> JSONValue {
        ["required": .bool(isRequired), "content": content(schema)]
    }

    private static func answer(_ description: String, _ schema: String) -> JSONValue {
        ["description": .string(description), "content": content(schema)]
    }

    private static func content(_ schema: String) -> JSONValue {
        ["application/json": ["schema": ["$ref": .string("#/components/schemas/\(schema)")]]]
    }
}
