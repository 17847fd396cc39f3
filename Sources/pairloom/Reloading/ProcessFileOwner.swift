/// Who holds a ``ProcessFile``, and what it says of its reloads.
struct ProcessFileOwner {
    let process: Int32
    /// How often the configuration was read again; nil while that is being written.
    let reloads: Int?
    /// What came of the last time, in one line; empty when all went well.
    let problem: String

    /// - Parameter text: the content of the file.
    init(process: Int32, text: String) {
        self.process = process
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isWhole = lines.count == 5 && lines[3] == Self.end
        reloads = isWhole ? Int(lines[1]) : nil
        problem = isWhole ? String(lines[2]) : ""
    }

    /// The content of the file: the process, the number of reloads, the last one's problem, and a mark that it is whole.
    static func text(process: Int32, reloads: Int, outcome: String) -> String {
        "\(process)\n\(reloads)\n\(outcome.split(whereSeparator: \.isNewline).joined(separator: " "))\n\(end)\n"
    }

    private static let end = "end"
}
