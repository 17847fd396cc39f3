import Foundation
import ProviderKit

/// A run of payloads as one blob: of each its length, as a LEB128 varint, and its bytes.
enum PackedEntries {
    static func pack(_ payloads: some Collection<[UInt8]>) -> Data {
        var blob = Data(capacity: payloads.reduce(0) { $0 + varintLength($1.count) + $1.count })
        for payload in payloads {
            appendVarint(payload.count, to: &blob)
            blob.append(contentsOf: payload)
        }
        return blob
    }

    /// - Throws: `.corrupted` when the blob ends inside of a payload.
    static func unpack(_ blob: UnsafeRawBufferPointer) throws(StorageError) -> [[UInt8]] {
        var payloads: [[UInt8]] = []
        var rest = blob[...]
        while !rest.isEmpty {
            guard let length = takeVarint(from: &rest), length <= rest.count else {
                throw StorageError(.corrupted, "A run of changes is damaged.")
            }
            payloads.append([UInt8](rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return payloads
    }

    private static func varintLength(_ value: Int) -> Int {
        max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
    }

    private static func appendVarint(_ value: Int, to blob: inout Data) {
        var rest = UInt(value)
        while rest >= 0x80 {
            blob.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        blob.append(UInt8(rest))
    }

    private static func takeVarint(from bytes: inout UnsafeRawBufferPointer.SubSequence) -> Int? {
        var value: UInt = 0
        for shift in stride(from: 0, to: Int.bitWidth - 1, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            value |= UInt(byte & 0x7F) << shift
            if byte < 0x80 { return Int(value) }
        }
        return nil
    }
}
