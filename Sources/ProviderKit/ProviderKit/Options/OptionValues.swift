/// Checked values of a list of options.
public struct OptionValues: Sendable, Hashable {
    private let values: [String: OptionValue]

    /// - Parameter values: what the configuration says, checked against the declarations; defaults may be absent.
    public init(_ values: [String: OptionValue] = [:]) {
        self.values = values
    }

    /// The value of an option: what the configuration says, or its default.
    public subscript<Value>(option: Option<Value>) -> Value {
        values[option.name].flatMap(option.type.decode) ?? option.defaultValue
    }

    /// These values with one set, for tests and tools.
    public func setting<Value>(_ option: Option<Value>, to value: Value) -> OptionValues {
        OptionValues(values.merging([option.name: option.type.encode(value)]) { $1 })
    }
}
