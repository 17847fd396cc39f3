/// Why a configuration was refused: one line for an operator, with the place, what was found and what would do.
package struct ConfigurationError: Error, Sendable, Equatable {
    /// The file as it was named, or `built-in defaults`.
    package let file: String
    /// Where in the file; nil when the trouble has no place in it, as with a file that is missing.
    package let position: SourcePosition?
    /// The key in question, from the top of the file: `storage.sqlite.path`. Nil when it is about the file itself.
    package let keyPath: String?
    /// What is wrong. It never holds the value of a secret or of a variable.
    package let found: String
    /// What would do; nil when `found` says it all.
    package let help: String?

    package init(
        file: String, position: SourcePosition? = nil, keyPath: String? = nil, found: String, help: String? = nil
    ) {
        self.file = file
        self.position = position
        self.keyPath = keyPath
        self.found = found
        self.help = help
    }

    /// The line, counted from 1.
    package var line: Int? { position?.line }

    /// The column, counted from 1 in Unicode scalars.
    package var column: Int? { position?.column }
}

extension ConfigurationError: CustomStringConvertible {
    /// The error as one line: `config.yaml:12:1: storge: unknown key; did you mean ...`.
    package var description: String {
        let place = position.map { "\(file):\($0)" } ?? file
        let parts = [place, keyPath, help.map { "\(found); \($0)" } ?? found]
        return parts.compactMap { $0 }.joined(separator: ": ").onOneLine
    }
}

/// A value that the server accepts but that is probably a mistake: one line for the log.
package struct ConfigurationWarning: Sendable, Equatable, CustomStringConvertible {
    /// The place, the key, what was found and what would do, in the form of a ``ConfigurationError``.
    package let description: String

    /// - Parameter remark: what is to be said, as if the configuration were refused for it.
    init(_ remark: ConfigurationError) {
        description = remark.description
    }
}

/// A place in a text.
package struct SourcePosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Counted from 1.
    package let line: Int
    /// Counted from 1 in Unicode scalars.
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }

    /// `12:3`, as editors and terminals understand it behind a file's name.
    package var description: String { "\(line):\(column)" }
}
