import CLibPQ
import ProviderKit

/// The URL of a database, taken apart as libpq does it.
struct PostgresURL {
    let parameters: [ConnectionSettings.Parameter]

    /// - Throws: what is wrong with it, without repeating anything that could be a password.
    init(_ text: String) throws(ProviderStartError) {
        guard !text.allSatisfy(\.isWhitespace) else {
            throw ProviderStartError(
                "storage.postgres.url is empty; set it, or the environment variable DATABASE_URL, to \(Self.form)")
        }
        // SQLAlchemy's URLs name a driver too.
        guard let match = text.wholeMatch(of: /\s*postgres(?:ql)?(?:\+\w+)?:\/\/(\S*)\s*/.ignoresCase()) else {
            throw ProviderStartError("storage.postgres.url is not a URL of PostgreSQL; write \(Self.form)")
        }
        let rest = match.1
        // libpq takes the first @ or / for the end of the password, and would name the rest of it as a host.
        guard rest.count(where: { $0 == "@" }) == (rest.prefix { $0 != "/" }.contains("@") ? 1 : 0) else {
            throw ProviderStartError(
                "storage.postgres.url has an @ or a / in its user or password; write %40 for @ and %2F for /")
        }
        parameters = try Self.parse("postgresql://" + rest)
        guard value("port", or: "").split(separator: ",").allSatisfy({ UInt16($0) ?? 0 > 0 }) else {
            throw ProviderStartError("storage.postgres.url has a port that is no number; write \(Self.form)")
        }
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

    private static let form = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE"

    /// What the URL says, or what libpq takes from the environment when it says nothing.
    private func value(_ name: String, or otherwise: String) -> String {
        parameters.first { $0.name == name }?.value ?? Self.defaults.first { $0.name == name }?.value ?? otherwise
    }

    private static func parse(_ url: String) throws(ProviderStartError) -> [ConnectionSettings.Parameter] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            // Not what libpq says: it repeats what it does not understand.
            PQfreemem(message)
            throw ProviderStartError(
                "storage.postgres.url cannot be understood; write \(Self.form), special characters as %XX, and behind "
                    + "a ? only parameters that libpq knows")
        }
        defer { PQconninfoFree(options) }
        return Self.read(options)
    }

    private static var defaults: [ConnectionSettings.Parameter] {
        guard let options = PQconndefaults() else { return [] }
        defer { PQconninfoFree(options) }
        return read(options)
    }

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
