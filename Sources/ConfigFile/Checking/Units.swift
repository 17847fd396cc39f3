/// Sizes and spans of time as people write them.
enum Units {
    /// The largest first.
    private static let sizes: [(unit: String, bytes: Int)] = [
        ("GiB", 1_073_741_824), ("GB", 1_000_000_000), ("MiB", 1_048_576), ("MB", 1_000_000),
        ("KiB", 1_024), ("KB", 1_000), ("B", 1),
    ]
    private static let times: [(unit: String, milliseconds: Int)] = [
        ("ms", 1), ("h", 3_600_000), ("m", 60_000), ("s", 1_000),
    ]

    /// The bytes of `512`, `512B`, `64KiB`, `1MiB`, `1GiB`, `1MB`; nil when it is not written like this or too large.
    static func size(_ text: String) -> Int? {
        let unit = sizes.first { text.hasSuffix($0.unit) }
        return whole(text.dropLast(unit?.unit.count ?? 0), times: unit?.bytes ?? 1)
    }

    /// The span of `250ms`, `30s`, `5m`, `1h`; nil when it is not written like this or too long.
    static func duration(_ text: String) -> Duration? {
        guard let unit = times.first(where: { text.hasSuffix($0.unit) }) else { return nil }
        return whole(text.dropLast(unit.unit.count), times: unit.milliseconds).map { .milliseconds($0) }
    }

    /// The size in the largest unit that has no fraction: `64KiB`, `1GB`.
    static func text(ofSize bytes: Int) -> String {
        let unit = sizes.first { bytes != 0 && bytes.isMultiple(of: $0.bytes) }
        return unit.map { "\(bytes / $0.bytes)\($0.unit)" } ?? "\(bytes)B"
    }

    /// The span in the largest unit that has no fraction: `5m`. Less than a millisecond is left out.
    static func text(of duration: Duration) -> String {
        // A plugin may declare any bound; one that milliseconds cannot tell is as good as none.
        let bounded = max(.milliseconds(Int.min), min(duration, .milliseconds(Int.max)))
        let (seconds, attoseconds) = bounded.components
        let milliseconds = Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
        guard milliseconds != 0 else { return "0s" }
        let unit = times.dropFirst().first { milliseconds.isMultiple(of: $0.milliseconds) } ?? times[0]
        return "\(milliseconds / unit.milliseconds)\(unit.unit)"
    }

    private static func whole(_ digits: Substring, times factor: Int) -> Int? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits)
        else { return nil }
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: factor)
        return isTooLarge ? nil : product
    }
}
