/// What a file is that is no ELF file, by its first bytes.
enum OtherFile {
    /// What it is in words, or nil when that cannot be said.
    static func name(_ start: [UInt8]) -> String? {
        names.first { start.starts(with: $0.start) }?.name
    }

    private static let names: [(start: [UInt8], name: String)] = [
        (Array("#!".utf8), "a script"),
        (Array("!<arch>\n".utf8), "a static library"),
        (Array("!<thin>\n".utf8), "a static library"),
        (Array("/* GNU ld script".utf8), "a script for the linker"),
        (Array("MZ".utf8), "a program or library of Windows"),
        ([0xCF, 0xFA, 0xED, 0xFE], "a program or library of macOS"),
        ([0xCA, 0xFE, 0xBA, 0xBE], "a program or library of macOS"),
    ]
}
