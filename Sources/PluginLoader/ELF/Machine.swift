/// What a binary runs on.
struct Machine: Equatable {
    /// The number of the processor's kind, `e_machine`.
    let number: UInt16
    /// 32 or 64.
    let bits: Int
    let isBigEndian: Bool

    /// What this server was built for; nil where libraries are of another format, or not known here.
    static let ofServer: Machine? = {
        #if os(Linux) && arch(x86_64)
            Machine(number: 62, bits: 64, isBigEndian: false)
        #elseif os(Linux) && arch(arm64)
            Machine(number: 183, bits: 64, isBigEndian: false)
        #else
            nil
        #endif
    }()
}

extension Machine: CustomStringConvertible {
    /// The name as `uname -m` writes it, with whatever is unusual: `aarch64, big-endian`.
    var description: String {
        let known = Self.known[number] ?? ("machine \(number)", 64, false)
        var words = [known.name]
        if bits != known.bits { words.append("\(bits)-bit") }
        if isBigEndian != known.isBigEndian { words.append(isBigEndian ? "big-endian" : "little-endian") }
        return words.joined(separator: ", ")
    }

    private static let known: [UInt16: (name: String, bits: Int, isBigEndian: Bool)] = [
        3: ("i386", 32, false),
        21: ("ppc64le", 64, false),
        22: ("s390x", 64, true),
        40: ("arm", 32, false),
        62: ("x86_64", 64, false),
        183: ("aarch64", 64, false),
        243: ("riscv64", 64, false),
        258: ("loongarch64", 64, false),
    ]
}
