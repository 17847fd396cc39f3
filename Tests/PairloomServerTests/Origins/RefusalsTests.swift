import Logging
import Synchronization
import Testing

@testable import PairloomServer

@Suite("Refusals that an operator can mend")
struct RefusalsTests {
    private let lines = Lines()
    private let start = ContinuousClock.now
    private let source = RequestSource(
        client: IPAddress("192.0.2.7"), host: Authority("pair.example"), scheme: nil, ignored: nil)

    private var refusals: Refusals { Refusals(logger: Logger(label: "test") { _ in RecordingHandler(lines: lines) }) }

    @Test("are logged once a minute for each page, with how many were silent")
    func onceAMinute() {
        let refusals = refusals
        for second in [0, 1, 59, 60] {
            for origin in ["http://a.example", "http://b.example"] {
                refusals.note(OriginRefusal(origin: origin, source: source), now: start + .seconds(second))
            }
        }
        #expect(lines.all.count == 4)
        #expect(lines.all[0].contains(#"public_url: "http://a.example""#) && lines.all[0].contains("client=192.0.2.7"))
        #expect(lines.all[3].contains("silent=2"))
    }

    @Test("are logged once a minute for each reason of a WebSocket's, and name the trusted proxies that could help")
    func reasons() {
        let refusals = refusals
        for _ in 0..<3 {
            refusals.note(.notUpgraded, origin: nil, source: source, now: start)
            refusals.note(.connection, origin: nil, source: source, now: start)
        }
        #expect(lines.all.count == 2)
        let proxied = IPAddress("10.0.0.1").map { address in
            RequestSource(client: address, host: nil, scheme: nil, ignored: (address, "pair.example\u{2028}\u{1B}[31m"))
        }
        if let proxied { refusals.note(.httpVersion, origin: nil, source: proxied, now: start) }
        #expect(lines.all[2].contains("10.0.0.1 with X-Forwarded-Host: pair.example??[31m,"))
        #expect(lines.all[2].contains("`server.trusted_proxies`"))
    }

    @Test("of very many pages do not fill the log, nor the memory")
    func bounded() {
        let refusals = refusals
        for number in 0..<1_000 {
            refusals.note(OriginRefusal(origin: "http://\(number).example", source: source), now: start)
        }
        #expect(lines.all.count == 65)
        refusals.note(OriginRefusal(origin: "http://new.example", source: source), now: start + .seconds(60))
        #expect(lines.all.count == 66 && lines.all[65].contains("new.example"))
    }

    @Test("are told in one line, whatever a path holds")
    func oneLine() {
        let refusal = UpgradeRefusal.path("/a\n\u{85}b\(String(repeating: "x", count: 500))")
        #expect(refusal.detail.contains("/a??b") && !refusal.detail.contains("\n") && refusal.detail.utf8.count < 600)
    }
}

/// What was logged.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func append(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct RecordingHandler: LogHandler {
    let lines: Lines
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]

    init(lines: Lines) {
        self.lines = lines
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
        lines.append("\(event.message) \(details)")
    }
}
