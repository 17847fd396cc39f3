import Foundation

/// What this process holds, as the system sees it.
enum ThisProcess {
    /// How many threads the providers have.
    static func geminiThreads() throws -> Int {
        try entries(of: "/proc/self/task").count { id in
            let name = try? String(contentsOfFile: "/proc/self/task/\(id)/comm", encoding: .utf8)
            return name?.trimmingCharacters(in: .newlines) == "gemini"
        }
    }

    /// How many sockets are connected to a port of this machine.
    static func sockets(to port: Int) throws -> Int {
        let held = Set(
            try entries(of: "/proc/self/fd").compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            })
        let table = try String(contentsOfFile: "/proc/self/net/tcp", encoding: .utf8)
        let suffix = ":" + String(format: "%04X", port)
        return table.split(separator: "\n").count { line in
            let fields = line.split(separator: " ")
            return fields.count > 9 && fields[2].hasSuffix(suffix) && held.contains("socket:[\(fields[9])]")
        }
    }

    private static func entries(of folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
    }
}
