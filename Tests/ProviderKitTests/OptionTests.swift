import ProviderKit
import Testing

@Suite struct OptionTests {
    private let path = Option("path", .path, default: "rooms.db", help: "The file.")
    private let token = Option(required: "token", .string, help: "The key.", isSecret: true)
    private let limit = Option("limit", .integer(1...10), default: 5, help: "How many.")
    private let cache = Option("cache", .size(0...(1 << 20)), default: 1_024, help: "How much.")
    private let timeout = Option("timeout", .duration(.zero ... .seconds(60)), default: .seconds(5), help: "How long.")
    private let sync = Option("sync", .boolean, default: true, help: "Whether to wait.")
    private let mode = Option("mode", .choice(["fast", "safe"]), default: "safe", help: "How.")
    private let hosts = Option("hosts", .strings, default: ["a"], help: "Where.")

    @Test func withoutAConfigurationEveryOptionHasItsDefault() {
        let values = OptionValues()
        #expect(values[path] == "rooms.db")
        #expect(values[limit] == 5)
        #expect(values[cache] == 1_024)
        #expect(values[timeout] == .seconds(5))
        #expect(values[sync])
        #expect(values[mode] == "safe")
        #expect(values[hosts] == ["a"])
    }

    @Test func theConfigurationGoesBeforeTheDefault() {
        let values = OptionValues([
            "path": .string("/srv/x.db"), "limit": .integer(2), "cache": .integer(9),
            "timeout": .duration(.milliseconds(1)), "sync": .boolean(false), "mode": .string("fast"),
            "hosts": .strings([]), "token": .string("secret"),
        ])
        #expect(values[path] == "/srv/x.db")
        #expect(values[limit] == 2)
        #expect(values[cache] == 9)
        #expect(values[timeout] == .milliseconds(1))
        #expect(!values[sync])
        #expect(values[mode] == "fast")
        #expect(values[hosts] == [])
        #expect(values[token] == "secret")
    }

    @Test func aValueThatWasSetIsRead() {
        let values = OptionValues(["limit": .integer(2)])
            .setting(limit, to: 3).setting(timeout, to: .seconds(1)).setting(hosts, to: ["b", "c"])
            .setting(sync, to: false).setting(token, to: "t")
        #expect(values[limit] == 3)
        #expect(values[timeout] == .seconds(1))
        #expect(values[hosts] == ["b", "c"])
        #expect(!values[sync])
        #expect(values[token] == "t")
    }

    @Test func aDeclarationSaysWhatATableShows() {
        let declaration = timeout.declaration
        #expect(declaration.name == "timeout")
        #expect(declaration.kind == .duration(.zero ... .seconds(60)))
        #expect(declaration.defaultValue == .duration(.seconds(5)))
        #expect(declaration.help == "How long.")
        #expect(!declaration.isRequired)
        #expect(!declaration.isSecret)
    }

    @Test func aRequiredOptionHasNoDefault() {
        #expect(token.declaration.defaultValue == nil)
        #expect(token.declaration.isRequired)
        #expect(token.declaration.isSecret)
    }

    @Test func eachTypeHasItsKind() {
        #expect(path.declaration.kind == .path)
        #expect(token.declaration.kind == .string)
        #expect(limit.declaration.kind == .integer(1...10))
        #expect(cache.declaration.kind == .size(0...(1 << 20)))
        #expect(sync.declaration.kind == .boolean)
        #expect(mode.declaration.kind == .choice(["fast", "safe"]))
        #expect(hosts.declaration.kind == .strings)
    }
}
