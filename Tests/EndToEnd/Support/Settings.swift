/// What `config.yaml` says, by section and key: `["limits.document": "64KiB"]`. A value is written as it is.
typealias Settings = [String: String]

extension Settings {
    /// Rooms in a file of the server's own folder.
    static let sqlite: Settings = ["storage.provider": "sqlite", "storage.sqlite": "{ path: rooms.db }"]

    /// What a test's server is configured with unless the test says otherwise.
    static let standard: Settings = [
        "server.host": "127.0.0.1",
        "storage.provider": "memory",
        "autocomplete.provider": "rules",
        "conflict.policy": "last-write-wins",
        "limits.rooms_per_minute": "1000",
        "limits.messages_per_second": "10000",
    ]

    /// These settings over the standard ones, as the text of `config.yaml`.
    var yaml: String {
        var sections: [String: String] = [:]
        for (name, value) in Self.standard.merging(self, uniquingKeysWith: { $1 }) {
            let section = String(name.prefix { $0 != "." })
            sections[section, default: "\(section):\n"] += "  \(name.dropFirst(section.count + 1)): \(value)\n"
        }
        return sections.values.sorted().joined()
    }
}
