import Testing

@testable import AutocompleteGemini

@Suite struct ThinkingTests {
    private typealias Config = GenerateContentRequest.ThinkingConfig

    @Test(arguments: [
        ("gemini-3.5-flash-lite", ModelFamily.level(least: "MINIMAL")),
        ("gemini-3-flash-preview", .level(least: "MINIMAL")),
        ("gemini-3.1-pro-preview", .level(least: "LOW")),
        ("gemini-3.8-flash", .level(least: "LOW")),
        ("gemini-3.10-flash", .level(least: "LOW")),
        ("gemini-2.5-flash-lite", .budget(least: 0)),
        ("gemini-2.5-pro", .budget(least: 128)),
        ("gemini-flash-latest", .unknown), ("gemini-35-flash", .unknown), ("gemma-4", .unknown),
    ])
    func knowsTheFamily(_ model: String, _ family: ModelFamily) {
        #expect(ModelFamily(of: model) == family)
    }

    @Test(arguments: Thinking.allCases, [ModelFamily.budget(least: 0), .level(least: "LOW"), .unknown])
    func neverSaysBoth(_ thinking: Thinking, _ family: ModelFamily) {
        let setting = thinking.setting(for: family)
        #expect(setting?.thinkingBudget == nil || setting?.thinkingLevel == nil)
    }

    @Test func saysTheLeastByDefault() {
        #expect(Thinking.auto.setting(for: .level(least: "MINIMAL")) == Config(thinkingLevel: "MINIMAL"))
        #expect(Thinking.none.setting(for: .level(least: "LOW")) == Config(thinkingLevel: "LOW"))
        #expect(Thinking.auto.setting(for: .budget(least: 0)) == Config(thinkingBudget: 0))
        #expect(Thinking.auto.setting(for: .unknown) == nil)
    }

    @Test func saysWhatIsAskedFor() {
        #expect(Thinking.minimal.setting(for: .level(least: "LOW")) == Config(thinkingLevel: "MINIMAL"))
        #expect(Thinking.high.setting(for: .unknown) == Config(thinkingLevel: "HIGH"))
        #expect(Thinking.medium.setting(for: .budget(least: 0)) == Config(thinkingBudget: 8_192))
    }
}
