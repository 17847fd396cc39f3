import Yams

/// Turns the text of `config.yaml` into a tree of values with their places.
struct YAMLDocument {
    /// The file's name in errors.
    let file: String
    let text: String

    /// The keys at the top of the file, in the order in which they are written; none when the file says nothing.
    func entries() throws(ConfigurationError) -> [SourceEntry] {
        try refuseManyAliases()
        guard let root = try compose() else { return [] }
        switch root.content {
        case .mapping(let entries): return entries
        case .scalar where root.isNull: return []
        case .scalar, .list:
            throw ConfigurationError(
                file: file, position: root.position, found: "found \(root.shape) where sections should be",
                help: root.lacksSpaceBehindColon
                    ? "put a space after the colon of each key"
                    : "write keys with values, such as `server:` with `port: 8000` below it")
        }
    }

    private func compose() throws(ConfigurationError) -> SourceNode? {
        let parser: Parser
        let root: Node?
        do {
            parser = try Parser(yaml: text, resolver: .basic)
            root = try parser.singleRoot()
        } catch {
            throw problem(of: error)
        }
        // A node holds its anchor weakly: the parser keeps it.
        return try withExtendedLifetime(parser) { () throws(ConfigurationError) in
            guard let root else { return nil }
            return try convert(root, at: OptionPath())
        }
    }

    /// An alias needs an anchor before it, so stopping at the first anchor keeps this walk as short as the file.
    private func convert(_ node: Node, at path: OptionPath) throws(ConfigurationError) -> SourceNode {
        let position = SourcePosition(node.mark)
        if let anchor = node.anchor {
            throw ConfigurationError(
                file: file, position: position, keyPath: path.text, found: "anchor `&\(anchor.rawValue.excerpt)`",
                help: "anchors and aliases are not supported: write the value out")
        }
        switch node {
        case .scalar(let scalar):
            return SourceNode(content: .scalar(try convert(scalar, at: path)), position: position)
        case .sequence(let items):
            try refuseTag(items.tag, at: position, path)
            var nodes: [SourceNode] = []
            for (index, item) in items.enumerated() { nodes.append(try convert(item, at: path[index])) }
            return SourceNode(content: .list(nodes), position: position)
        case .mapping(let mapping):
            try refuseTag(mapping.tag, at: position, path)
            return SourceNode(content: .mapping(try convert(mapping, at: path)), position: position)
        case .alias:
            throw ConfigurationError(
                file: file, position: position, keyPath: path.text, found: "an alias", help: "write the value out")
        }
    }

    private func convert(_ scalar: Node.Scalar, at path: OptionPath) throws(ConfigurationError) -> SourceScalar {
        let isPlain = scalar.style == .plain
        // The parser gives every quoted text the tag of a text.
        if isPlain || scalar.tag.rawValue != Tag.Name.str.rawValue {
            try refuseTag(scalar.tag, at: SourcePosition(scalar.mark), path)
        }
        return SourceScalar(text: scalar.string, isPlain: isPlain)
    }

    private func convert(_ mapping: Node.Mapping, at path: OptionPath) throws(ConfigurationError) -> [SourceEntry] {
        var entries: [SourceEntry] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key, key.anchor == nil else {
                throw ConfigurationError(
                    file: file, position: SourcePosition(key.mark), keyPath: path.text,
                    found: "a key that is not a word", help: "write a plain word before the colon")
            }
            let value = try convert(value, at: path[scalar.string])
            entries.append(
                SourceEntry(key: scalar.string, keyPosition: SourcePosition(scalar.mark), value: value))
        }
        return entries
    }

    private func refuseTag(_ tag: Tag, at position: SourcePosition, _ path: OptionPath) throws(ConfigurationError) {
        guard tag.rawValue != Tag.Name.implicit.rawValue else { return }
        throw ConfigurationError(
            file: file, position: position, keyPath: path.text, found: "a tag, which is not supported",
            help: "remove the word that begins with `!`")
    }
}

extension SourcePosition {
    init(_ mark: Mark?) {
        self.init(line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}
