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

    @Test(arguments: [[0x01], [0x80], [0x02, 0x00], [UInt8](repeating: 0xFF, count: 30), [0x00, 0x00, 0x05]])
    func bytesThatEndInsideOfAPayloadAreNoRun(bytes: [UInt8]) {
        #expect(PayloadRun(framed: bytes) == nil)
    }
}
