import TestSupport

extension Settings {
    /// The key of the tests.
    static let geminiKey = "AIza-end-to-end-0123456789"

    /// Gemini first, and the rules behind it; all the time that it needs, unless a test says otherwise.
    ///
    /// - Parameter model: says what the server does.
    static func gemini(at server: FakeGemini, _ model: String, _ others: Settings = [:]) -> Settings {
        let base: Settings = [
            "autocomplete.provider": "[gemini, rules]",
            "autocomplete.timeout": "60s",
            "autocomplete.gemini":
                "{api_key: \(geminiKey), base_url: \"\(server.url())\", model: \(model), timeout: 60s}",
        ]
        return base.with(others)
    }
}
