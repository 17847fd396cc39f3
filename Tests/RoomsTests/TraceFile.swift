import CollabText
import Foundation
import Testing

/// A real editing history from Traces, as it was recorded.
struct TraceFile: Decodable {
    /// What was done in one step.
    struct Transaction: Decodable {
        /// Who did it; nil when there is one author only.
        let agent: Int?
        /// The transactions whose merge it was done on, by their index; nil when that is the one before.
        let parents: [Int]?
        let patches: [Patch]
    }

    /// A replaced range of the text in which the patches before it are made already.
    struct Patch: Decodable {
        let position: Int
        let deletedCount: Int
        let inserted: String

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            position = try parts.decode(Int.self)
            deletedCount = try parts.decode(Int.self)
            inserted = try parts.decode(String.self)
        }
    }

    let startContent: String?
    let endContent: String
    let txns: [Transaction]

    /// Reads a file from Traces by its name.
    init(_ name: String) throws {
        let folder = try #require(Bundle.module.resourceURL)
        let file = folder.appending(path: "Traces/\(name).json.gz")
        self = try JSONDecoder().decode(Self.self, from: Self.decompressed(file))
    }

    private static func decompressed(_ file: URL) throws -> Data {
        let path = file.path.replacing("'", with: #"'\''"#)
        let stream = try #require(popen("gzip -dc '\(path)'", "r"))
        var content = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 {
            content.append(contentsOf: buffer[..<count])
        }
        try #require(pclose(stream) == 0, "gzip must be there, and the file in order")
        return content
    }
}

extension TraceFile.Transaction {
    /// All patches as one change of a text of this length.
    ///
    /// Positions count code points, which is the same as code units in a text without surrogate pairs.
    func change(baseLength: Int) throws -> TextChange {
        try patches.reduce(.identity(length: baseLength)) { change, patch in
            let units = Array(patch.inserted.utf16)
            try #require(!units.contains(where: UTF16.isLeadSurrogate))
            let range = patch.position..<(patch.position + patch.deletedCount)
            let next = try TextChange(
                baseLength: change.resultLength, replacements: [TextChange.Replacement(range, insert: units)])
            return change.composed(with: next)
        }
    }
}
