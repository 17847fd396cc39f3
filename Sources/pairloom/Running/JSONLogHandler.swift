import Foundation
import Logging
import NIOCore
import Wire

/// Writes the log as JSON, an object a line, on stderr.
struct JSONLogHandler: LogHandler {
    private let label: String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String) {
        self.label = label
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = JSONObject()
        line.append("time", .string(Date().ISO8601Format(.iso8601(timeZone: .gmt, includingFractionalSeconds: true))))
        line.append("level", .string(event.level.rawValue))
        line.append("logger", .string(label))
        line.append("message", .string(event.message.description))
        if let error = event.error { line.append("error", .string("\(error)")) }
        let all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) { line.append(key, .string("\(value)")) }
        var buffer = ByteBuffer()
        buffer.writeJSON(.object(line))
        buffer.writeString("\n")
        // Fails on a terminal that is gone.
        try? FileHandle.standardError.write(contentsOf: Data(buffer.readableBytesView))
    }
}
