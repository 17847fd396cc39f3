/// A mistake in a file of rules, as one line for an operator.
struct RuleFileError: Error, CustomStringConvertible {
    /// The file's name.
    let file: String
    /// Counted from 1; nil where no line is to blame.
    let line: Int?
    /// What is wrong and, behind a comma, what would do.
    let problem: String

    var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        // A text of the file must not forge lines of a log.
        return "\(place): \(problem)".split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
