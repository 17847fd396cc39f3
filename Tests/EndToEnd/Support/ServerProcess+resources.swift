import Foundation
import TestSupport

extension ServerProcess {
    /// How many files and sockets the server has open.
    func openFiles() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count
    }

    /// How much memory the server holds, in bytes.
    func residentMemory() throws -> Int {
        let status = try String(contentsOf: URL(filePath: "/proc/\(pid)/status"), encoding: .utf8)
        guard let line = status.firstMatch(of: #/VmRSS:\s+(\d+) kB/#), let kilobytes = Int(line.1) else {
            throw Failure("no VmRSS in /proc/\(pid)/status")
        }
        return kilobytes * 1024
    }
}
