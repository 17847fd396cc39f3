import ProviderKit
import Testing

@Suite struct PayloadRunTests {
    @Test(arguments: [[], [0], [1, 127, 128, 0], [16_383, 16_384], [1 << 21]])
    func theFramedFormTellsThePayloads(lengths: [Int]) throws {
        let payloads = lengths.map { [UInt8](repeating: 0x80, count: $0) }
        let run = PayloadRun(payloads)
        #expect(Array(run) == payloads)
        #expect(run.count == payloads.count)
        #expect(run.isEmpty == payloads.isEmpty)
        #expect(PayloadRun(framed: run.framed) == run)
    }

    @Test(arguments: 0...40)
    func whatIsTakenOffFitsAndLeavesTheRest(limit: Int) {
        let payloads = [10, 0, 5, 20, 1].map { [UInt8](repeating: 7, count: $0) }
        var rest = PayloadRun(payloads)
        var parts: [PayloadRun] = []
        while !rest.isEmpty { parts.append(rest.removeFirst(upTo: limit)) }
        #expect(parts.flatMap(Array.init) == payloads)
        #expect(parts.allSatisfy { $0.framed.count <= limit || $0.count == 1 })
        #expect(parts.allSatisfy { PayloadRun(framed: $0.framed) == $0 })
        #expect(rest.removeFirst(upTo: limit).isEmpty)
    }

    @Test func runsThatAreJoinedAreOneRun() {
        var run = PayloadRun([[1], [2, 3]])
        run.append(contentsOf: PayloadRun([[], [4]]))
        #expect(run == PayloadRun([[1], [2, 3], [], [4]]))
        #expect(run.entries(from: Revision(5)).map(\.revision.rawValue) == [5, 6, 7, 8])
    }

    @Test(arguments: [[0x01], [0x80], [0x02, 0x00], [UInt8](repeating: 0xFF, count: 30), [0x00, 0x00, 0x05]])
    func bytesThatEndInsideOfAPayloadAreNoRun(bytes: [UInt8]) {
        #expect(PayloadRun(framed: bytes) == nil)
    }
}
