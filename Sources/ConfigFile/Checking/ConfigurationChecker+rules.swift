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
        let host = path[ServerSettings.Options.host.name]
        if let problem = HostRule.problem(of: server.host) {
            report(position(of: host), host, problem.found, problem.help)
        } else {
            checkReach(of: listeningHost ?? server.host, at: host)
        }
        let key = path[ServerSettings.Options.allowedOrigins.name]
        for (index, origin) in server.allowedOrigins.enumerated() {
            guard let problem = OriginRule.problem(of: origin) else { continue }
            report(position(of: key[index]), key[index], problem.found, problem.help)
        }
        check(server.publicURLs, of: ServerSettings.Options.publicURL.name, PublicURLRule.problem)
        check(server.trustedProxies, of: ServerSettings.Options.trustedProxies.name, ProxyAddressRule.problem)
    }

    private mutating func check(
        _ texts: [String], of name: String, _ problem: (String) -> (found: String, help: String)?
    ) {
        let key = OptionPath(ServerSettings.section.name)[name]
        for (index, text) in texts.enumerated() {
            guard let problem = problem(text) else { continue }
            // One text instead of a list stands where the key says.
            let (whole, item) = (position(of: key), position(of: key[index]))
            let isList = item != nil && item != whole
            report(item ?? whole, isList ? key[index] : key, problem.found, problem.help)
        }
    }

    /// Hosting services set `PORT`, and ask for the server from outside of its machine.
    private mutating func checkReach(of host: String, at path: OptionPath) {
        let variables = ServerSettings.Options.port.variables
        guard HostRule.isLoopback(host), let port = variables.compactMap(reader.variables.origin(of:)).first
        else { return }
        let found = "\(port) is set, but on \(host) only this machine reaches the server"
        let start = "to let other machines in, "
        guard listeningHost == nil else {
            return warn(nil, OptionPath(), found, "\(start)give --host 0.0.0.0")
        }
        let names = ServerSettings.Options.host.variables.joined(separator: " or ")
        let help = "\(start)set server.host to 0.0.0.0, or \(names) where the file leaves it to the variable"
        warn(position(of: path), path, found, help)
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
}

extension [String: CheckedSection] {
    /// The values of a section's own keys.
    func values(of section: ConfigurationSection) -> OptionValues {
        self[section.name]?.values ?? OptionValues()
    }
}
