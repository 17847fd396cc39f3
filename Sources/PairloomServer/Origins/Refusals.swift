import Logging
import Metrics
import NIOHTTP1
import Synchronization

/// A page that may not use the server.
struct OriginRefusal: Sendable {
    /// As the browser named it.
    let origin: String
    let source: RequestSource
    /// The whole URL of the page, without the part that names a room, where it is known.
    var page: String?

    /// The reason for people, with the setting that would let the page in.
    var detail: String {
        guard let parsed = WebOrigin(origin) else {
            guard ["null", "file://"].contains(origin.lowercased()) else {
                return "The header `Origin` of the request holds no origin of a page, so nobody can let it in."
            }
            return
                "A page without an origin of its own, such as a file, may not use this server. To let such pages in, "
                + #"add `"null"` to `allowed_origins` under `server` in config.yaml."#
        }
        let found = "The page is from \(parsed), and the request is for \(source.host.map { "\($0)" } ?? "no host")."
        let allow = "add `\"\(parsed)\"` to `allowed_origins`"
        let place = "under `server` in config.yaml"
        guard ["http", "https"].contains(parsed.scheme) else { return "\(found) To let it in, \(allow) \(place)." }
        let url = page.flatMap(PublicURL.init).map { "\($0.origin)\($0.path)" } ?? "\(parsed)"
        let own = "write `public_url: \"\(url)\"`"
        if source.host?.host == parsed.authority.host {
            return
                "\(found) If the page is this server's own, a proxy has changed the address: \(own) \(place), or let "
                + "the proxy pass on the host with its port (in nginx: `proxy_set_header Host $http_host;`). If it is "
                + "another program's, \(allow)."
        }
        return "\(found) If the page is another program's, \(allow) \(place). If it is this server's own, behind a "
            + "proxy, \(own)."
    }
}

/// The answer to a request for a WebSocket that cannot have one.
struct UpgradeRefusal: Sendable {
    /// What is counted.
    enum Reason: String, Sendable, CaseIterable {
        /// The page may not use the server.
        case origin
        /// A request to a WebSocket's address that asks for none, since a proxy has dropped the headers.
        case notUpgraded = "not_upgraded"
        case httpVersion = "http_version"
        /// `Connection` does not name `Upgrade`.
        case connection
        case webSocketVersion = "websocket_version"
        /// Any other fault of the handshake.
        case malformed
        /// There are no WebSockets at the path.
        case path
    }

    let reason: Reason
    let status: HTTPResponseStatus
    let detail: String
    var headers: HTTPHeaders = [:]

    static func malformed(_ detail: String) -> UpgradeRefusal {
        UpgradeRefusal(reason: .malformed, status: .badRequest, detail: detail)
    }

    static func origin(_ refusal: OriginRefusal) -> UpgradeRefusal {
        UpgradeRefusal(reason: .origin, status: .forbidden, detail: refusal.detail)
    }

    static let notUpgraded = UpgradeRefusal(
        reason: .notUpgraded, status: .upgradeRequired,
        detail: "This address is for WebSockets, and the request did not arrive as one. A proxy may have dropped its "
            + "headers `Upgrade` and `Connection`; \(nginxLines).",
        headers: ["upgrade": "websocket", "connection": "Upgrade"])

    static let httpVersion = UpgradeRefusal(
        reason: .httpVersion, status: .badRequest,
        detail: "A WebSocket needs HTTP/1.1, and the request arrived as HTTP/1.0; \(nginxLines).")

    static let connection = UpgradeRefusal(
        reason: .connection, status: .badRequest,
        detail: "The header `Connection` must name `Upgrade`. A proxy may have changed it; \(nginxLines).")

    static let webSocketVersion = UpgradeRefusal(
        reason: .webSocketVersion, status: .upgradeRequired, detail: "This server speaks version 13",
        headers: ["sec-websocket-version": "13"])

    /// A WebSocket was asked for where there are none.
    static func path(_ path: Substring) -> UpgradeRefusal {
        UpgradeRefusal(
            reason: .path, status: .notFound,
            detail: "WebSockets are at /ws/{room}, and the request is for \(path.plainExcerpt). If a proxy serves this "
                + "server below a path, write its whole address as `public_url` under `server` in config.yaml, or let "
                + "the proxy remove the path (in nginx: `proxy_pass` with a slash at the end).")
    }

    private static let nginxLines =
        "in nginx, the location needs `proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
        + "proxy_set_header Connection \"upgrade\";`"
}

/// Counts the refusals that an operator can mend, and logs each kind of them once a minute at most.
final class Refusals: Sendable {
    private let logger: Logger
    private let origins = Counter(label: "pairloom_refused_origins_total")
    private let upgrades: [UpgradeRefusal.Reason: Counter]
    private let intervals = Mutex<[String: ReportInterval]>([:])

    /// The kinds that are told apart; beyond them, one in a minute is logged for all others.
    private static let capacity = 64

    init(logger: Logger) {
        self.logger = logger
        upgrades = Dictionary(
            uniqueKeysWithValues: UpgradeRefusal.Reason.allCases.map { reason in
                let dimensions = [("reason", reason.rawValue)]
                return (reason, Counter(label: "pairloom_failed_upgrades_total", dimensions: dimensions))
            })
    }

    /// Notes a page whose request was not allowed.
    func note(_ refusal: OriginRefusal, now: ContinuousClock.Instant = .now) {
        origins.increment()
        let key = "page \(Self.key(refusal.origin, refusal.source))"
        report("A page may not use the server: \(refusal.detail)", key, refusal.source, now)
    }

    /// Notes a WebSocket that was not opened.
    ///
    /// - Parameter origin: the request's `Origin`.
    func note(
        _ refusal: UpgradeRefusal, origin: String?, source: RequestSource, now: ContinuousClock.Instant = .now
    ) {
        if refusal.reason == .origin { origins.increment() }
        upgrades[refusal.reason]?.increment()
        let key = refusal.reason == .origin ? "socket \(Self.key(origin, source))" : refusal.reason.rawValue
        report("A WebSocket was refused: \(refusal.detail)", key, source, now)
    }

    private static func key(_ origin: String?, _ source: RequestSource) -> String {
        "\((origin ?? "")[...].plainExcerpt) \(source.host.map { "\($0)" } ?? "")"
    }

    private func report(_ message: String, _ key: String, _ source: RequestSource, _ now: ContinuousClock.Instant) {
        guard let silent = silentCount(of: key, now) else { return }
        var metadata: Logger.Metadata = [:]
        if let client = source.client { metadata["client"] = "\(client)" }
        if silent > 0 { metadata["silent"] = "\(silent)" }
        var hint = ""
        if let (proxy, host) = source.ignored {
            hint =
                " The request came through \(proxy) with X-Forwarded-Host: \(host[...].plainExcerpt), which counts when "
                + "`server.trusted_proxies` names that address."
        }
        logger.warning("\(message)\(hint)", metadata: metadata)
    }

    /// How many of a kind were kept silent since the last report; nil when this one is to be silent too.
    private func silentCount(of key: String, _ now: ContinuousClock.Instant) -> Int? {
        intervals.withLock { intervals in
            if intervals[key] == nil, intervals.count >= Self.capacity {
                intervals = intervals.filter { !$0.value.hasPassed(at: now) }
            }
            let key = intervals[key] == nil && intervals.count >= Self.capacity ? "" : key
            return intervals[key, default: ReportInterval(interval: .seconds(60))].note(at: now)
        }
    }
}

extension Substring {
    /// The beginning of text from outside, without anything that could look like more than one line.
    fileprivate var plainExcerpt: String {
        let start = prefix(120).unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" }
        return String(start) + (count > 120 ? "…" : "")
    }
}
