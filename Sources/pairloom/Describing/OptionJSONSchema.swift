import ConfigFile
import ProviderKit
import Wire

/// What the value of one key may be, as a JSON Schema.
struct OptionJSONSchema {
    private let option: OptionDeclaration

    init(_ option: OptionDeclaration) {
        self.option = option
    }

    /// A text with an environment variable in it, which may stand for a value of any kind.
    static let variable: JSONValue = [
        "description": "An environment variable: ${NAME}, or ${NAME:-default}.",
        "type": "string", "pattern": #"\$\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\}"#,
    ]

    var value: JSONValue {
        var object = JSONObject()
        object.append("description", .string(option.help))
        if let value = option.defaultValue, !option.isSecret {
            object.append("default", Self.json(value, as: option.kind))
        }
        for member in shape { object.append(member.name, member.value) }
        return .object(object)
    }

    private var shape: [JSONObject.Member] {
        switch option.kind {
        case .string, .path:
            [.init("type", "string")]
        case .strings where ServerSettings.listsOfOne.contains(option.name):
            [.init("anyOf", [["type": "string"], ["type": "array", "items": ["type": "string"]]])]
        case .strings:
            orVariable(["type": "array", "items": ["type": "string"]])
        case .boolean:
            orVariable(["type": "boolean"])
        case .integer(let range):
            orVariable([
                "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ])
        case .size(let range):
            orVariable(
                ["type": "string", "pattern": "^[0-9]+([KMG]?B|[KMG]iB)?$"],
                ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
        case .duration:
            orVariable(["type": "string", "pattern": "^[0-9]+(ms|s|m|h)$"])
        case .choice(let words):
            orVariable(["enum": .array(words.map { .string($0) })])
        }
    }

    private func orVariable(_ shapes: JSONValue...) -> [JSONObject.Member] {
        [.init("anyOf", .array(shapes + [["$ref": "#/definitions/variable"]]))]
    }

    private static func json(_ value: OptionValue, as kind: OptionKind) -> JSONValue {
        switch (value, kind) {
        case (.string(let text), _): .string(text)
        case (.boolean(let flag), _): .bool(flag)
        case (.integer(let number), .integer): .integer(number)
        case (.strings(let texts), _): .array(texts.map { .string($0) })
        case (.integer, _), (.duration, _): .string(value.yaml(as: kind))
        }
    }
}
