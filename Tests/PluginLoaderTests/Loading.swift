import Foundation
import PluginLoader
import TestSupport
import Testing

/// The error with which a library is refused, which is checked to be of one line in two halves.
func refusal(of path: String, _ location: SourceLocation = #_sourceLocation) throws -> PluginLoadError {
    let error = #expect(throws: PluginLoadError.self, sourceLocation: location) { try PluginLoader.load(path) }
    let refusal = try #require(error, sourceLocation: location)
    for half in [refusal.found, refusal.help] {
        #expect(!half.isEmpty && !half.contains(where: \.isNewline), sourceLocation: location)
    }
    return refusal
}

/// What is found when a file of these bytes is loaded, with `FILE` for its path.
func refusal(ofBytes bytes: [UInt8], _ location: SourceLocation = #_sourceLocation) throws -> String {
    let folder = try TemporaryFolder()
    let path = try folder.write(Data(bytes), to: "plugin.so").path
    return try refusal(of: path, location).found.replacing("`\(path)`", with: "FILE")
}
