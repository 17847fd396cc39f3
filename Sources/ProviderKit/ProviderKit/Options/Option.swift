/// One setting that a provider understands, as data: from it come validation, documentation and the redaction of secrets.
///
/// Keep options as constants, list them in the descriptor, and read their values with them:
/// ```swift
/// enum WordStoreOptions {
///     static let path = Option("path", .path, default: "words.db", help: "The file to keep words in.")
/// }
/// let path = values[WordStoreOptions.path]
/// ```
public struct Option<Value: Sendable>: Sendable {
    /// The key in `config.yaml`: lower case, words joined by underscores.
    public let name: String
    public let type: OptionType<Value>
    /// The value when the key is absent. Of a required option: never used.
    public let defaultValue: Value
    /// What it does, in one line; it may go on behind a full stop.
    public let help: String
    /// Whether there must be a value, in the configuration or from the variable.
    public let isRequired: Bool
    /// Whether the value must never be shown or logged.
    public let isSecret: Bool
    /// The environment variable that gives the value when the configuration does not have the key.
    public let variable: String?

    private init(
        _ name: String, _ type: OptionType<Value>, default defaultValue: Value, help: String, isRequired: Bool,
        isSecret: Bool, variable: String?
    ) {
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
        self.help = help
        self.isRequired = isRequired
        self.isSecret = isSecret
        self.variable = variable
    }

    public init(
        _ name: String, _ type: OptionType<Value>, default defaultValue: Value, help: String, isSecret: Bool = false
    ) {
        self.init(
            name, type, default: defaultValue, help: help, isRequired: false, isSecret: isSecret, variable: nil)
    }

    /// An option without a default: the configuration must have it.
    public init(required name: String, _ type: OptionType<Value>, help: String, isSecret: Bool = false) {
        self.init(
            name, type, default: type.emptyValue, help: help, isRequired: true, isSecret: isSecret, variable: nil)
    }

    /// The option without its value's type, for a list of options.
    public var declaration: OptionDeclaration {
        OptionDeclaration(
            name: name, kind: type.kind, defaultValue: isRequired ? nil : type.encode(defaultValue), help: help,
            isRequired: isRequired, isSecret: isSecret, variable: variable)
    }
}

extension Option<String> {
    /// A text that is usually given by an environment variable, such as the address or the key of a service.
    ///
    /// - Parameter variable: the variable that gives the value when the configuration does not have the key; where that
    ///   is not set either, the value is empty.
    public init(_ name: String, variable: String, help: String, isSecret: Bool = false) {
        self.init(
            name, .string, default: "", help: help, isRequired: false, isSecret: isSecret, variable: variable)
    }

    /// The same where the provider cannot do without: when it is chosen, the configuration must have the key, or the
    /// variable must be set.
    public init(required name: String, variable: String, help: String, isSecret: Bool = false) {
        self.init(name, .string, default: "", help: help, isRequired: true, isSecret: isSecret, variable: variable)
    }
}

/// An option as a table shows it.
public struct OptionDeclaration: Sendable {
    public let name: String
    public let kind: OptionKind
    /// Nil when the option is required.
    public let defaultValue: OptionValue?
    public let help: String
    public let isRequired: Bool
    public let isSecret: Bool
    /// The environment variable that gives the value when the configuration does not have the key.
    public let variable: String?
}
