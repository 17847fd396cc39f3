package import ProviderKit

extension RoomID {
    /// A new id that nobody can guess: a random UUID (RFC 9562, version 4), in lower case.
    package static func random() -> RoomID {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = hex(high) + hex(low)
        var id = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { id.append("-") }
            id.append(digit)
        }
        return RoomID(id)
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension ClientID {
    /// A new id of a connection: 12 characters, short enough to cost no allocation.
    package static func random() -> ClientID {
        let alphabet = Array("0123456789abcdefghijklmnopqrstuv")
        return ClientID(String((0..<12).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] }))
    }
}
