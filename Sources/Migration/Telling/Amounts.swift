/// Numbers as people read them.
enum Amounts {
    /// `1,234,567`
    static func text(_ count: Int) -> String {
        let digits = Array(String(count))
        let groups = stride(from: digits.count, to: 0, by: -3).map { end in
            String(digits[max(0, end - 3)..<end])
        }
        return groups.reversed().joined(separator: ",")
    }

    /// `1 room`, `2 rooms`
    static func text(_ count: Int, _ noun: String) -> String {
        "\(text(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    /// `512 B`, `64.0 KiB`, `1.5 GiB`
    static func text(bytes: Int) -> String {
        guard bytes >= 1_024 else { return "\(bytes) B" }
        var tenths = bytes * 10 / 1_024
        for unit in ["KiB", "MiB"] {
            guard tenths >= 10_240 else { return "\(text(tenths / 10)).\(tenths % 10) \(unit)" }
            tenths /= 1_024
        }
        return "\(text(tenths / 10)).\(tenths % 10) GiB"
    }

    /// `0.4 s`, `45 s`, `3 min 20 s`, `2 h 5 min`
    static func text(_ duration: Duration) -> String {
        let seconds = Int(duration.components.seconds)
        switch seconds {
        case ..<10: return "\(seconds).\(Int(duration.components.attoseconds / 100_000_000_000_000_000)) s"
        case ..<60: return "\(seconds) s"
        case ..<3_600: return "\(seconds / 60) min \(seconds % 60) s"
        default: return "\(text(seconds / 3_600)) h \(seconds / 60 % 60) min"
        }
    }
}
