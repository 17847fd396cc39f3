import Foundation
import ProviderKit
import TestSupport
import Testing

@testable import AutocompleteGemini

extension OverTheWire {
    /// What goes out is what Google's own SDK sends for the same call.
    ///
    /// `SDK/record.py` has recorded that. When the prompt changes, `SDK/calls.json` has to
    /// change with it, and the recording is made anew.
    @Suite struct GeminiRequestTests {
        @Test("the request of a 3.x model, which thinks by level")
        func matchesTheSDKWithLevel() async throws {
            try await expectSameRequest("gemini-3.5-flash-lite", recordedAt: 0)
        }

        @Test("the request of a 2.5 model, which thinks by budget")
        func matchesTheSDKWithBudget() async throws {
            try await expectSameRequest("gemini-2.5-flash", recordedAt: 1) {
                $0.setting(GeminiAutocompleteProvider.maxOutputTokens, to: 64)
            }
        }

        @Test("a model's name cannot change the path")
        func encodesTheModel() async throws {
            let place = try await GeminiPlace()
            _ = try await place.ask("../a?b#c%é").get()
            let request = try #require(try await place.server.state().requests.first)
            #expect(request.path == "/v1beta/models/..%2Fa%3Fb%23c%25%C3%A9:generateContent")
        }

        @Test("the key is in its header and nowhere else")
        func sendsTheKeyOnce() async throws {
            let place = try await GeminiPlace()
            _ = try await place.ask("gemini-3.5-flash-lite").get()
            let request = try #require(try await place.server.state().requests.first)
            #expect(request.headers.filter { $0.value.contains(GeminiPlace.key) }.keys.sorted() == ["x-goog-api-key"])
            #expect(!request.path.contains(GeminiPlace.key))
            #expect(!"\(request.body)".contains(GeminiPlace.key))
        }

        private func expectSameRequest(
            _ model: String, recordedAt index: Int, _ change: (OptionValues) -> OptionValues = { $0 }
        ) async throws {
            let place = try await GeminiPlace()
            _ = try await place.ask(model) {
                change($0.setting(GeminiAutocompleteProvider.apiKey, to: "test-key"))
            }.get()
            let ours = try #require(try await place.server.state().requests.first)
            let theirs = try Self.recorded()[index]
            #expect(ours.method == theirs.method)
            #expect(ours.path == theirs.path)
            for (name, value) in theirs.headers { #expect(ours.headers[name] == value) }
            let (sent, recorded) = (ours.body.fields, theirs.bodyInCamelCase.fields)
            for path in Set(sent.keys).union(recorded.keys).sorted() {
                #expect(sent[path] == recorded[path], "\(path)")
            }
        }

        private static func recorded() throws -> [RecordedRequest] {
            let folder = Bundle.module.resourceURL ?? Bundle.module.bundleURL
            let file = folder.appending(path: "SDK/requests.json")
            return try JSONDecoder().decode([RecordedRequest].self, from: Data(contentsOf: file))
        }
    }
}

extension RecordedRequest {
    /// The SDK writes the fields of `thinkingConfig` with underscores. In the JSON of protocol buffers either way is the
    /// same field; the reference of the REST API writes `thinkingLevel`, and so do we.
    fileprivate var bodyInCamelCase: JSONValue {
        body.renaming(["thinking_level": "thinkingLevel", "thinking_budget": "thinkingBudget"])
    }
}

extension JSONValue {
    fileprivate func renaming(_ names: [String: String]) -> JSONValue {
        switch self {
        case .array(let values):
            .array(values.map { $0.renaming(names) })
        case .object(let values):
            .object(
                Dictionary(
                    values.map { (names[$0] ?? $0, $1.renaming(names)) }, uniquingKeysWith: { first, _ in first }))
        default: self
        }
    }
}
