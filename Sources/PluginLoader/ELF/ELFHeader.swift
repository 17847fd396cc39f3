/// The beginning of an ELF file.
struct ELFHeader {
    static let size = 64
    static let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]

    let machine: Machine
    private let fields: ELFFields

    /// - Parameter bytes: the first 64 of the file.
    /// - Throws: `.damaged` when it does not tell how to read it.
    init(_ bytes: [UInt8]) throws(LibraryProblem) {
        let format = bytes[4]
        let order = bytes[5]
        guard 1...2 ~= format, 1...2 ~= order else { throw .damaged("its header makes no sense") }
        fields = ELFFields(bytes[...], isBigEndian: order == 2)
        machine = Machine(number: fields.half(18), bits: format == 1 ? 32 : 64, isBigEndian: order == 2)
    }

    /// - Throws: `.other` when the file is neither a shared library nor a program that can be moved in memory, which
    ///   look the same here.
    func checkKind() throws(LibraryProblem) {
        switch fields.half(16) {
        case 1: throw .other("an object file")
        case 2: throw .other("a program")
        case 3: return
        case 4: throw .other("the memory of a crashed program")
        default: throw .other(nil)
        }
    }

    /// Where the table of segments is in a file of 64 bits.
    var segments: Extent {
        get throws(LibraryProblem) {
            let count = fields.half(56)
            guard fields.half(54) == ELFSegment.size, count > 0, count < 0xFFFF else {
                throw .damaged("it has no table of segments")
            }
            return try Extent(at: fields.long(32), count: UInt64(count) * UInt64(ELFSegment.size))
        }
    }

    /// Where the table of sections is in a file of 64 bits: at the end, as linkers write it; empty once it is stripped.
    var sections: Extent {
        get throws(LibraryProblem) {
            try Extent(at: fields.long(40), count: UInt64(fields.half(58)) * UInt64(fields.half(60)))
        }
    }
}
