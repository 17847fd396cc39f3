import Foundation
import PairloomServer
import Testing

@Suite struct ProcessMetricsTests {
    @Test func theyAreWhatProcSays() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "proc-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createDirectory(at: root.appending(path: "self/fd"), withIntermediateDirectories: true)
        for file in ["0", "1", "2", "17"] { try Data().write(to: root.appending(path: "self/fd/\(file)")) }
        let stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 1 2 3 4 150 75 0 0 20 0 8 0 5000 99999 256 1844674407\n"
        try Data(stat.utf8).write(to: root.appending(path: "self/stat"))
        try Data("cpu 1 2 3\nbtime 1700000000\nprocesses 9\n".utf8).write(to: root.appending(path: "stat"))

        let metrics = ProcessMetrics(root: root.path, ticksPerSecond: 100, pageSize: 4096)
        #expect(
            metrics.text() == """
                # HELP process_cpu_seconds_total User and system CPU time, in seconds.
                # TYPE process_cpu_seconds_total counter
                process_cpu_seconds_total 2.25
                # HELP process_open_fds Number of open file descriptors.
                # TYPE process_open_fds gauge
                process_open_fds 3
                # HELP process_resident_memory_bytes Resident memory size in bytes.
                # TYPE process_resident_memory_bytes gauge
                process_resident_memory_bytes 1048576
                # HELP process_start_time_seconds Start, in seconds since 1970.
                # TYPE process_start_time_seconds gauge
                process_start_time_seconds 1700000050

                """)
    }

    @Test func whatCannotBeReadIsLeftOut() {
        let metrics = ProcessMetrics(root: "/nowhere/at/all", ticksPerSecond: 100, pageSize: 4096)
        #expect(metrics.text() == "")
    }

    @Test func thisProcessHasAllOfThem() throws {
        let lines = ProcessMetrics().text().split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.count == 4)
        for line in lines {
            let value = try #require(line.split(separator: " ").last.flatMap { Double($0) })
            #expect(value >= 0, "\(line)")
        }
    }
}
