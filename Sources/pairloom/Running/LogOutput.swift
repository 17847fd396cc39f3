import ConfigFile
import Foundation
import Logging
import ProviderKit
import Synchronization

/// Where log lines go.
enum LogOutput {
    /// The number of the level that the log begins at; it may change while the program runs.
    private static let threshold = Atomic(rank(of: .info))

    /// Sends the log to stderr, in the form and from the level that the configuration says. To be called once.
    static func start(_ settings: LogSettings) {
        setLevel(settings.level)
        LoggingSystem.bootstrap { label in
            switch settings.format {
            case .text: LeveledLogHandler(StreamLogHandler.standardError(label: label))
            case .json: LeveledLogHandler(JSONLogHandler(label: label))
            }
        }
    }

    /// Sets from which level on lines are written, of every logger that there is.
    static func setLevel(_ level: LogLevel) {
        threshold.store(rank(of: Logger.Level(level)), ordering: .relaxed)
    }

    /// From which level on lines are written.
    fileprivate static var level: Logger.Level {
        levels[threshold.load(ordering: .relaxed)]
    }

    private static let levels = Logger.Level.allCases

    private static func rank(of level: Logger.Level) -> Int {
        levels.firstIndex(of: level) ?? 0
    }
}

/// Writes through another handler what the level of ``LogOutput`` lets through.
private struct LeveledLogHandler<Base: LogHandler>: LogHandler {
    private var base: Base

    init(_ base: Base) {
        self.base = base
        self.base.logLevel = .trace
    }

    var logLevel: Logger.Level {
        get { LogOutput.level }
        // The level is of all loggers together.
        set {}
    }

    var metadata: Logger.Metadata {
        get { base.metadata }
        set { base.metadata = newValue }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { base.metadataProvider }
        set { base.metadataProvider = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { base[metadataKey: key] }
        set { base[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        base.log(event: event)
    }
}

extension Logger.Level {
    init(_ level: LogLevel) {
        switch level {
        case .debug: self = .debug
        case .info: self = .info
        case .warning: self = .warning
        case .error: self = .error
        }
    }
}
