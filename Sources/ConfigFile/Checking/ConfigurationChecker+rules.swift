import ProviderKit

extension ConfigurationChecker {
    /// Rules of the server's own that the kind of a single option cannot tell.
    mutating func checkRules(_ sections: [String: CheckedSection]) {
        checkServer(ServerSettings(sections.values(of: ServerSettings.section)))
        // A relation says something only when both of its values are right by themselves.
        if problems.isEmpty { checkLimits(LimitSettings(sections.values(of: LimitSettings.section))) }
    }

    private mutating func checkServer(_ server: ServerSettings) {
        let path = OptionPath(ServerSettings.section.name)
        if server.host.isEmpty {
            let key = path[ServerSettings.Options.host.name]
            report(position(of: key), key, "the value is empty", "write an address, as in 127.0.0.1")
        }
        let key = path[ServerSettings.Options.allowedOrigins.name]
        for (index, origin) in server.allowedOrigins.enumerated() where !Self.isOrigin(origin) {
            report(
                position(of: key[index]), key[index], "this is no origin",
                "write a scheme and a host in lower case without a path, as in https://app.example.com, or \"*\"")
        }
    }

    private mutating func checkLimits(_ limits: LimitSettings) {
        guard limits.message < limits.document else { return }
        let path = OptionPath(LimitSettings.section.name)
        let message = path[LimitSettings.Options.message.name]
        let document = path[LimitSettings.Options.document.name]
        let largest = Units.text(ofSize: limits.document)
        report(
            position(of: message) ?? position(of: document), message,
            "\(Units.text(ofSize: limits.message)) is less than limits.document, \(largest)",
            "a message must have room for a whole document: write \(largest) or more")
    }

    private func position(of path: OptionPath) -> SourcePosition? { path.text.flatMap { positions[$0] } }

    /// Whether a browser could send it in a header `Origin`, which is compared letter by letter.
    private static func isOrigin(_ text: String) -> Bool {
        if text == "*" { return true }
        guard let mark = text.firstRange(of: "://"), text == text.lowercased() else { return false }
        let scheme = text[..<mark.lowerBound]
        let host = text[mark.upperBound...]
        return !scheme.isEmpty && scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
            && !host.isEmpty && !host.contains { $0.isWhitespace || "/?#@*,".contains($0) }
    }
}

extension [String: CheckedSection] {
    /// The values of a section's own keys.
    func values(of section: ConfigurationSection) -> OptionValues {
        self[section.name]?.values ?? OptionValues()
    }
}
