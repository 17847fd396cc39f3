import Foundation
import NIOCore

extension System {
    /// How many cores this process may use: those of the machine, less what a container's quota or `taskset` keeps from it.
    static var usableCoreCount: Int {
        max(1, min(coreCount, allowedCoreCount ?? coreCount))
    }

    /// The cores that the scheduler may put this process on, as Linux tells it (proc(5)); nil elsewhere.
    private static var allowedCoreCount: Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") })
        else { return nil }
        let mask = line.drop { $0 != ":" }
        return mask.compactMap(\.hexDigitValue).reduce(0) { $0 + $1.nonzeroBitCount }
    }
}
