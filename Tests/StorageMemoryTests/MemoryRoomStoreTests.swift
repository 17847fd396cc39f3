import ProviderConformance
import ProviderKit
import StorageMemory
import Testing

@Suite struct MemoryRoomStoreTests {
    @Test(arguments: StorageConformance.clauses(persisting: false))
    func conforms(to clause: StorageConformance.Clause) async throws {
        let first = MemoryRoomStore()
        try await clause.check { MemoryRoomStore(sharing: first) }
    }

    @Test func theDescriptorMakesAnEmptyStore() async throws {
        let store = try await MemoryStorageProvider.descriptor.make(OptionValues(), .silent)
        #expect(try await store.rooms(after: nil, limit: 1).isEmpty)
    }
}
