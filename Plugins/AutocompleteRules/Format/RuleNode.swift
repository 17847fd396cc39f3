import Yams

/// A value of a file of rules, with its place.
struct RuleNode {
    let file: String
    private let node: Node

    /// The value that a file consists of.
    init(file: String, text: String) throws(RuleFileError) {
        let parser: Parser
        let root: Node?
        do {
            parser = try Parser(yaml: text, resolver: .basic)
            root = try parser.singleRoot()
        } catch {
            throw Self.problem(of: error, in: file)
        }
        guard let root else { throw RuleFileError(file: file, line: nil, problem: "empty, expected at least a name") }
        let value = RuleNode(file: file, node: root)
        // A node holds its anchor weakly: the parser keeps it.
        try withExtendedLifetime(parser) { () throws(RuleFileError) in try value.refuseAnchors() }
        self = value
    }

    private init(file: String, node: Node) {
        self.file = file
        self.node = node
    }

    /// The error that something else was expected here.
    func expected(_ what: String) -> RuleFileError {
        error("\(found), expected \(what)")
    }

    func error(_ problem: String) -> RuleFileError {
        RuleFileError(file: file, line: node.mark?.line, problem: problem)
    }

    /// A text of at least one character, with no control characters but line ends and tabs.
    func string(_ what: String = "a text") throws(RuleFileError) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else { throw expected(what) }
        let isText = scalar.string.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }
        guard isText else { throw error("a control character, expected \(what)") }
        return scalar.string
    }

    /// A text, or nothing in quotes.
    func stringOrEmpty(_ what: String) throws(RuleFileError) -> String {
        if case .scalar(let scalar) = node, scalar.style != .plain, scalar.string.isEmpty { return "" }
        return try string(what)
    }

    /// `true` or `false`.
    func boolean() throws(RuleFileError) -> Bool {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default: throw expected("true or false")
        }
    }

    func integer(in range: ClosedRange<Int>) throws(RuleFileError) -> Int {
        guard let value = node.scalar.flatMap({ Int($0.string) }), range.contains(value) else {
            throw expected("a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// The values of a list.
    func items(_ what: String = "a list") throws(RuleFileError) -> [RuleNode] {
        guard case .sequence(let items) = node else { throw expected(what) }
        return items.map { RuleNode(file: file, node: $0) }
    }

    /// A list of texts.
    func strings() throws(RuleFileError) -> [String] {
        var strings: [String] = []
        for item in try items("a list of texts") { strings.append(try item.string()) }
        return strings
    }

    /// One text, or a list of them.
    func stringOrStrings() throws(RuleFileError) -> [String] {
        if case .scalar = node { return [try string()] }
        return try strings()
    }

    /// The keys and values of a mapping, in their order.
    func entries(_ what: String) throws(RuleFileError) -> [(key: RuleNode, value: RuleNode)] {
        guard case .mapping(let mapping) = node else { throw expected(what) }
        return mapping.map { (RuleNode(file: file, node: $0.key), RuleNode(file: file, node: $0.value)) }
    }

    /// A mapping that has none but these keys.
    func section(_ keys: [String]) throws(RuleFileError) -> [String: RuleNode] {
        let known = "the keys \(keys.joined(separator: ", "))"
        var section: [String: RuleNode] = [:]
        for (key, value) in try entries(known) {
            let name = try key.string("a key")
            guard keys.contains(name) else { throw key.error("unknown key `\(name)`, expected \(known)") }
            section[name] = value
        }
        return section
    }

    private var found: String {
        switch node {
        case .scalar(let scalar) where scalar.string.isEmpty: "nothing"
        case .scalar(let scalar): "`\(scalar.string.prefix(40))`"
        case .sequence: "a list"
        case .mapping: "keys with values"
        case .alias: "an alias"
        }
    }

    /// An alias needs an anchor before it, so stopping at the first one keeps this walk as short as the file.
    private func refuseAnchors() throws(RuleFileError) {
        if node.anchor != nil { throw error("an anchor, expected values that are written out") }
        switch node {
        case .scalar, .alias: return
        case .sequence(let items):
            for item in items { try RuleNode(file: file, node: item).refuseAnchors() }
        case .mapping(let mapping):
            for (key, value) in mapping {
                try RuleNode(file: file, node: key).refuseAnchors()
                try RuleNode(file: file, node: value).refuseAnchors()
            }
        }
    }

    private static func problem(of error: any Error, in file: String) -> RuleFileError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            RuleFileError(file: file, line: mark.line, problem: "not valid YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            RuleFileError(
                file: file, line: context.mark.line,
                problem: "the key `\(keys.first ?? "")` stands twice, expected each key once")
        default:
            RuleFileError(file: file, line: nil, problem: "not valid YAML")
        }
    }
}
