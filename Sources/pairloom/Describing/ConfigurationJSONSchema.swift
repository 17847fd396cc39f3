import ConfigFile
import ProviderKit
import Wire

/// What `config.yaml` may say as a JSON Schema (draft 7, which the YAML servers of editors know), so that editors complete
/// and check it.
struct ConfigurationJSONSchema {
    let schema: ConfigurationSchema

    /// The whole document.
    var document: JSONValue {
        var properties = JSONObject()
        for section in schema.sections { properties.append(section.name, Self.value(of: section)) }
        properties.append(ConfigurationSchema.plugins.name, OptionJSONSchema(ConfigurationSchema.plugins).value)
        return [
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "The configuration of Pairloom",
            "description": "Made by `pairloom config-schema`. Every key may be left out.",
            "type": ["object", "null"],
            "properties": .object(properties),
            "additionalProperties": false,
            "definitions": ["variable": OptionJSONSchema.variable],
        ]
    }

    private static func value(of section: ConfigurationSection) -> JSONValue {
        var properties = JSONObject()
        for option in section.options {
            let takesSeveral = section.contract.map { $0.takesSeveral && $0.key == option.name } ?? false
            properties.append(option.name, takesSeveral ? several(option) : OptionJSONSchema(option).value)
        }
        for provider in section.contract?.providers ?? [] {
            properties.append(provider.name, keys(provider.options, about: provider.summary))
        }
        for (name, reason) in section.contract?.absent.sorted(by: { $0.key < $1.key }) ?? [] {
            properties.append(name, ["description": .string("Not available: \(reason)")])
        }
        return object(properties, about: section.help, conditions: conditions(of: section.contract))
    }

    private static func keys(_ options: [OptionDeclaration], about help: String) -> JSONValue {
        object(JSONObject(options.map { .init($0.name, OptionJSONSchema($0).value) }), about: help, conditions: [])
    }

    private static func object(_ properties: JSONObject, about help: String, conditions: [JSONValue]) -> JSONValue {
        var object = JSONObject()
        object.append("description", .string(help))
        object.append("type", ["object", "null"])
        object.append("properties", .object(properties))
        object.append("additionalProperties", false)
        if !conditions.isEmpty { object.append("allOf", .array(conditions)) }
        return .object(object)
    }

    /// A key that takes the name of one provider, or a list of names.
    private static func several(_ option: OptionDeclaration) -> JSONValue {
        let name = OptionJSONSchema(option).value
        guard case .choice(let words) = option.kind else { return name }
        let names = words.filter { $0 != ContractSection.automaticWord }.map { JSONValue.string($0) }
        return [
            "description": .string(option.help),
            "anyOf": [
                name, ["type": "array", "items": ["enum": .array(names)], "minItems": 1, "uniqueItems": true],
            ],
        ]
    }

    /// What must be there when a provider is chosen.
    private static func conditions(of contract: ContractSection?) -> [JSONValue] {
        guard let contract else { return [] }
        return contract.providers.compactMap { provider in
            let required = provider.options.filter { $0.isRequired && $0.variables.isEmpty }.map {
                JSONValue.string($0.name)
            }
            guard !required.isEmpty else { return nil }
            let chosen: JSONValue = [
                "properties": .object(JSONObject([.init(contract.key, ["const": .string(provider.name)])])),
                "required": [.string(contract.key)],
            ]
            let complete: JSONValue = [
                "properties": .object(
                    JSONObject([.init(provider.name, ["type": "object", "required": .array(required)])])),
                "required": [.string(provider.name)],
            ]
            return ["if": chosen, "then": complete]
        }
    }
}
