/// What a UTF-16 code unit means to every language.
extension UInt16 {
    var isNewline: Bool { self == 0x0A || self == 0x0D }

    /// Whether it is a space or a tab.
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// The unit of an ASCII character.
    init(ascii scalar: Unicode.Scalar) {
        self = UInt16(UInt8(ascii: scalar))
    }
}
