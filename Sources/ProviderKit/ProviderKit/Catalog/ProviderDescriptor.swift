/// A provider as the catalog lists it: its name, its options, and how to make one.
public struct ProviderDescriptor<Provider>: Sendable {
    /// The word in `config.yaml`: lower case, words joined by hyphens.
    public let name: String
    /// What it is, in one line.
    public let summary: String
    public let options: [OptionDeclaration]
    /// Starts the provider. When it throws, it has closed whatever it opened.
    public let make: @Sendable (OptionValues, ProviderContext) async throws(ProviderStartError) -> Provider

    public init(
        name: String, summary: String, options: [OptionDeclaration] = [],
        make: @escaping @Sendable (OptionValues, ProviderContext) async throws(ProviderStartError) -> Provider
    ) {
        self.name = name
        self.summary = summary
        self.options = options
        self.make = make
    }
}

/// What the host gives to a provider at its start.
public struct ProviderContext: Sendable {
    /// Writes a line to the server's log, which adds the provider's name. May be called from any thread.
    public let log: @Sendable (LogLevel, String) -> Void

    public init(log: @escaping @Sendable (LogLevel, String) -> Void) {
        self.log = log
    }

    /// A context whose log goes nowhere.
    public static let silent = ProviderContext { _, _ in }
}

/// How much a line of the log matters.
public enum LogLevel: String, Sendable, CaseIterable {
    case debug, info, warning, error
}

/// Why a provider did not start.
public struct ProviderStartError: Error, Sendable, CustomStringConvertible {
    /// One line for an operator: what is wrong, and what would help.
    public let message: String
    /// Whether trying again later may help, as with a database that is still starting.
    public let isRetryable: Bool

    public init(_ message: String, isRetryable: Bool = false) {
        self.message = message
        self.isRetryable = isRetryable
    }

    public var description: String { message }
}
