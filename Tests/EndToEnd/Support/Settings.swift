/// What `config.yaml` says, by section and key: `["limits.document": "64KiB"]`. A value is written as it is.
typealias Settings = [String: String]

extension Settings {
    /// What a test's server is configured with unless the test says otherwise. For the storage see ``chosen``.
    static let standard: Settings = [
        "server.host": "127.0.0.1",
        "autocomplete.provider": "rules",
        "limits.rooms_per_minute": "1000",
        "limits.messages_per_second": "10000",
    ]

    /// These settings, and others beside them or in their place.
    func with(_ others: Settings) -> Settings {
        merging(others) { $1 }
    }

    /// These settings over the standard ones, as the text of `config.yaml`.
    var yaml: String {
        var sections: [String: String] = [:]
        let storage = self["storage.provider"] == nil ? Self.chosen : [:]
        for (name, value) in Self.standard.with(storage).with(self) {
            let section = String(name.prefix { $0 != "." })
            sections[section, default: "\(section):\n"] += "  \(name.dropFirst(section.count + 1)): \(value)\n"
        }
        return sections.values.sorted().joined()
    }
}
