import Foundation
import TestSupport
import Testing

@testable import PluginLoader

/// Libraries that were good once, which the dynamic linker may not get to see: it would end the process.
@Suite struct DamageTests {
    @Test func aTruncatedFileIsRefusedWhereverItEnds() async throws {
        let bytes = try await LibraryImage(of: Libraries.words.value).bytes
        let ends = Array(stride(from: 0, to: bytes.count, by: bytes.count / 40)) + [bytes.count - 1]
        for length in [1, 4, 5, 16, 20, 63, 64, 65, 120, 512] + ends {
            let found = try refusal(ofBytes: Array(bytes.prefix(length)))
            guard length >= ELFHeader.size else { continue }
            #expect(found.hasPrefix("FILE is truncated: it has \(length) of "), "of \(bytes.count) bytes")
        }
    }

    @Test func whateverIsLoadedHereIsFoundGood() throws {
        let maps = try #require(FileHandle(forReadingAtPath: "/proc/self/maps")).readDataToEndOfFile()
        let paths = String(decoding: maps, as: UTF8.self).split(separator: "\n").compactMap { line in
            line.firstIndex(of: "/").map { String(line[$0...]) }
        }
        let libraries = Set(paths.filter { $0.contains(".so") })
        #expect(libraries.count > 10)
        for path in libraries { #expect(try LibraryImage(of: path).problem == nil, "\(path)") }
    }

    @Test func sizesThatCannotBeAreRefused() async throws {
        let impossible = LibraryProblem.damaged("it tells impossible sizes")
        let tableAtTheEnd = try await problem { $0[32] = UInt64.max - 55 }
        #expect(tableAtTheEnd == impossible)
        let sectionsAtTheEnd = try await problem { $0[40] = UInt64.max }
        #expect(sectionsAtTheEnd == impossible)
        let largeSegment = try await problem { $0[$0.segments(.load)[0] + 32] = UInt64(Int64.max) }
        #expect(largeSegment == .damaged("a segment has no room for its bytes"))
        let highAddress = try await problem { $0[$0.segments(.load)[1] + 16] = UInt64.max - 10 }
        #expect(highAddress == impossible)
    }

    @Test func aTableOfSegmentsThatIsNoneIsRefused() async throws {
        let none = LibraryProblem.damaged("it has no table of segments")
        let narrow = try await problem { $0[54] = UInt16(32) }
        #expect(narrow == none)
        let empty = try await problem { $0[56] = UInt16(0) }
        #expect(empty == none)
        let tooLong = try await problem { $0[56] = UInt16.max }
        #expect(tooLong == none)
        let overlap = try await problem { $0[$0.segments(.load)[1] + 16] = UInt64(0) }
        #expect(overlap == .damaged("its segments overlap"))
    }

    @Test func aDynamicSectionThatLeadsNowhereIsRefused() async throws {
        let empty = try await problem { $0[$0.segments(.dynamic)[0] + 32] = UInt64(0) }
        #expect(empty == .other("an ELF file without a dynamic section"))
        let withoutEnd = try await problem { $0[$0.segments(.dynamic)[0] + 32] = UInt64(16) }
        #expect(withoutEnd == .damaged("its dynamic section has no end"))
        let withoutSymbols = try await problem { $0[try $0.dynamicValue(6) - 8] = UInt64(0x7000_0000) }
        #expect(withoutSymbols == .damaged("it has no table of symbols"))
        for tag: UInt64 in [5, 6, 10] {
            let outside = try await problem { $0[try $0.dynamicValue(tag)] = UInt64(1) << 40 }
            #expect(outside == .damaged("it names tables that are not in it"))
        }
    }

    @Test func whateverNumberIsInAFieldTheCheckEnds() async throws {
        let good = try await LibraryImage(of: Libraries.plain.value)
        let start = Int(good[good.segments(.dynamic)[0] + 8, as: UInt64.self])
        let table = ELFHeader.size + 20 * ELFSegment.size
        for offset in Array(stride(from: 0, to: table, by: 2)) + Array(stride(from: start, to: start + 512, by: 8)) {
            for number in [0, 1, 1 << 31, 1 << 32, UInt64(Int64.max) - 1, UInt64(Int64.max), 1 << 63, .max] {
                var bad = good
                bad[offset] = number
                // It returns, whatever it says.
                _ = bad.problem
            }
        }
    }

    @Test func whateverBitsAreWrongTheCheckEnds() async throws {
        let good = try await LibraryImage(of: Libraries.plain.value)
        let dynamic = good.segments(.dynamic)[0]
        let start = Int(good[dynamic + 8, as: UInt64.self])
        let offsets = Array(0..<ELFHeader.size + 20 * ELFSegment.size) + Array(start..<start + 512)
        var random = SeededGenerator()
        for _ in 0..<3_000 {
            var bad = good
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                guard let offset = offsets.randomElement(using: &random) else { continue }
                bad.bytes[offset] = .random(in: .min ... .max, using: &random)
            }
            // It returns, whatever it says.
            _ = bad.problem
        }
        #expect(good.problem == nil, "seed \(random.seed)")
    }

    /// What is wrong with a library after a change.
    private func problem(after change: (inout LibraryImage) throws -> Void) async throws -> LibraryProblem? {
        var image = try await LibraryImage(of: Libraries.plain.value)
        try change(&image)
        return image.problem
    }
}
