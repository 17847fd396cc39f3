extension MigrationProgress {
    /// What was done and found, on a few lines.
    ///
    /// - Parameter elapsed: how long all of it took.
    package func summary(after elapsed: Duration) -> String {
        guard total > 0 else { return "The source holds no rooms." }
        var lines = [
            "\(Amounts.text(copied, "room")) copied, \(Amounts.text(continued)) continued, "
                + "\(Amounts.text(alreadyThere)) there already: \(Amounts.text(changes, "change")), "
                + "\(Amounts.text(bytes: bytes))."
        ]
        if !failures.isEmpty {
            lines.append("Not copied, or not wholly: \(Amounts.text(failures.count, "room")).")
            lines += failures.lines
        }
        if phase == .verifying {
            let found = differences.isEmpty ? "no difference" : Amounts.text(differences.count, "difference")
            lines.append("\(Amounts.text(verified, "room")) compared: \(found).")
            lines += differences.lines
        }
        lines.append("It took \(Amounts.text(elapsed)).")
        return lines.joined(separator: "\n")
    }
}

extension Findings {
    /// The first of them, each on a line of its own, and how many more there are.
    fileprivate var lines: [String] {
        let more = count > first.count ? ["  and \(Amounts.text(count - first.count)) more"] : []
        return first.map { "  \($0)" } + more
    }
}
