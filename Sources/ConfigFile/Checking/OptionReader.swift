import ProviderKit

/// Reads one value of the file as the kind that its option declares.
struct OptionReader {
    /// The file's name in errors.
    let file: String
    /// The absolute folder that relative paths start from.
    let folder: String
    let variables: Variables

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
        do {
            return try scalar(in: node).text
        } catch {
            throw OptionPlace(file: file, position: node.position, path: path, option: option).error(error)
        }
    }

    /// The value of an option that the file does not have: its variable's, or its default with its path made absolute;
    /// nil for an option that is required.
    func defaultValue(of option: OptionDeclaration) -> OptionValue? {
        if let value = option.variable.flatMap({ variables[$0] }) { return .string(value) }
        guard case .path = option.kind, case .string(let path) = option.defaultValue else { return option.defaultValue }
        return .string(resolved(path))
    }

    /// Where the value at a node comes from.
    func origin(of node: SourceNode) -> ValueOrigin {
        ValueOrigin(file: file, position: node.position, variables: node.texts.flatMap(variables.origins(in:)))
    }

    private func value(of option: OptionDeclaration, in node: SourceNode) throws(OptionProblem) -> OptionValue {
        if case .strings = option.kind { return .strings(try texts(of: option, in: node)) }
        return try value(of: option, from: try scalar(in: node))
    }

    private func texts(of option: OptionDeclaration, in node: SourceNode) throws(OptionProblem) -> [String] {
        if ServerSettings.listsOfOne.contains(option.name), case .scalar = node.content {
            return try scalar(in: node).text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
                .filter { !$0.isEmpty }
        }
        guard case .list(let items) = node.content else { throw node.isNull ? .nothing : .shape(node.shape) }
        var texts: [String] = []
        for (index, item) in items.enumerated() {
            do {
                texts.append(try scalar(in: item).text)
            } catch {
                throw .item(index, item.position, error)
            }
        }
        return texts
    }

    /// The text at a node with its variables filled in; a text with variables counts as written without quotes.
    private func scalar(in node: SourceNode) throws(OptionProblem) -> FilledScalar {
        guard case .scalar(let scalar) = node.content else { throw .shape(node.shape) }
        guard !scalar.isNull else { throw .nothing }
        do {
            return FilledScalar(
                text: try variables.filling(in: scalar.text), written: scalar.text,
                isPlain: scalar.isPlain || FilledScalar.hasVariables(scalar.text))
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
        return resolved(scalar.text)
    }

    private func resolved(_ path: String) -> String {
        path.isEmpty || path.hasPrefix(":") ? path : FolderPath.absolute(path, in: folder)
    }
}

/// A single value with its variables filled in.
struct FilledScalar {
    let text: String
    /// As it stands in the file; only this may be shown, since a variable may hold a secret.
    let written: String
    let isPlain: Bool

    /// Whether a part of the text comes from a variable.
    static func hasVariables(_ written: String) -> Bool { written.contains("${") }
}
