import ProviderKit
import Synchronization

/// Keeps the lines that a provider logs.
final class Log: Sendable {
    private let written = Mutex<[String]>([])

    var lines: [String] { written.withLock { $0 } }

    /// A context that logs to here.
    var context: ProviderContext {
        ProviderContext { _, line in self.written.withLock { $0.append(line) } }
    }
}
