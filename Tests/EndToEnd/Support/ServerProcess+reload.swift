import Foundation
import TestSupport

extension ServerProcess {
    /// Writes another configuration and has it read, and returns once the log says what came of that.
    ///
    /// - Returns: what the log got meanwhile.
    @discardableResult
    func reload(_ settings: Settings) async throws -> String {
        try await reload(yaml: settings.yaml)
    }

    /// The same with the text of a configuration.
    @discardableResult
    func reload(yaml: String) async throws -> String {
        try folder.write(yaml, to: "config.yaml")
        return try await awaitReload { hangUp() }
    }

    /// Waits until the log says what came of a reload that is begun here.
    func awaitReload(_ begin: () async throws -> Void) async throws -> String {
        let before = log
        try await begin()
        for _ in 0..<1_000 {
            let news = String(log.dropFirst(before.count))
            if news.contains("read again"), news.hasSuffix("\n") { return news }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Failure("the server did not read its configuration again")
    }
}
