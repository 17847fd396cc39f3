import Testing

@testable import PluginLoader

/// What a plugin says that it was built with.
@Suite struct ABITagTests {
    @Test func theServersTagIsUnderstood() throws {
        #expect(ABITag.ofServer.number.flatMap { Int($0) } != nil)
        let compiler = try #require(ABITag.ofServer.compiler)
        #expect(compiler.hasPrefix("Clang ") && !compiler.contains("https"))
    }

    @Test(arguments: [
        (
            "providerkit-abi=2;compiler=Clang 21.0.0 (https://x.org/y 0123456789abcdef0123456789abcdef01234567)",
            "2", "Clang 21.0.0 (0123456)"
        ),
        ("providerkit-abi=17;compiler=12.2.0 20220819", "17", "12.2.0 20220819"),
        ("providerkit-abi=;compiler=()", "", "()"),
        ("providerkit-abi=1;compiler=)(", "1", ")("),
        ("providerkit-abi=1", nil, nil), ("compiler=Clang", nil, nil), ("", nil, nil),
    ])
    func aTagIsTakenApart(_ text: String, number: Substring?, compiler: String?) {
        #expect(ABITag(text).number == number && ABITag(text).compiler == compiler)
    }

    @Test func aTagThatNeverEndsIsCutOff() {
        let endless = [CChar](repeating: 65, count: 2_000)
        let tag = endless.withUnsafeBufferPointer { bytes in bytes.baseAddress.map { ABITag($0) } }
        #expect(tag?.text.count == 1_000)
    }
}
