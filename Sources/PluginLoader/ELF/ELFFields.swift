/// The fields of a table in an ELF file, by their offsets in bytes.
///
/// A field that lies outside of the table reads as zero.
struct ELFFields {
    private let bytes: ArraySlice<UInt8>
    private let isBigEndian: Bool

    init(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool = false) {
        self.bytes = bytes
        self.isBigEndian = isBigEndian
    }

    /// A field of 16 bits.
    func half(_ offset: Int) -> UInt16 { number(offset) }

    /// A field of 32 bits.
    func word(_ offset: Int) -> UInt32 { number(offset) }

    /// A field of 64 bits.
    func long(_ offset: Int) -> UInt64 { number(offset) }

    private func number<Number: FixedWidthInteger>(_ offset: Int) -> Number {
        bytes.withUnsafeBytes { bytes in
            guard offset + MemoryLayout<Number>.size <= bytes.count else { return 0 }
            let number = bytes.loadUnaligned(fromByteOffset: offset, as: Number.self)
            return isBigEndian ? Number(bigEndian: number) : Number(littleEndian: number)
        }
    }
}

extension [UInt8] {
    /// The rows of a table, each of so many bytes; what is left behind the last whole one is no row.
    func rows(of size: Int) -> [ELFFields] {
        stride(from: 0, through: count - size, by: size).map { ELFFields(self[$0..<$0 + size]) }
    }
}
