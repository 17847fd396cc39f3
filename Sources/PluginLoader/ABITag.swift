import CProviderKitABI

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a binary was built with: `providerkit-abi=2;compiler=Clang 21.0.0 (https://… 11673e66…)`.
struct ABITag: Equatable {
    let text: String

    /// What this server was built with.
    static let ofServer = ABITag(providerkit_abi_tag())

    /// The tag at a pointer, whatever it holds. A tag ends within a thousand bytes.
    init(_ pointer: UnsafePointer<CChar>) {
        let bytes = UnsafeRawBufferPointer(start: pointer, count: strnlen(pointer, 1_000))
        text = String(decoding: bytes, as: UTF8.self)
    }

    init(_ text: String) {
        self.text = text
    }

    /// ProviderKit's number, or nil when this is no tag of ProviderKit's.
    var number: Substring? { parts?.number }

    /// The compiler in a few words, `Clang 21.0.0 (11673e6)`, or nil when this is no tag of ProviderKit's.
    ///
    /// It is the Clang inside of the Swift compiler, which is all that a header of C can tell.
    var compiler: String? {
        guard let compiler = parts?.compiler else { return nil }
        guard let opening = compiler.firstIndex(of: "("), let closing = compiler.lastIndex(of: ")"), opening < closing,
            let commit = compiler[opening..<closing].split(separator: " ").last, commit.count == 40
        else { return String(compiler.prefix(60)) }
        return "\(compiler[..<opening])(\(commit.prefix(7)))"
    }

    private var parts: (number: Substring, compiler: Substring)? {
        guard text.hasPrefix("providerkit-abi="), let end = text.firstRange(of: ";compiler=") else { return nil }
        return (text[..<end.lowerBound].dropFirst("providerkit-abi=".count), text[end.upperBound...])
    }
}
