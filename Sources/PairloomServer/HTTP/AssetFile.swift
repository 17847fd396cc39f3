import Foundation

/// The files that a page loads from a folder of this machine, by their paths in it.
package protocol AssetFile: RawRepresentable<String>, CaseIterable {}

extension AssetFile {
    /// The path of the first file that a folder lacks, or that cannot be read; nil when all are there.
    package static func missingFile(in folder: String) -> String? {
        allCases.map { "\(folder)/\($0.rawValue)" }.first { !FileManager.default.isReadableFile(atPath: $0) }
    }
}
