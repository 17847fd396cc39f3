import Synchronization

/// The languages that are part of the program.
enum BuiltInLanguages {
    private static let cache = Mutex<[String: LanguageRules]>([:])

    /// The files, by the names of their languages.
    static let files: [String: @Sendable () -> [UInt8]] = [
        "c": { PackageResources.c_yaml },
        "cpp": { PackageResources.cpp_yaml },
        "csharp": { PackageResources.csharp_yaml },
        "css": { PackageResources.css_yaml },
        "go": { PackageResources.go_yaml },
        "html": { PackageResources.html_yaml },
        "java": { PackageResources.java_yaml },
        "javascript": { PackageResources.javascript_yaml },
        "kotlin": { PackageResources.kotlin_yaml },
        "php": { PackageResources.php_yaml },
        "python": { PackageResources.python_yaml },
        "ruby": { PackageResources.ruby_yaml },
        "rust": { PackageResources.rust_yaml },
        "shell": { PackageResources.shell_yaml },
        "sql": { PackageResources.sql_yaml },
        "swift": { PackageResources.swift_yaml },
        "typescript": { PackageResources.typescript_yaml },
    ]

    /// The name of each language by its aliases, from the heads of all files.
    private static let namesByAlias: [String: String] = {
        let heads = files.keys.compactMap { name in
            text(of: name).flatMap { try? LanguageFile.head(file: name, text: $0) }
        }
        let pairs = heads.flatMap { head in head.aliases.map { ($0, head.name) } }
        return Dictionary(pairs) { first, _ in first }
    }()

    /// The rules of a language by its name or an alias; nil when it is none of these, or its file is broken, which a
    /// test rules out.
    static func rules(for name: String) -> LanguageRules? {
        guard let name = files[name] == nil ? namesByAlias[name] : name else { return nil }
        if let known = cache.withLock({ $0[name] }) { return known }
        guard let rules = try? read(name) else { return nil }
        cache.withLock { $0[name] = rules }
        return rules
    }

    /// Reads the file of a language.
    static func read(_ name: String) throws(RuleFileError) -> LanguageRules {
        let language = try LanguageFile(file: "\(name).yaml", text: text(of: name) ?? "")
        return try language.rules { (base) in base == name ? nil : rules(for: base) }
    }

    /// The text of a language's file; nil when there is none of that name.
    static func text(of name: String) -> String? {
        files[name].map { String(decoding: $0(), as: UTF8.self) }
    }
}
