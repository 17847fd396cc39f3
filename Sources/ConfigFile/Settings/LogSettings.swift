package import ProviderKit

/// What the server writes about itself.
package struct LogSettings: Sendable, Hashable {
    /// Lines that matter less are left out.
    package var level: LogLevel
    package var format: LogFormat

    package init(level: LogLevel = .info, format: LogFormat = .text) {
        self.level = level
        self.format = format
    }

    init(_ values: OptionValues) {
        self.init(
            level: LogLevel(rawValue: values[Options.level]) ?? .info,
            format: LogFormat(rawValue: values[Options.format]) ?? .text)
    }
}

/// How a line of the log is written.
package enum LogFormat: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// One JSON object for each line, for machines.
    case json
}

extension LogSettings {
    /// The keys of the section `log`.
    package enum Options {
        package static let level = Option(
            "level", .choice(LogLevel.allCases.map(\.rawValue)), default: LogLevel.info.rawValue,
            help: "How much is written: debug is the most, error the least.")
        package static let format = Option(
            "format", .choice(LogFormat.allCases.map(\.rawValue)), default: LogFormat.text.rawValue,
            help: "text is for people, json for machines that collect logs.")
    }

    static let section = ConfigurationSection(
        name: "log", help: "What the server writes about itself.",
        options: [Options.level.declaration, Options.format.declaration])
}
