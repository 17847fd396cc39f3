import ProviderKit

/// Reads one value of the file as the kind that its option declares.
struct OptionReader {
    /// The file's name in errors.
    let file: String
    /// The absolute folder that relative paths start from.
    let folder: String
    let variables: Variables
    /// The URLs that may stand for a path.
    let urlChoices: [URLChoice]

    /// The value at a node.
    ///
    /// - Parameter isUsed: false for a provider that is not chosen: what it requires may then be empty, and a variable
    ///   that it names need not be set.
    /// - Returns: nil when nothing is written where nothing needs to be.
    func value(
        of option: OptionDeclaration, in node: SourceNode, at path: OptionPath, isUsed: Bool = true
    ) throws(ConfigurationError) -> OptionValue? {
        do {
            return try value(of: option, in: node)
        } catch {
            if !isUsed, error.mayBeUnused(of: option) { return nil }
            throw OptionPlace(file: file, position: node.position, path: path, option: option).error(error)
        }
    }

    /// The text at a node, whatever the kind of the option says.
    func text(
        of option: OptionDeclaration, in node: SourceNode, at path: OptionPath
    ) throws(ConfigurationError) -> String {
        do throws(OptionProblem) {
            let scalar = try scalar(in: node)
            if let origin = scalar.quoted { throw .quotedVariable(origin) }
            return scalar.text
        } catch {
            throw OptionPlace(file: file, position: node.position, path: path, option: option).error(error)
        }
    }

    /// The value of an option that the file does not have: its variable's, or its default with its path made absolute;
    /// nil for an option that is required.
    func defaultValue(of option: OptionDeclaration, at path: OptionPath) throws(ConfigurationError) -> OptionValue? {
        do {
            if let value = try variableValue(of: option) { return value }
        } catch {
            throw OptionPlace(file: file, position: nil, path: path, option: option).error(error)
        }
        guard case .path = option.kind, case .string(let path) = option.defaultValue else { return option.defaultValue }
        return .string(self.path(path))
    }

    /// The items of a list, and where each is written.
    func items(
        of option: OptionDeclaration, in node: SourceNode, at path: OptionPath
    ) throws(ConfigurationError) -> [ListItem] {
        do {
            return try items(of: option, in: node)
        } catch {
            throw OptionPlace(file: file, position: node.position, path: path, option: option).error(error)
        }
    }

    /// Where the value of an option comes from.
    ///
    /// - Parameter node: where the file has the option; nil when it does not.
    func origin(of option: OptionDeclaration, in node: SourceNode?) -> ValueOrigin {
        let given = variables.firstSet(of: option.variables).flatMap(variables.origin(of:))
        guard let node else { return given.map(ValueOrigin.init(variable:)) ?? .standard }
        let origins = node.texts.flatMap(variables.origins(in:))
        let isEmpty = (try? scalar(in: node).text.isEmpty) ?? false
        return ValueOrigin(
            file: file, position: node.position, variables: isEmpty ? origins + [given].compactMap(\.self) : origins)
    }

    /// Where the value at a node comes from.
    func origin(of node: SourceNode) -> ValueOrigin {
        ValueOrigin(file: file, position: node.position, variables: node.texts.flatMap(variables.origins(in:)))
    }

    /// Where the variable is set whose value is in quotes, of those that give an option its value; nil when there is none.
    func quotedVariable(of option: OptionDeclaration, in node: SourceNode?) -> String? {
        let written = node?.texts.lazy.compactMap(variables.quoted(in:)).first
        let isGiven = node == nil || node.flatMap { try? scalar(in: $0).text.isEmpty } == true
        let given =
            isGiven ? variables.firstSet(of: option.variables).flatMap { variables.quoted(in: "${\($0)}") } : nil
        return (written ?? given).flatMap(variables.origin(of:))
    }

    private func value(of option: OptionDeclaration, in node: SourceNode) throws(OptionProblem) -> OptionValue {
        if case .strings = option.kind { return .strings(try items(of: option, in: node).map(\.text)) }
        let value = try value(of: option, from: try scalar(in: node))
        // An empty text says nothing.
        return value == .string("") ? try variableValue(of: option) ?? value : value
    }

    /// The value that an option's variables give it; nil when none of them is set.
    private func variableValue(of option: OptionDeclaration) throws(OptionProblem) -> OptionValue? {
        guard let name = variables.firstSet(of: option.variables) else { return nil }
        let reference = SourceScalar(text: "${\(name)}", isPlain: true)
        return try value(of: option, from: try filled(reference))
    }

    /// The items of a list; a variable may hold several, with commas between them.
    private func items(of option: OptionDeclaration, in node: SourceNode) throws(OptionProblem) -> [ListItem] {
        switch node.content {
        case .scalar(let scalar) where FilledScalar.hasVariables(scalar.text): return try parts(of: node)
        case .scalar(let scalar) where ServerSettings.listsOfOne.contains(option.name) && !scalar.isNull:
            return try parts(of: node)
        case .list(let nodes):
            var items: [ListItem] = []
            for (index, node) in nodes.enumerated() {
                do throws(OptionProblem) {
                    items +=
                        try Self.isReference(node)
                        ? parts(of: node) : [ListItem(text: scalar(in: node).text, node: node)]
                } catch {
                    throw .item(index, node.position, error)
                }
            }
            return items
        case .scalar(let scalar) where scalar.isNull: throw .nothing(scalar.text)
        case .scalar, .mapping: throw .shape(node.shape)
        }
    }

    private static func isReference(_ node: SourceNode) -> Bool {
        if case .scalar(let scalar) = node.content { Variables.isReference(scalar.text) } else { false }
    }

    private func parts(of node: SourceNode) throws(OptionProblem) -> [ListItem] {
        let scalar = try scalar(in: node)
        if let origin = scalar.quoted { throw .quotedVariable(origin) }
        if scalar.text.hasPrefix("["), scalar.text.hasSuffix("]"), let origin = scalar.origins.first {
            throw .bracketedVariable(origin)
        }
        let parts = scalar.text.split(separator: ",").map { part in
            let start = part.drop(while: \.isWhitespace)
            return String(start.dropLast(start.reversed().prefix(while: \.isWhitespace).count))
        }
        return parts.filter { !$0.isEmpty }.map { ListItem(text: $0, node: node) }
    }

    /// The text at a node with its variables filled in; a text with variables counts as written without quotes.
    private func scalar(in node: SourceNode) throws(OptionProblem) -> FilledScalar {
        guard case .scalar(let scalar) = node.content else { throw .shape(node.shape) }
        guard !scalar.isNull else { throw .nothing(scalar.text) }
        return try filled(scalar)
    }

    private func filled(_ scalar: SourceScalar) throws(OptionProblem) -> FilledScalar {
        do {
            return FilledScalar(
                text: try variables.filling(in: scalar.text), written: scalar.text,
                isPlain: scalar.isPlain || FilledScalar.hasVariables(scalar.text),
                origins: Variables.names(in: scalar.text).compactMap(variables.origin(of:)),
                quoted: variables.quoted(in: scalar.text).flatMap(variables.origin(of:)))
        } catch {
            throw .variable(error)
        }
    }

    private func value(of option: OptionDeclaration, from scalar: FilledScalar) throws(OptionProblem) -> OptionValue {
        let text = scalar.text
        switch option.kind {
        case .string, .strings: return .string(text)
        case .path: return .string(try path(scalar, of: option))
        case .choice(let words):
            guard words.contains(text) else { throw .mismatch(scalar) }
            return .string(text)
        case .boolean:
            guard let flag = Bool(text) else { throw .mismatch(scalar) }
            guard scalar.isPlain else { throw .quoted(scalar.written) }
            return .boolean(flag)
        case .integer(let range):
            guard let number = Int(text), range.contains(number) else { throw .mismatch(scalar) }
            guard scalar.isPlain else { throw .quoted(scalar.written) }
            return .integer(number)
        case .size(let range):
            guard let size = Units.size(text), range.contains(size) else { throw .mismatch(scalar) }
            return .integer(size)
        case .duration(let range):
            guard let span = Units.duration(text), range.contains(span) else { throw .mismatch(scalar) }
            return .duration(span)
        }
    }

    private func path(_ scalar: FilledScalar, of option: OptionDeclaration) throws(OptionProblem) -> String {
        // An empty path would become the folder itself, so only an option that means "none" by it may have one.
        let mayBeEmpty = option.isRequired || option.defaultValue == .string("")
        guard !scalar.text.isEmpty || mayBeEmpty else { throw .mismatch(scalar) }
        guard scalar.text != "~", !scalar.text.hasPrefix("~/") else { throw .homeFolder }
        return path(scalar.text)
    }

    /// A path as providers get it: absolute, unless it begins with a colon. Of the URL of a file the path is made so.
    func path(_ text: String) -> String {
        if text.isEmpty || text.hasPrefix(":") { return text }
        return urlChoices.lazy.compactMap { $0.absolute(text, in: folder) }.first
            ?? FolderPath.absolute(text, in: folder)
    }
}

/// A single value with its variables filled in.
struct FilledScalar {
    let text: String
    /// As it stands in the file; only this may be shown, since a variable may hold a secret.
    let written: String
    let isPlain: Bool
    /// Where the variables in it are set: `PORT of the environment`.
    let origins: [String]
    /// The first of them whose value is in quotes.
    let quoted: String?

    /// Whether a part of the text comes from a variable.
    static func hasVariables(_ written: String) -> Bool { written.contains("${") }
}

/// An item of a list.
struct ListItem {
    let text: String
    /// Where it is written; several share one where a variable holds them.
    let node: SourceNode
}
