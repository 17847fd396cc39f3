/// Why a plugin was not loaded, in two halves that make one line for an operator: `FOUND; HELP`.
package struct PluginLoadError: Error, Equatable {
    /// What is wrong. It begins with the library's path unless it is about all plugins.
    package let found: String
    /// What would help.
    package let help: String

    init(_ found: String, help: String) {
        self.found = found.onOneLine
        self.help = help.onOneLine
    }
}

extension PluginLoadError: CustomStringConvertible {
    package var description: String { "\(found); \(help)" }
}

extension String {
    /// The text with each run of blanks, line breaks and other control characters as one blank.
    fileprivate var onOneLine: String {
        unicodeScalars.split(whereSeparator: \.isBlank).map { String($0) }.joined(separator: " ")
    }
}

extension Unicode.Scalar {
    fileprivate var isBlank: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
        default: false
        }
    }
}
