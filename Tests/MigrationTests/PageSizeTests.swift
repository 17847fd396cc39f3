import ProviderKit
import Testing

@testable import Migration

@Suite struct PageSizeTests {
    @Test func pagesOfSmallChangesGrow() {
        #expect(sizes(ofPagesWith: 20) == [16, 64, 256, 1_024, 4_096, 4_096])
    }

    @Test func pagesOfLargeChangesStaySmall() {
        #expect(sizes(ofPagesWith: 100_000) == [16, 10, 10, 10, 10, 10])
        #expect(sizes(ofPagesWith: 2_000_000) == [16, 1, 1, 1, 1, 1])
    }

    private func sizes(ofPagesWith bytes: Int) -> [Int] {
        var size = PageSize()
        var sizes = [size.count]
        for _ in 1...5 {
            size.adapt(to: PayloadRun(repeatElement([UInt8](repeating: 7, count: bytes), count: size.count)))
            sizes.append(size.count)
        }
        return sizes
    }
}
