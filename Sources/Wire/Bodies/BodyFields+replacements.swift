import CollabText

extension BodyFields {
    /// The replacements of a change, with at most `limit` bytes of UTF-8 in all their texts together.
    mutating func replacements(_ name: String, limit: Int) -> [TextChange.Replacement]? {
        guard let elements = list(name, longest: MessageLimits.changes) else { return nil }
        var replacements: [TextChange.Replacement] = []
        var inserted = 0
        for (index, element) in elements.enumerated() where issues.count < BodyLimits.issuesOfList {
            let location: [JSONValue] = ["body", .string(name), .integer(index)]
            guard let (replacement, size) = replacement(element, at: location) else { continue }
            replacements.append(replacement)
            inserted += size
        }
        if inserted > limit { exceed(limit) }
        return replacements
    }

    /// A replacement, and how many bytes of UTF-8 it inserts.
    private mutating func replacement(
        _ element: JSONValue, at location: [JSONValue]
    ) -> (TextChange.Replacement, Int)? {
        guard case .object(let object) = element else {
            note(.notAnObject(at: location, input: element))
            return nil
        }
        var fields = BodyFields(object, at: location)
        let from = fields.natural("from")
        let to = fields.natural("to")
        let insert = fields.document("insert", limit: .max, default: "")
        for issue in fields.issues { note(issue) }
        guard let from, let to, let insert else { return nil }
        guard from <= to else {
            note(.wrongValue(at: location, "to is less than from", input: element))
            return nil
        }
        return (TextChange.Replacement(from..<to, insert: insert[0..<insert.count]), insert.utf8.count)
    }
}
