import CLibPQ
import Foundation
import ProviderKit

/// The URL of a database, taken apart as libpq does it, after what other programs write into URLs is sorted out.
struct PostgresURL {
    /// The parameters that libpq takes from it; none where the URL is empty and the environment says all.
    let parameters: [ConnectionSettings.Parameter]
    /// The names of its parameters that libpq does not know, which are left out.
    let ignored: [String]
    private let setting: String

    /// - Parameter setting: what errors call the URL.
    /// - Throws: what is wrong with it, without repeating anything that could be a password.
    init(_ text: String, setting: String = "storage.postgres.url") throws(ProviderStartError) {
        self.setting = setting
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if text.isEmpty {
            guard Self.environmentNamesServer else {
                throw ProviderStartError(
                    "\(setting) is empty; set it, or the environment variable DATABASE_URL, or libpq's own, such as "
                        + "PGHOST")
            }
            (parameters, ignored) = ([], [])
        } else {
            let parts = try Parts(text, setting)
            (parameters, ignored) = (try Self.parse(parts, setting), parts.ignored)
        }
        guard value("port", or: "").split(separator: ",").allSatisfy({ UInt16($0) ?? 0 > 0 }) else {
            let isInURL = parameters.contains { $0.name == "port" }
            throw ProviderStartError(
                isInURL ? "\(setting) has a port that is no number; write \(Self.form)" : "PGPORT is not a port")
        }
    }

    /// Whether libpq finds a server without any URL: one of its environment variables that tell where is set.
    static var environmentNamesServer: Bool {
        let names: [String] = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGSERVICE"]
        return names.contains { name in getenv(name).map { $0.pointee != 0 } ?? false }
    }

    /// Each host with its port.
    var address: String {
        let hosts = value("host", or: value("hostaddr", or: "")).split(separator: ",", omittingEmptySubsequences: false)
        let ports = value("port", or: "5432").split(separator: ",", omittingEmptySubsequences: false)
        return hosts.enumerated().map { index, host in
            let port = ports.count == 1 ? ports[0] : ports[min(index, ports.count - 1)]
            let host = host.isEmpty ? "the local socket" : host.contains(":") ? "[\(host)]" : host
            return "\(host):\(port.isEmpty ? "5432" : port)"
        }.joined(separator: ", ")
    }

    fileprivate static let form = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE"

    /// What the URL says, or what libpq takes from the environment when it says nothing.
    private func value(_ name: String, or otherwise: String) -> String {
        parameters.first { $0.name == name }?.value ?? Self.defaults.first { $0.name == name }?.value ?? otherwise
    }

    private static func parse(
        _ parts: Parts, _ setting: String
    ) throws(ProviderStartError) -> [ConnectionSettings.Parameter] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(parts.url, &message) else {
            // Not what libpq says: it repeats what it does not understand.
            PQfreemem(message)
            throw ProviderStartError(
                "\(setting) cannot be understood; write \(Self.form), special characters as %XX, and parameters as "
                    + "?NAME=VALUE&NAME=VALUE")
        }
        defer { PQconninfoFree(options) }
        return Self.read(options)
    }

    private static var defaults: [ConnectionSettings.Parameter] {
        guard let options = PQconndefaults() else { return [] }
        defer { PQconninfoFree(options) }
        return read(options)
    }

    /// The name of every parameter that libpq knows.
    fileprivate static let names: Set<String> = {
        var names: Set<String> = []
        guard let options = PQconndefaults() else { return names }
        defer { PQconninfoFree(options) }
        var option = options
        while let name = option.pointee.keyword {
            names.insert(String(cString: name))
            option += 1
        }
        return names
    }()

    /// The options of a list of libpq's that have a value.
    private static func read(_ options: UnsafePointer<PQconninfoOption>) -> [ConnectionSettings.Parameter] {
        var parameters: [ConnectionSettings.Parameter] = []
        var option = options
        while let name = option.pointee.keyword {
            if let value = option.pointee.val {
                parameters.append(.init(name: String(cString: name), value: String(cString: value)))
            }
            option += 1
        }
        return parameters
    }
}

/// A URL in libpq's form, made of one as hosting companies and other programs write it.
private struct Parts {
    private(set) var url: String
    private(set) var ignored: [String] = []

    init(_ text: String, _ setting: String) throws(ProviderStartError) {
        let rest = try Self.withoutScheme(text, setting)
        let queryStart = try Self.queryStart(of: rest, setting)
        let base = rest[..<queryStart]
        guard !base.contains(/%(?![0-9A-Fa-f]{2})/) else {
            throw ProviderStartError(
                "\(setting) has a % that begins no %XX; write %25 for a % in the user or password")
        }
        url = "postgresql://" + base
        var query: [Substring] = []
        for parameter in rest[queryStart...].dropFirst().split(separator: "&") {
            let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(pair[0]).removingPercentEncoding ?? ""
            let isKnown = PostgresURL.names.contains(name)
            guard pair.count == 2 || !(isKnown || name == "ssl") else {
                throw ProviderStartError("\(setting) cannot be understood: behind the ? a parameter has no =")
            }
            if isKnown {
                query.append(parameter)
            } else if name == "ssl" {
                // What the URL says in libpq's own words counts.
                query.insert("sslmode=\(Self.sslMode(pair[1]))", at: 0)
            } else {
                // Only what looks like a name may be shown, and not what may be the rest of a password with an & in it.
                let isRest = pair.count == 1 && query.last?.hasPrefix("password=") == true
                let isName = !isRest && name.wholeMatch(of: /[A-Za-z][\w.\-]{0,39}/) != nil
                ignored.append(isName ? name : "(unreadable)")
            }
        }
        if !query.isEmpty { url += "?" + query.joined(separator: "&") }
    }

    /// Returns what stands behind `postgresql://`, or behind what SQLAlchemy, Django, Laravel and JDBC write in its place.
    private static func withoutScheme(_ text: String, _ setting: String) throws(ProviderStartError) -> Substring {
        if let quote = text.first, quote == "\"" || quote == "'" {
            throw ProviderStartError("\(setting) still has its quotes; write it without them")
        }
        let scheme = /(?:jdbc:)?(?:postgres|postgresql|postgis|pgsql)(?:\+\w+)?:\/\//.ignoresCase()
        guard let match = text.prefixMatch(of: scheme) else {
            let other = text.prefixMatch(of: /([A-Za-z][A-Za-z0-9+.\-]*):[\/.]/).map { ", but one of \($0.1)" } ?? ""
            let advice = other.isEmpty ? "" : ", or choose another storage.provider"
            throw ProviderStartError(
                "\(setting) is not a URL of PostgreSQL\(other); write \(PostgresURL.form)\(advice)")
        }
        let rest = text[match.range.upperBound...]
        guard !rest.contains(where: \.isWhitespace) else {
            throw ProviderStartError(
                "\(setting) has a space or a line break in it; write %20 for a space in a password")
        }
        return rest
    }

    /// Finds the place where the parameters begin, which may come before any slash.
    ///
    /// libpq takes the first @ or / for the end of the password, and would name the rest of it as a host.
    private static func queryStart(
        of rest: Substring, _ setting: String
    ) throws(ProviderStartError) -> Substring.Index {
        let authority = rest.prefix { $0 != "/" }
        let hosts = authority.firstIndex(of: "@").map { authority.index(after: $0) } ?? rest.startIndex
        let queryStart = rest[hosts...].firstIndex(of: "?") ?? rest.endIndex
        // Of an @ in the parameters one may believe that it belongs to the value of one.
        let isInValue = rest[queryStart...].dropFirst().split(separator: "&").allSatisfy { parameter in
            !parameter.contains("@") || parameter.prefix { $0 != "@" }.contains("=")
        }
        let mayBePassword = hosts == rest.startIndex && authority.contains(/:(?!\d+(,|\?|$))[^\]]*$/)
        guard !rest[hosts..<queryStart].contains("@"), isInValue, !mayBePassword || !rest.contains("@") else {
            throw ProviderStartError(
                "\(setting) has an @ or a / in its user or password; write %40 for @ and %2F for /")
        }
        return queryStart
    }

    /// libpq's word for the parameter `ssl` of asyncpg, node-postgres and JDBC.
    private static func sslMode(_ value: Substring) -> Substring {
        switch value.lowercased() {
        case "true", "1", "on", "yes", "no-verify": "require"
        case "false", "0", "off", "no": "disable"
        default: value
        }
    }
}
