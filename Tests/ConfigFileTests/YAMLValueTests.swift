import ConfigFile
import ProviderKit
import Testing

/// What the program prints of a configuration can be a configuration again.
@Suite struct YAMLValueTests {
    @Test(arguments: [
        "plain", "127.0.0.1", "1", "1.5", "true", "No", "null", "~", "- x", "a: b", "a #b", "[x]", "\"q\" \\ \u{7}\n\t",
        "https://a.b:81/c?d=e&f", "${A}", "$", "é 日本 👩‍💻", "*", "&a", "!t", "{x}", "0x1F", "1e3", "::1", "key:", "'",
        "\u{200B}", " ", "@a.b.c", "a\u{2028}b", "1.2.3", ".a.b", "-a.b.c",
    ])
    func aTextIsReadAsItWas(_ text: String) throws {
        let yaml = OptionValue.string(text).yaml(as: .string)
        #expect(!yaml.contains("\n"))
        let configuration = try load("storage:\n  provider: remote\n  remote:\n    url: \(yaml)\n    shards: 1\n")
        #expect(configuration.storage.values[TestCatalog.Remote.url] == text)
    }

    @Test(arguments: [
        (OptionValue.integer(1_048_576), OptionKind.size(0...(1 << 40)), "1MiB"),
        (.integer(1_000), .size(0...(1 << 40)), "1KB"), (.integer(8_000), .integer(0...9_000), "8000"),
        (.duration(.milliseconds(1_500)), .duration(.zero ... .seconds(9)), "1500ms"),
        (.boolean(true), .boolean, "true"),
        (.strings(["a", "b c"]), .strings, "[a, \"b c\"]"), (.string(""), .path, "\"\""),
    ])
    func aValueIsWrittenWithItsUnit(_ value: OptionValue, _ kind: OptionKind, _ yaml: String) {
        #expect(value.yaml(as: kind) == yaml)
    }
}
