import CollabText
import Foundation

/// What somebody once typed, edit by edit, as a file tells it: `{"startContent", "endContent", "txns": [{"patches":
/// [[position, deleted, inserted], …]}, …]}`, with positions in Unicode scalars.
struct EditingHistory: Decodable {
    let startContent: String
    let endContent: String
    private let txns: [Transaction]

    private struct Transaction: Decodable {
        let patches: [Patch]
    }

    private struct Patch: Decodable {
        let position: Int
        let deleted: Int
        let inserted: String

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            position = try parts.decode(Int.self)
            deleted = try parts.decode(Int.self)
            inserted = try parts.decode(String.self)
        }
    }

    init(file: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
    }

    /// Every patch as a replacement in the text that stands before it, in UTF-16 code units; those that change nothing
    /// are left out.
    func replacements() -> [TextChange.Replacement] {
        // A scalar for each element, so that positions need no search.
        var text = Array(startContent.unicodeScalars)
        var widths = text.map(\.utf16Width)
        return txns.flatMap(\.patches).compactMap { patch in
            let scalars = patch.position..<(patch.position + patch.deleted)
            let start = widths[..<scalars.lowerBound].reduce(0, +)
            let length = widths[scalars].reduce(0, +)
            let inserted = Array(patch.inserted.unicodeScalars)
            if text[scalars].elementsEqual(inserted) { return nil }
            text.replaceSubrange(scalars, with: inserted)
            widths.replaceSubrange(scalars, with: inserted.map(\.utf16Width))
            return TextChange.Replacement(start..<(start + length), insert: Array(patch.inserted.utf16))
        }
    }
}

extension Unicode.Scalar {
    fileprivate var utf16Width: Int { value > 0xFFFF ? 2 : 1 }
}
