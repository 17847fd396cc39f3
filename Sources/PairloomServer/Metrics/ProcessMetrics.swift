import Foundation

/// What the operating system says about this process, under the names that Prometheus recommends.
///
/// Read from `/proc` (proc(5)); what cannot be read is left out, so on other systems the text is empty.
package struct ProcessMetrics {
    private let root: String
    private let ticksPerSecond: Double
    private let pageSize: Double

    /// The metrics of this process.
    package init() {
        self.init(
            root: "/proc", ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK))),
            pageSize: Double(sysconf(Int32(_SC_PAGESIZE))))
    }

    /// The metrics of the process that a folder tells of.
    ///
    /// - Parameters:
    ///   - root: the folder that stands for `/proc`.
    ///   - ticksPerSecond: the unit of its times.
    ///   - pageSize: the unit of its memory, in bytes.
    package init(root: String, ticksPerSecond: Double, pageSize: Double) {
        self.root = root
        self.ticksPerSecond = ticksPerSecond
        self.pageSize = pageSize
    }

    /// The present values in the Prometheus text format 0.0.4, ordered by name.
    package func text() -> String {
        let stat = processFields()
        var text = PrometheusText()
        func write(_ name: String, _ kind: PrometheusKind, _ help: String, _ value: Double?) {
            guard let value else { return }
            text.begin(name, kind: kind, help: help)
            text.sample(name, .none, PrometheusText.number(value))
        }
        write("process_cpu_seconds_total", .counter, "User and system CPU time, in seconds.", stat.flatMap(cpuSeconds))
        write("process_open_fds", .gauge, "Number of open file descriptors.", openFiles())
        write("process_resident_memory_bytes", .gauge, "Resident memory size in bytes.", stat.flatMap(residentBytes))
        write("process_start_time_seconds", .gauge, "Start, in seconds since 1970.", stat.flatMap(startTime))
        return text.content
    }

    /// The numbers of `/proc/self/stat` from the process's state on, which is field 3 of the manual.
    private func processFields() -> [Double]? {
        guard let stat = read("self/stat"), let nameEnd = stat.lastIndex(of: ")") else { return nil }
        // The name before may hold spaces and parentheses; nothing behind it does.
        return stat[nameEnd...].dropFirst().split(whereSeparator: \.isWhitespace).map { Double($0) ?? 0 }
    }

    /// A field of `/proc/self/stat` by its number in the manual.
    private func field(_ number: Int, of stat: [Double]) -> Double? {
        stat.indices.contains(number - 3) ? stat[number - 3] : nil
    }

    private func cpuSeconds(_ stat: [Double]) -> Double? {
        guard let user = field(14, of: stat), let system = field(15, of: stat) else { return nil }
        return (user + system) / ticksPerSecond
    }

    private func residentBytes(_ stat: [Double]) -> Double? {
        field(24, of: stat).map { $0 * pageSize }
    }

    private func startTime(_ stat: [Double]) -> Double? {
        let bootLine = read("stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        let boot = bootLine.flatMap { Double($0.dropFirst(6)) }
        guard let boot, let start = field(22, of: stat) else { return nil }
        return boot + start / ticksPerSecond
    }

    /// The open files, without the folder that is being read.
    private func openFiles() -> Double? {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/self/fd")).map { Double($0.count - 1) }
    }

    private func read(_ path: String) -> String? {
        try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    }
}
