/// A value of the file, with its place.
struct SourceNode: Sendable {
    enum Content: Sendable {
        case scalar(SourceScalar)
        case list([SourceNode])
        case mapping([SourceEntry])
    }

    let content: Content
    let position: SourcePosition

    /// Whether nothing is written here.
    var isNull: Bool {
        if case .scalar(let scalar) = content { scalar.isNull } else { false }
    }

    /// The texts of a single value, or of the items of a list.
    var texts: [String] {
        switch content {
        case .scalar(let scalar): [scalar.text]
        case .list(let items): items.flatMap(\.texts)
        case .mapping: []
        }
    }

    /// The texts of a value with all that is below it.
    var allTexts: [String] {
        if case .mapping(let entries) = content { entries.flatMap(\.value.allTexts) } else { texts }
    }

    /// Whether it is a text such as `port:8000`, which is no key with a value.
    var lacksSpaceBehindColon: Bool {
        if case .scalar(let scalar) = content { scalar.isPlain && scalar.text.contains(":") } else { false }
    }
}

/// A single value as it is written.
struct SourceScalar: Sendable {
    /// The text without its quotes; variables are not filled in.
    let text: String
    /// Whether it stands without quotes.
    let isPlain: Bool

    var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }
}

/// A key and its value.
struct SourceEntry: Sendable {
    let key: String
    let keyPosition: SourcePosition
    let value: SourceNode
}
