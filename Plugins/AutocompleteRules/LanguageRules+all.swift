extension LanguageRules {
    /// Every language that has rules.
    static let all = [python, javaScript, typeScript, swift, go, rust, java]

    /// No rules: of an unknown language, only its words are completed.
    static let unknown = LanguageRules(name: "unknown")

    /// The rules of a language by its name or an alias, in lower case; `unknown` when it has none.
    static func forLanguage(_ name: String) -> LanguageRules {
        byName[name] ?? unknown
    }

    private static let byName = Dictionary(
        all.flatMap { rules in ([rules.name] + rules.aliases).map { ($0, rules) } },
        uniquingKeysWith: { first, _ in first })
}
