extension MigrationProgress {
    /// How far the migration is, on one line: a bar of characters when there is something to measure, and figures.
    ///
    /// - Parameters:
    ///   - elapsed: how long this phase has been going on.
    ///   - barWidth: how many characters the bar has; none by default.
    package func line(after elapsed: Duration, barWidth: Int = 0) -> String {
        guard let fraction else { return "counting: \(Amounts.text(total, "room"))" }
        let filled = Int(Double(barWidth) * fraction)
        let bar = "[\(String(repeating: "#", count: filled))\(String(repeating: "-", count: barWidth - filled))] "
        return "\(phase.rawValue): \(barWidth > 0 ? bar : "")\(figures(fraction, after: elapsed))"
    }

    /// The most important first: a narrow terminal cuts off the rest.
    private func figures(_ fraction: Double, after elapsed: Duration) -> String {
        var figures = ["\(Int(fraction * 100)) %"]
        if done < total, let left = timeLeft(after: elapsed) { figures.append("\(Amounts.text(left)) left") }
        figures.append("\(Amounts.text(done)) of \(Amounts.text(total, "room"))")
        if done > 0 { figures.append("\(Amounts.text(Int(roomsPerSecond(after: elapsed)))) rooms/s") }
        if phase == .copying { figures += [Amounts.text(changes, "change"), Amounts.text(bytes: bytes)] }
        return figures.joined(separator: ", ")
    }
}
