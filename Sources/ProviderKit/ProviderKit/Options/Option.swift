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
    /// Whether there must be a value, in the configuration or from a variable.
    public let isRequired: Bool
    /// Whether the value must never be shown or logged.
    public let isSecret: Bool
    /// The environment variables that give the value when the configuration does not have the key, or has an empty text:
    /// the first of them that is set and not empty.
    public let variables: [String]
    /// What is wrong with a value of the right kind; nil when nothing can be.
    private let check: (@Sendable (Value) -> [OptionFinding])?

    private init(
        _ name: String, _ type: OptionType<Value>, default defaultValue: Value, help: String, isRequired: Bool,
        isSecret: Bool, variables: [String], check: (@Sendable (Value) -> [OptionFinding])?
    ) {
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
        self.help = help
        self.isRequired = isRequired
        self.isSecret = isSecret
        self.variables = variables
        self.check = check
    }

    /// An option with a default.
    ///
    /// - Parameters:
    ///   - variable: the environment variables that give the value when the configuration does not have the key.
    ///   - check: finds out what is wrong with a value of the right kind. It connects to nothing and opens nothing.
    public init(
        _ name: String, _ type: OptionType<Value>, default defaultValue: Value, variable: String..., help: String,
        isSecret: Bool = false, check: (@Sendable (Value) -> [OptionFinding])? = nil
    ) {
        self.init(
            name, type, default: defaultValue, help: help, isRequired: false, isSecret: isSecret, variables: variable,
            check: check)
    }

    /// An option without a default: the configuration must have it.
    ///
    /// - Parameter check: finds out what is wrong with a value of the right kind. It connects to nothing and opens
    ///   nothing.
    public init(
        required name: String, _ type: OptionType<Value>, help: String, isSecret: Bool = false,
        check: (@Sendable (Value) -> [OptionFinding])? = nil
    ) {
        self.init(
            name, type, default: type.emptyValue, help: help, isRequired: true, isSecret: isSecret, variables: [],
            check: check)
    }

    /// The option without its value's type, for a list of options.
    public var declaration: OptionDeclaration {
        let (type, check) = (type, check)
        return OptionDeclaration(
            name: name, kind: type.kind, defaultValue: isRequired ? nil : type.encode(defaultValue), help: help,
            isRequired: isRequired, isSecret: isSecret, variables: variables,
            findings: { value in type.decode(value).flatMap { check?($0) } ?? [] })
    }
}

extension Option<String> {
    /// A text that is usually given by an environment variable, such as the address or the key of a service.
    ///
    /// - Parameters:
    ///   - variable: the variables that give the value when the configuration does not have the key, the first that is
    ///     set and not empty; where none is, the value is empty.
    ///   - check: finds out what is wrong with a text that is not empty. It connects to nothing and opens nothing.
    public init(
        _ name: String, variable: String..., help: String, isSecret: Bool = false,
        check: (@Sendable (String) -> [OptionFinding])? = nil
    ) {
        self.init(
            name, .string, default: "", help: help, isRequired: false, isSecret: isSecret, variables: variable,
            check: check)
    }

    /// The same where the provider cannot do without: when it is chosen, the configuration must have the key, or one of
    /// the variables must be set.
    public init(
        required name: String, variable: String..., help: String, isSecret: Bool = false,
        check: (@Sendable (String) -> [OptionFinding])? = nil
    ) {
        self.init(
            name, .string, default: "", help: help, isRequired: true, isSecret: isSecret, variables: variable,
            check: check)
    }
}

/// What an option's own check finds in a value. The texts never repeat the value of a secret.
public enum OptionFinding: Sendable, Hashable {
    /// The value cannot be used: the configuration is refused. What was found, and what would do instead.
    case error(_ found: String, help: String)
    /// The value can be used but is probably a mistake: the server starts, and says so.
    case warning(_ found: String, help: String)
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
    /// The environment variables that give the value when the configuration does not have the key, or has an empty text:
    /// the first of them that is set and not empty.
    public let variables: [String]
    /// What the option's own check finds in a value of the right kind that is not empty.
    public let findings: @Sendable (OptionValue) -> [OptionFinding]
}
