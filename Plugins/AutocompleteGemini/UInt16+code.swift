extension UInt16 {
    /// A line break, or half of one.
    var isNewline: Bool { self == 0x0A || self == 0x0D }

    /// A space or a tab.
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// Part of a name or a number. What is not ASCII is taken for one.
    var isWord: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...: true
        default: false
        }
    }
}
