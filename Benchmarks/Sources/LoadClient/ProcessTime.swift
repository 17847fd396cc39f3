import Foundation

/// The CPU time that a process has used since this value was made: user and system, of all its threads.
package struct ProcessTime {
    private let process: String
    private let start: Double?

    /// - Parameter process: a process id, or `self`.
    package init(process: String) {
        self.process = process
        self.start = Self.seconds(of: process)
    }

    /// Nil when the process is not there.
    package func secondsSinceStart() -> Double? {
        guard let start, let now = Self.seconds(of: process) else { return nil }
        return now - start
    }

    /// Reads `utime` and `stime` from `/proc/<process>/stat`, see proc(5).
    private static func seconds(of process: String) -> Double? {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            // The second field, the name in parentheses, may hold anything, spaces too.
            let name = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[name...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return nil }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
