import ProviderKit

/// Why a value does not do, before it is known where it stands.
enum OptionProblem: Error {
    /// Nothing is written, or a word that YAML takes for nothing.
    case nothing(String)
    /// Not a single value, or not a list.
    case shape(String)
    /// Not of the kind, or out of its range.
    case mismatch(FilledScalar)
    /// A number or a word of true and false that stands in quotes.
    case quoted(String)
    case homeFolder
    case variable(Variables.Problem)
    /// The value of a variable, told by where it is set, is in quotes.
    case quotedVariable(String)
    /// The value of a variable, told by where it is set, is in brackets.
    case bracketedVariable(String)
    /// The problem of one item of a list, counted from 0.
    indirect case item(Int, SourcePosition, OptionProblem)

    /// Whether it does not matter as long as nobody uses the option.
    func mayBeUnused(of option: OptionDeclaration) -> Bool {
        switch self {
        case .nothing: option.isRequired
        case .mismatch(let scalar): option.isRequired && scalar.text.isEmpty
        case .variable(.isNotSet), .item(_, _, .variable(.isNotSet)): true
        default: false
        }
    }
}

/// An option at the place where the file sets it.
struct OptionPlace {
    let file: String
    /// Nil when the file does not set it, but a variable.
    let position: SourcePosition?
    let path: OptionPath
    let option: OptionDeclaration
    /// Whether it is one item of the option's list.
    var isItem = false

    /// The problem as an operator reads it.
    func error(_ problem: OptionProblem) -> ConfigurationError {
        if case .item(let index, let position, let problem) = problem {
            return OptionPlace(file: file, position: position, path: path[index], option: option, isItem: true)
                .error(problem)
        }
        let (found, help) = words(for: problem)
        return ConfigurationError(file: file, position: position, keyPath: path.text, found: found, help: help)
    }

    private var expectation: String { "write \(isItem ? OptionKind.string.expectation : option.kind.expectation)" }

    private func words(for problem: OptionProblem) -> (found: String, help: String) {
        switch problem {
        case .nothing(let word) where isItem && word.lowercased() == "null":
            ("the value is missing", "write \"null\" in quotes if the word is meant, or remove the item")
        case .nothing where option.isRequired: ("the value is missing", expectation)
        case .nothing: ("the value is missing", "\(expectation), or remove the \(isItem ? "item" : "key")")
        case .shape(let shape): ("found \(shape)", expectation)
        case .item(_, _, let problem): words(for: problem)
        case .mismatch(let scalar) where scalar.quoted != nil: words(for: .quotedVariable(scalar.quoted ?? ""))
        case .mismatch(let scalar): (mismatch(scalar), help(forMismatch: scalar.written))
        case .quoted(let written): ("found \(shown(written)) in quotes", "write it without quotes")
        case .homeFolder: ("`~` is not filled in", "write the whole path, or ${HOME} instead of `~`")
        case .variable(let problem): words(for: problem)
        case .quotedVariable(let origin): ("the value of \(origin) still has its quotes", "set it without them")
        case .bracketedVariable(let origin):
            ("the value of \(origin) is in brackets", "write the items with commas between them, without brackets")
        }
    }

    private func words(for problem: Variables.Problem) -> (found: String, help: String) {
        switch problem {
        case .isNotSet(let name):
            ("the variable `\(name)` is not set", "set it, or write a default: ${\(name):-default}")
        case .isBroken: ("a variable is not written as it should be", "write ${NAME} or ${NAME:-default}")
        case .isNested: ("a default holds another variable", "write a plain text as the default")
        case .strayDollar: ("a `$` stands alone", "write ${NAME} for a variable, or $$ for a dollar")
        }
    }

    private func help(forMismatch written: String) -> String {
        switch option.kind {
        case .choice(let words) where !option.isSecret:
            Suggestion.help(for: written, in: words, introducing: "expected one of")
        case .duration where !written.isEmpty && written.allSatisfy(\.isNumber):
            "the unit is missing: \(expectation)"
        default: expectation
        }
    }

    private func mismatch(_ scalar: FilledScalar) -> String {
        if FilledScalar.hasVariables(scalar.written) {
            let state = scalar.text.isEmpty ? "is empty" : "does not fit"
            let origins = scalar.origins.isEmpty ? "" : " (\(scalar.origins.joined(separator: ", ")))"
            return "the value of \(shown(scalar.written))\(origins) \(state)"
        }
        return scalar.text.isEmpty ? "found an empty text" : "found \(shown(scalar.written))"
    }

    private func shown(_ written: String) -> String {
        option.isSecret ? "***" : "`\(written.excerpt)`"
    }
}

extension SourceNode {
    /// What kind of value it is, for errors that must not show it.
    var shape: String {
        switch content {
        case .scalar: "a single value"
        case .list: "a list"
        case .mapping: "keys with values"
        }
    }
}
