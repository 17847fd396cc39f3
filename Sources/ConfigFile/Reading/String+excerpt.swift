extension String {
    /// The text without line breaks and other control characters, which could forge lines of a log.
    var onOneLine: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? " " : $0 }))
    }

    /// The beginning of the text, short enough to be quoted in an error.
    var excerpt: String {
        let limit = 60
        return (count > limit ? prefix(limit) + "…" : self[...]).description.onOneLine
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
