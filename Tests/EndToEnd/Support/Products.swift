import Foundation
import TestSupport

/// What the build made.
enum Products {
    /// The server's executable: what `PAIRLOOM_EXECUTABLE` names, else the one that was built with these tests.
    static func pairloom() throws -> URL {
        if let path = ProcessInfo.processInfo.environment["PAIRLOOM_EXECUTABLE"] {
            return URL(filePath: path)
        }
        let executable = Bundle.module.bundleURL.deletingLastPathComponent().appending(path: "pairloom")
        guard FileManager.default.isExecutableFile(atPath: executable.path) else {
            throw Failure("there is no server at \(executable.path): run `swift build` first")
        }
        return executable
    }

    /// A client that was written in another language.
    static func client(_ name: String) -> URL {
        Bundle.module.bundleURL.appending(path: "Clients").appending(path: name)
    }

    /// A file of the examples.
    static func example(_ path: String) -> URL {
        repository.appending(path: "Examples").appending(path: path)
    }

    /// A file of the documentation.
    static func document(_ path: String) -> URL {
        repository.appending(path: "docs").appending(path: path)
    }

    /// A file of the repository.
    static func file(_ path: String) -> URL {
        repository.appending(path: path)
    }

    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
