/// The keys that lead to a value, from the top of the file.
struct OptionPath: Sendable {
    private let path: String

    init(_ path: String = "") {
        self.path = path
    }

    /// The path to the key that stands at a place, or nil.
    init?(to position: SourcePosition, in entries: [SourceEntry], below parent: OptionPath = OptionPath()) {
        for entry in entries {
            let path = parent[entry.key]
            if entry.keyPosition == position {
                self = path
                return
            }
            if case .mapping(let inner) = entry.value.content,
                let found = OptionPath(to: position, in: inner, below: path)
            {
                self = found
                return
            }
        }
        return nil
    }

    /// Dotted, as in `storage.sqlite.path`; nil at the top.
    var text: String? { path.isEmpty ? nil : path }

    subscript(key: String) -> OptionPath { OptionPath(path.isEmpty ? key.excerpt : "\(path).\(key.excerpt)") }

    subscript(index: Int) -> OptionPath { OptionPath("\(path)[\(index)]") }
}
