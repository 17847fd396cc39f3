import ConfigFile
import ProviderKit
import TestSupport
import Testing

@Suite struct ValueTests {
    @Test func everySectionIsRead() throws {
        let configuration = try load(
            """
            server: {host: 0.0.0.0, port: 0, allowed_origins: ["https://a.example:8443", 'vscode-file://x', "*"]}
            autocomplete: {timeout: 250ms}
            limits: {document: 64KiB, message: 1MB, rooms_per_minute: 0}
            rooms: {idle_timeout: 1h, history: 0, max_open: 5, max_bytes: 2GiB}
            journal: {backlog: 4096, snapshot_every: 10, drain_timeout: 0s}
            log: {level: warning, format: json}
            """)
        #expect(configuration.server.host == "0.0.0.0")
        #expect(configuration.server.port == 0)
        #expect(configuration.server.allowedOrigins == ["https://a.example:8443", "vscode-file://x", "*"])
        #expect(configuration.suggestions.timeout == .milliseconds(250))
        #expect(configuration.limits == LimitSettings(document: 65_536, message: 1_000_000, roomsPerMinute: 0))
        #expect(
            configuration.rooms
                == RoomSettings(idleTimeout: .seconds(3_600), history: 0, maxOpen: 5, maxBytes: 2_147_483_648))
        #expect(configuration.journal == JournalSettings(backlog: 4_096, snapshotEvery: 10, drainTimeout: .zero))
        #expect(configuration.log == LogSettings(level: .warning, format: .json))
    }

    @Test(
        arguments: [
            ("2048", 2_048), ("2048B", 2_048), ("64KiB", 65_536), ("3MiB", 3_145_728), ("1GiB", 1_073_741_824),
            ("2KB", 2_000), ("5MB", 5_000_000), ("1GB", 1_000_000_000), ("\"64KiB\"", 65_536),
        ])
    func aSizeHasAUnit(_ written: String, _ bytes: Int) throws {
        #expect(try load("limits: {send_buffer: \(written)}").limits.sendBuffer == bytes)
    }

    @Test(arguments: ["64kib", "64 KiB", "1.5MiB", "-64KiB", "KiB", "0x400", "1MiB2", "64K", "6４KiB"])
    func anythingElseIsNoSize(_ written: String) throws {
        #expect(try refusal(of: "limits: {send_buffer: \(written)}")?.contains("limits.send_buffer: found") == true)
    }

    @Test(
        arguments: [
            ("250ms", Duration.milliseconds(250)), ("30s", .seconds(30)), ("5m", .seconds(300)),
            ("1h", .seconds(3_600)),
        ])
    func aTimeHasAUnit(_ written: String, _ time: Duration) throws {
        #expect(try load("rooms: {idle_timeout: \(written)}").rooms.idleTimeout == time)
    }

    @Test(arguments: ["30", "30 s", "1.5s", "-1s", "1d", "s", "1h30m", "9223372036854775807h"])
    func anythingElseIsNoTime(_ written: String) throws {
        #expect(try refusal(of: "rooms: {idle_timeout: \(written)}")?.contains("rooms.idle_timeout: found") == true)
    }

    @Test func everyNumberHasItsRange() throws {
        let digits = [
            "-1", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "18446744073709551616",
            "1" + String(repeating: "0", count: 400),
        ]
        for section in ConfigurationSchema(catalog: TestCatalog.standard).sections {
            for option in section.options {
                let units: [String]
                switch option.kind {
                case .integer: units = [""]
                case .size: units = ["", "KB", "GiB"]
                case .duration: units = ["ms", "s", "h"]
                case .string, .boolean, .path, .choice, .strings: continue
                }
                let path = "\(section.name).\(option.name)"
                let column = section.name.count + option.name.count + 6
                for value in digits.flatMap({ number in units.map { number + $0 } }) {
                    let line = try refusal(of: "\(section.name): {\(option.name): \(value)}")
                    #expect(line?.hasPrefix("config.yaml:1:\(column): \(path): found ") == true, "\(path): \(value)")
                }
            }
        }
    }

    @Test func aPluginMayDeclareAnyRange() {
        let centuries = Duration(secondsComponent: .max, attosecondsComponent: 0)
        #expect(
            OptionKind.duration((.zero - centuries * 15)...(centuries * 15)).expectation
                == "a time from -9223372036854775808ms to 9223372036854775807ms, as in 30s")
        #expect(OptionKind.integer(.min ... .max).expectation == "a whole number, -9223372036854775808 or more")
        #expect(
            OptionKind.size(.min ... .max).expectation
                == "a size from -8589934592GiB to 9223372036854775807B, as in 64KiB")
    }

    @Test(arguments: ["on", "off", "no", "True", "TRUE", "1", "y"])
    func onlyTrueAndFalseAreBooleans(_ word: String) throws {
        let line = "config.yaml:1:28: storage.memory.strict: found `\(word)`; write true or false"
        #expect(try refusal(of: "storage: {memory: {strict: \(word)}}") == line)
    }

    @Test func aTextMayLookLikeANumber() throws {
        #expect(try load("server: {host: 123}").server.host == "123")
        #expect(try load("server: {host: \"true\"}").server.host == "true")
    }

    @Test(arguments: ["127.0.0.1", "0.0.0.0", "::", "::1", "fe80::1%eth0", "localhost", "pair.example.com"])
    func aHostIsANameOrAnAddress(_ host: String) throws {
        #expect(try load("server: {host: \"\(host)\"}").server.host == host)
    }

    @Test(arguments: [
        "http://localhost:3000", "http://[::1]:3000", "https://[::1]", "http://a:443", "https://a:80", "https://a:443",
        "https://App.Example.com", "https://bücher.example", "vscode-webview://0a1b2c", "tauri://localhost",
        "capacitor://localhost", "app://.", "chrome-extension://abcdefgh", "moz-extension://1-2", "null", "*",
    ])
    func anyOriginMayBeListed(_ origin: String) throws {
        #expect(try load("server: {allowed_origins: [\"\(origin)\"]}").server.allowedOrigins == [origin])
    }

    @Test(
        arguments: [
            "https://a:0", "https://a:", "https://a:65536", "https://a:+1", "https://::1", "https://:81", "http://[]",
            "", "a", "//a", "https:a", "https://", "https://a?b", "https://a#b", "https://a@b", "https://a b",
            "file:///a",
            "FILE://", "NULL", "about:blank", "data:text/html,a",
        ])
    func anythingElseIsNoOrigin(_ origin: String) throws {
        let line = try refusal(of: "server: {allowed_origins: [\"\(origin)\"]}")
        #expect(line?.hasPrefix("config.yaml:1:28: server.allowed_origins[0]: ") == true)
    }

    @Test(
        arguments: [
            ("https://pair.example", ["https://pair.example"]), ("[\"HTTP://Bücher.example:8080/pair/\"]", nil),
            ("\"${URLS}\"", ["https://a.example", "http://[::1]:81/x"]), ("\"${NONE:-}\"", []), ("[]", []),
        ] as [(String, [String]?)])
    func aPublicURLIsOneTextOrAList(_ written: String, _ urls: [String]?) throws {
        let folder = try TemporaryFolder(["config.yaml": "server: {public_url: \(written)}"])
        let configuration = try folder.load(environment: ["URLS": "https://a.example, http://[::1]:81/x"])
        #expect(configuration.server.publicURLs == urls ?? ["HTTP://Bücher.example:8080/pair/"])
    }

    @Test func aTrustedProxyIsAnAddressOrANetwork() throws {
        let proxies = ["127.0.0.1", "::1", "10.0.0.0/8", "fd00::/8", "0.0.0.0/0", "::ffff:10.0.0.0/104"]
        let written = proxies.map { "\"\($0)\"" }.joined(separator: ", ")
        #expect(try load("server: {trusted_proxies: [\(written)]}").server.trustedProxies == proxies)
    }

    @Test func placesOfValuesAreKept() throws {
        let configuration = try load("server:\n  port: 1\nstorage:\n  sqlite:\n    path: a.db\n")
        #expect(configuration.positions["server.port"] == SourcePosition(line: 2, column: 9))
        #expect(configuration.positions["storage.sqlite.path"] == SourcePosition(line: 5, column: 11))
        #expect(configuration.positions["server.host"] == nil)
    }
}
