/// Where a value of the configuration comes from.
package struct ValueOrigin: Sendable, Hashable, CustomStringConvertible {
    /// In words: `config.yaml:12:9`, `DATABASE_URL of .env:3`, `default`.
    package let description: String

    /// Written in a file.
    ///
    /// - Parameter variables: where the variables in the text have their values from.
    init(file: String, position: SourcePosition, variables: [String] = []) {
        description = (["\(file):\(position)"] + variables).joined(separator: ", ")
    }

    /// Given by an environment variable, without a word in the file.
    init(variable: String) {
        description = variable
    }

    /// Nobody said anything.
    static let standard = ValueOrigin(variable: "default")
}
