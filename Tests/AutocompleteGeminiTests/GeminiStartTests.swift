import Foundation
import ProviderKit
import Testing

@testable import AutocompleteGemini

/// What the provider makes of its options.
@Suite struct GeminiStartTests {
    private typealias Options = GeminiAutocompleteProvider

    @Test(arguments: ["", " \n", "two words", "line\nbreak", "naïve", "nul\u{0}"])
    func refusesKeysThatAreNone(_ key: String) {
        let error = startError { $0.setting(Options.apiKey, to: key) }
        #expect(error?.message.hasPrefix("autocomplete.gemini.api_key") == true)
        #expect(error?.message.contains("\n") == false)
        if key.count > 2 { #expect(error?.message.contains(key) == false) }
    }

    @Test func takesAKeyWithALineBreakBehindIt() {
        #expect(startError { $0.setting(Options.apiKey, to: "key\n") } == nil)
    }

    @Test(arguments: [
        "", "generativelanguage.googleapis.com", "ftp://localhost", "file:///etc/passwd", "http://example.com",
        "http://127.0.0.1.example.com", "http://localhost.example.com", "http://192.168.0.1", "https://me@example.com",
        "https://me:secret@example.com", "http://localhost@example.com", "https://example.com?a=b",
        "https://example.com#a", "https://", "https://a b", "https://example.com/\r\nx-evil: 1",
        "https://example.com\u{0}/a",
    ])
    func refusesAddresses(_ url: String) {
        let error = startError { $0.setting(Options.baseURL, to: url) }
        #expect(error?.message.hasPrefix("autocomplete.gemini.base_url") == true)
        #expect(error?.message.contains("secret") == false)
        #expect(error?.message.contains("\n") == false)
    }

    @Test(arguments: [
        ("https://example.com", "https://example.com/v1beta/models/m:generateContent"),
        ("https://example.com:8443/gemini//", "https://example.com:8443/gemini/v1beta/models/m:generateContent"),
        ("HTTP://LOCALHOST:80", "HTTP://LOCALHOST:80/v1beta/models/m:generateContent"),
        ("http://[::1]:80/", "http://[::1]:80/v1beta/models/m:generateContent"),
        ("https://example.com/v1beta", "https://example.com/v1beta/models/m:generateContent"),
        ("https://example.com/v1beta/", "https://example.com/v1beta/models/m:generateContent"),
        ("https://example.com/gemini/v1beta//", "https://example.com/gemini/v1beta/models/m:generateContent"),
        ("https://example.com/v1beta/models/", "https://example.com/v1beta/models/m:generateContent"),
        ("https://example.com/v1beta/other", "https://example.com/v1beta/other/v1beta/models/m:generateContent"),
    ])
    func addsThePath(_ base: String, _ url: String) throws {
        #expect(try Endpoint(base: base, model: "m").url == url)
    }

    @Test func namesTheFileThatIsMissing() {
        let error = startError { $0.setting(Options.caFile, to: "/nowhere/ca.pem") }
        #expect(error?.message.contains("/nowhere/ca.pem") == true)
    }

    @Test(arguments: ["", "models/", "two words"])
    func refusesModels(_ model: String) {
        #expect(startError { $0.setting(Options.model, to: model) } != nil)
    }

    @Test func showsNoKey() throws {
        let settings = try GeminiSettings(OptionValues().setting(Options.apiKey, to: GeminiPlace.key))
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!"\(settings)\(String(reflecting: settings))\(dumped)".contains(GeminiPlace.key))
        let declarations = Options.descriptor.options.filter { $0.isSecret }
        #expect(declarations.map(\.name) == ["api_key"])
    }

    private func startError(_ change: (OptionValues) -> OptionValues) -> ProviderStartError? {
        do {
            _ = try GeminiSettings(change(OptionValues().setting(Options.apiKey, to: "key")))
            return nil
        } catch {
            return error
        }
    }
}
