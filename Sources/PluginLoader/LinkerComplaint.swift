/// Why the dynamic linker did not load a library, taken from the text of `dlerror`.
enum LinkerComplaint: Equatable {
    /// A library that it needs is not there.
    case missingLibrary(String)
    /// It needs a library that is newer than the one of this system: `GLIBC_2.38`.
    case missingVersion(String)
    /// It needs a symbol of ProviderKit's that this server's does not have.
    case missingFromProviderKit(symbol: String)
    /// It needs a symbol of Swift's that this server's runtime does not have.
    case missingFromSwift(symbol: String)
    /// It needs any other symbol that nothing has.
    case missing(symbol: String)
    /// Anything else, in the linker's own words.
    case other(String)

    /// - Parameter path: the library that was asked for, with which many texts begin.
    init(_ text: String, about path: String) {
        if let end = text.firstRange(of: ": cannot open shared object file") {
            self = .missingLibrary(String(text[..<end.lowerBound]))
        } else if let version = text.word(behind: "version `", until: "'") {
            self = .missingVersion(version)
        } else if let symbol = text.word(behind: "undefined symbol: ", until: ",") {
            self = .undefined(symbol)
        } else {
            self = .other(text.hasPrefix("\(path): ") ? String(text.dropFirst(path.count + 2)) : text)
        }
    }

    private static func undefined(_ symbol: String) -> LinkerComplaint {
        // A mangled name has the length of each name before it.
        if ["11ProviderKit", "10CollabText"].contains(where: symbol.contains) {
            return .missingFromProviderKit(symbol: symbol)
        }
        let isOfSwift = ["$s", "swift_", "_swift_"].contains(where: symbol.hasPrefix)
        return isOfSwift ? .missingFromSwift(symbol: symbol) : .missing(symbol: symbol)
    }
}

extension String {
    fileprivate func word(behind start: String, until end: Character) -> String? {
        firstRange(of: start).map { String(self[$0.upperBound...].prefix { $0 != end }) }
    }
}
