/// The keys that lead to a value, from the top of the file.
struct KeyPath: Sendable {
    private let path: String

    init(_ path: String = "") {
        self.path = path
    }

    /// The path to the key that stands at a place, or nil.
    init?(to position: SourcePosition, in entries: [SourceEntry], below parent: KeyPath = KeyPath()) {
        for entry in entries {
            let path = parent[entry.key]
            if entry.keyPosition == position {
                self = path
                return
            }
            if case .mapping(let inner) = entry.value.content,
                let found = KeyPath(to: position, in: inner, below: path)
            {
                self = found
                return
            }
        }
        return nil
    }

    /// Dotted, as in `storage.sqlite.path`; nil at the top.
    var text: String? { path.isEmpty ? nil : path }

    subscript(key: String) -> KeyPath { KeyPath(path.isEmpty ? key.excerpt : "\(path).\(key.excerpt)") }

    subscript(index: Int) -> KeyPath { KeyPath("\(path)[\(index)]") }
}
