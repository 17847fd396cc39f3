/// What a UTF-16 code unit means to nearly every language.
extension UInt16 {
    var isNewline: Bool { self == 0x0A || self == 0x0D }

    /// Whether it is a space or a tab.
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// Whether it may be part of a name: a letter, a digit, `_`, `$`, or a mark of any script.
    var isIdentifier: Bool {
        if self < 0x80 {
            return (self | 0x20) &- 0x61 < 26 || isDigit || self == 0x5F || self == 0x24
        }
        return Unicode.Scalar(self)?.properties.isXIDContinue ?? false
    }
}
