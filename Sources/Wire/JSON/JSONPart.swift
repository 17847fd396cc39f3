/// A value that ``JSONScanner`` has checked and passed, by the bytes in which it stands.
package enum JSONPart: Sendable, Hashable {
    case string(JSONString)
    case number(Range<Int>)
    case object(Range<Int>)
    case array(Range<Int>)
    case word(JSONWord)
}

/// The bare words of JSON.
package enum JSONWord: String, Sendable, CaseIterable {
    case null
    case `true`
    case `false`
}
