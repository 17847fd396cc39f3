import ProviderKit
import Testing

@Suite struct ProviderCatalogTests {
    private let list = ProviderList([
        ProviderDescriptor<String>(name: "first", summary: "One.") { _, _ in "first" },
        ProviderDescriptor<String>(name: "second", summary: "Two.") { _, _ in "second" },
    ])

    @Test func aProviderIsFoundByItsName() async throws {
        let descriptor = try #require(list["second"])
        #expect(try await descriptor.make(OptionValues(), .silent) == "second")
    }

    @Test func anUnknownNameFindsNothing() {
        #expect(list["third"] == nil)
        #expect(list["First"] == nil)
    }

    @Test func theNamesAreInTheirOrder() {
        #expect(list.names == ["first", "second"])
    }
}
