import ProviderKit
import TestSupport
import Testing

@testable import AutocompleteGemini

extension OverTheWire {
    @Suite struct GeminiAnswersTests {
        /// What the server does, and what comes of it.
        struct Answer: CustomTestStringConvertible {
            let model: String
            let suggestion: String?
            var testDescription: String { model }
        }

        @Test(arguments: [
            Answer(model: "gemini-3.5-flash-lite", suggestion: "urn sum(items)"),
            Answer(model: "fenced", suggestion: "urn sum(items)"),
            Answer(model: "explained", suggestion: "urn sum(items)"),
            Answer(model: "only-explained", suggestion: nil),
            Answer(model: "repeated-prefix", suggestion: " = sum(items)"),
            Answer(model: "overlapping-suffix", suggestion: "sum(items)"),
            Answer(model: "thoughts", suggestion: "urn sum(items)"),
            Answer(model: "null-character", suggestion: "ab"),
            Answer(model: "gzip", suggestion: "packed"),
            Answer(model: "empty-candidate", suggestion: nil),
            Answer(model: "no-candidates", suggestion: nil),
            Answer(model: "only-usage", suggestion: nil),
            Answer(model: "max-tokens", suggestion: nil),
            Answer(model: "safety", suggestion: nil),
            Answer(model: "recitation", suggestion: nil),
        ])
        func answers(_ answer: Answer) async throws {
            let place = try await GeminiPlace.shared()
            let suggestion = try await place.ask(answer.model).get()
            #expect(suggestion == answer.suggestion)
        }

        @Test("requests leave this machine")
        func isRemote() async throws {
            let provider = try await GeminiPlace.provider(at: "https://localhost")
            #expect(provider.isRemote)
            await provider.close()
        }

        @Test("connections are kept")
        func keepsConnections() async throws {
            let place = try await GeminiPlace()
            let provider = try await place.provider()
            for _ in 0..<20 { _ = try await provider.answer().get() }
            await provider.close()
            let state = try await place.server.state()
            #expect(state.requests.count == 20)
            #expect(state.accepted == 1)
        }

        @Test("the window around the cursor is all that leaves this machine")
        func sendsTheWindow() async throws {
            let place = try await GeminiPlace()
            _ = try await place.ask("gemini-3.5-flash-lite") {
                $0.setting(GeminiAutocompleteProvider.contextBefore, to: 3)
                    .setting(GeminiAutocompleteProvider.contextAfter, to: 4)
            }.get()
            let request = try #require(try await place.server.state().requests.first)
            #expect(
                request.body.fields[".contents[0].parts[0].text"]
                    == .string("Language: python\n<prefix>ret</prefix><suffix>\n\npr</suffix>"))
        }
    }
}
