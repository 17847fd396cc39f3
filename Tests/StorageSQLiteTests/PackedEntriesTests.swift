import Foundation
import ProviderKit
import Testing

@testable import StorageSQLite

@Suite struct PackedEntriesTests {
    @Test(arguments: [[], [0], [1, 127, 128, 0], [16_383, 16_384], [1 << 21]])
    func unpacksWhatWasPacked(lengths: [Int]) throws {
        let payloads = lengths.map { [UInt8](repeating: 0x80, count: $0) }
        let blob = PackedEntries.pack(payloads)
        #expect(try blob.withUnsafeBytes { try PackedEntries.unpack($0) } == payloads)
    }

    @Test(arguments: [[0x01], [0x80], [0x02, 0x00], [UInt8](repeating: 0xFF, count: 30), [0x00, 0x00, 0x05]])
    func refusesADamagedBlob(blob: [UInt8]) throws {
        let error = #expect(throws: StorageError.self) {
            try blob.withUnsafeBytes { try PackedEntries.unpack($0) }
        }
        #expect(error?.code == .corrupted)
    }
}
