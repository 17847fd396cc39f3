import CollabText
import ProviderKit
import Testing

@testable import AutocompleteRules

/// Text that is no code of any language is answered like any other.
@Suite struct OddTextTests {
    private static let text = TextBuffer(
        """
        <a "b' `${x[{(\\( /* -- # </ ?> `
        \t) ]} */ ''' <!-- "#{ 😀 $n@m é
        \r\n<?php @\"\"\" R"( end fi }} --> r#"
        def if x; do \u{202E} </div><p>
        """)

    @Test(arguments: BuiltInLanguages.files.keys.sorted() + ["klingon"])
    func isAnsweredAtEveryCursor(_ language: String) async throws {
        let text = Self.text
        let provider = try await RulesAutocompleteProvider.descriptor.make(OptionValues(), .silent)
        for cursor in 0...text.count where cursor == text.count || !UTF16.isTrailSurrogate(text[cursor]) {
            let completion = try await provider.complete(
                CompletionRequest(text: text, cursor: cursor, language: language, deadline: .now + .seconds(60)))
            #expect(completion?.suggestion.isEmpty != true)
        }
        await provider.close()
    }
}
