import Testing

@testable import PluginLoader

/// Libraries for other machines than this one.
@Suite struct MachineTests {
    @Test(arguments: [
        (62, 64, false, "x86_64"), (183, 64, false, "aarch64"), (183, 64, true, "aarch64, big-endian"),
        (62, 32, false, "x86_64, 32-bit"), (3, 32, false, "i386"), (40, 32, false, "arm"), (22, 64, true, "s390x"),
        (22, 64, false, "s390x, little-endian"), (4_660, 64, false, "machine 4660"),
    ])
    func aMachineIsNamedAsUsual(number: UInt16, bits: Int, isBigEndian: Bool, name: String) {
        #expect(Machine(number: number, bits: bits, isBigEndian: isBigEndian).description == name)
    }

    @Test func theMachinesOfTheFileAndOfTheServerAreNamed() async throws {
        let here = try #require(Machine.ofServer)
        let other: UInt16 = here.number == 183 ? 62 : 183
        let name = Machine(number: other, bits: 64, isBigEndian: false)
        let found = try await found { $0[18] = other }
        #expect(found == "FILE is built for \(name), this server runs on \(here)")
    }

    @Test func aLibraryOfAnotherWidthOrByteOrderIsRefused() async throws {
        let here = try #require(Machine.ofServer)
        let narrow = try await found { $0[4] = UInt8(1) }
        #expect(narrow == "FILE is built for \(here), 32-bit, this server runs on \(here)")
        let bigEndian = try await found {
            $0[5] = UInt8(2)
            $0[18] = here.number.byteSwapped
        }
        #expect(bigEndian == "FILE is built for \(here), big-endian, this server runs on \(here)")
        let neither = try await found { $0[4] = UInt16(0) }
        #expect(neither == "FILE is damaged: its header makes no sense")
    }

    /// What is found wrong in a library after a change.
    private func found(after change: (inout LibraryImage) -> Void) async throws -> String {
        var image = try await LibraryImage(of: Libraries.plain.value)
        change(&image)
        return try refusal(ofBytes: image.bytes)
    }
}
