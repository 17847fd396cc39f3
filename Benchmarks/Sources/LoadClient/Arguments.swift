/// A command line of pairs: `--name value --name value`.
package struct Arguments {
    private var values: [String: String] = [:]

    package init(_ arguments: [String]) throws(LoadError) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard name.hasPrefix("--"), let value = rest.popFirst() else {
                throw LoadError("\(name) is no option with a value")
            }
            values[String(name.dropFirst(2))] = value
        }
    }

    /// Takes the value of an option; nil when it was not given.
    package mutating func word(_ name: String) -> String? {
        values.removeValue(forKey: name)
    }

    /// Takes the value of an option that must be given, unless there is a default, and must be a number.
    package mutating func number(
        _ name: String, default: Int? = nil, atLeast minimum: Int = 1
    ) throws(LoadError) -> Int {
        if let number = try number(ifPresent: name, atLeast: minimum) ?? `default` { return number }
        throw LoadError("--\(name) is missing")
    }

    /// Takes the value of an option that must be a number, if it was given.
    package mutating func number(ifPresent name: String, atLeast minimum: Int = 1) throws(LoadError) -> Int? {
        guard let text = word(name) else { return nil }
        guard let number = Int(text), number >= minimum else {
            throw LoadError("--\(name) is a whole number from \(minimum) on, not \(text)")
        }
        return number
    }

    /// Takes where the server listens.
    package mutating func server() throws(LoadError) -> ServerAddress {
        ServerAddress(host: word("host") ?? "127.0.0.1", port: try number("port"))
    }

    /// Makes sure that nothing was given that nobody has taken.
    package func finish() throws(LoadError) {
        if let unknown = values.keys.sorted().first { throw LoadError("--\(unknown) means nothing here") }
    }
}
