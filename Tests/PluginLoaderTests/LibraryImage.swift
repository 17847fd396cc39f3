import Foundation
import Testing

@testable import PluginLoader

/// The bytes of a shared library of 64 bits, to be changed by a test.
struct LibraryImage: Sendable {
    var bytes: [UInt8]

    init(of path: String) throws {
        bytes = Array(try Data(contentsOf: URL(filePath: path)))
    }

    /// What is wrong with it, or nil.
    var problem: LibraryProblem? {
        let file = FileBytes(size: UInt64(bytes.count)) { offset, count in
            Array(bytes.dropFirst(Int(offset)).prefix(count))
        }
        do {
            try ELFLibrary.check(file, on: machine)
            return nil
        } catch {
            return error
        }
    }

    /// A number in the file, in little-endian order.
    subscript<Number: FixedWidthInteger>(offset: Int, as type: Number.Type = Number.self) -> Number {
        get {
            bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
        }
        set {
            bytes.withUnsafeMutableBytes {
                $0.storeBytes(of: newValue.littleEndian, toByteOffset: offset, as: Number.self)
            }
        }
    }

    /// The offsets of the rows for segments of a kind.
    func segments(_ kind: ELFSegment.Kind) -> [Int] {
        let table = Int(self[32, as: UInt64.self])
        let rows = (0..<Int(self[56, as: UInt16.self])).map { table + $0 * ELFSegment.size }
        return rows.filter { self[$0, as: UInt32.self] == kind.rawValue }
    }

    /// The offset of the value in the dynamic section's row with a tag.
    func dynamicValue(_ tag: UInt64) throws -> Int {
        let start = Int(self[try #require(segments(.dynamic).first) + 8, as: UInt64.self])
        return try #require((0..<64).map { start + $0 * 16 }.first { self[$0, as: UInt64.self] == tag }) + 8
    }

    /// The machine that every library here was compiled for.
    private var machine: Machine { .ofServer ?? Machine(number: 62, bits: 64, isBigEndian: false) }
}
