import Foundation

/// Why a run ended early, in words for the person who started it.
struct LoadError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Tells the person who started the generator something, beside the report.
func log(_ message: String) {
    FileHandle.standardError.write(Data("pairloom-load: \(message)\n".utf8))
}
