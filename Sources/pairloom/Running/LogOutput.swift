import ConfigFile
import Foundation
import Logging
import ProviderKit

/// Where log lines go.
enum LogOutput {
    /// Sends the log to stderr, in the form and from the level that the configuration says. To be called once.
    static func start(_ settings: LogSettings) {
        let level = Logger.Level(settings.level)
        LoggingSystem.bootstrap { label in
            var handler: any LogHandler =
                switch settings.format {
                case .text: StreamLogHandler.standardError(label: label)
                case .json: JSONLogHandler(label: label)
                }
            handler.logLevel = level
            return handler
        }
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
