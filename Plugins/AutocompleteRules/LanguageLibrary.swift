/// The rules of all languages, by every name that they have.
///
/// A language that an operator adds is read at the start. A built-in one is read when it is asked for first, since
/// servers start more often than all their languages are used.
struct LanguageLibrary: Sendable {
    private let added: [String: LanguageRules]

    /// The built-in languages alone.
    init() {
        added = [:]
    }

    /// The built-in languages, and those of further files. Of languages with the same name, the later one stands.
    init(adding files: [(file: String, text: String)]) throws(RuleFileError) {
        var parsed: [String: LanguageFile] = [:]
        for (file, text) in files {
            let language = try LanguageFile(file: file, text: text)
            parsed[language.head.name] = language
        }
        var added: [String: LanguageRules] = [:]
        for language in parsed.values.sorted(by: { $0.head.name < $1.head.name }) {
            let rules = try Self.rules(of: language, among: parsed, below: [])
            for alias in rules.aliases where parsed[alias] == nil { added[alias] = rules }
            added[rules.name] = rules
        }
        self.added = added
    }

    /// The rules of a language by its name or an alias, in lower case; those of an unknown one when it has none.
    func rules(for name: String) -> LanguageRules {
        added[name] ?? BuiltInLanguages.rules(for: name) ?? .unknown
    }

    /// A language may build on another added one, or on a built-in one of the same name or of another.
    private static func rules(
        of language: LanguageFile, among parsed: [String: LanguageFile], below names: Set<String>
    ) throws(RuleFileError) -> LanguageRules {
        let names = names.union([language.head.name])
        return try language.rules { (name) throws(RuleFileError) in
            if names.contains(name) { return name == language.head.name ? BuiltInLanguages.rules(for: name) : nil }
            guard let base = parsed[name] else { return BuiltInLanguages.rules(for: name) }
            return try rules(of: base, among: parsed, below: names)
        }
    }
}
