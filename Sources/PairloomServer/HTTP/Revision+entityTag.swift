import ProviderKit

/// The revision of a room as an entity tag (RFC 9110, section 8.8.3).
extension Revision {
    /// The tag that the room has at this revision: `"7"`.
    var entityTag: String { "\"\(rawValue)\"" }

    /// Reads a tag that was made by ``entityTag``, also in its weak form: a proxy that compresses an answer makes `W/"7"`
    /// of `"7"`, and the text of a revision is one and the same. Nil for any other tag, and for a list of them.
    init?(entityTag: String) {
        let tag = entityTag.hasPrefix("W/") ? entityTag.dropFirst(2) : entityTag[...]
        guard tag.utf8.count > 2, tag.hasPrefix("\""), tag.hasSuffix("\"") else { return nil }
        let digits = tag.dropFirst().dropLast()
        // `Int` would also read a sign.
        guard digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains), let number = Int(digits) else {
            return nil
        }
        self.init(exactly: number)
    }
}
