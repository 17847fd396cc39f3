import ProviderKit
import TestSupport
import Testing

@testable import AutocompleteGemini

extension OverTheWire {
    @Suite struct GeminiHTTP2Tests {
        @Test("many calls at once share one connection")
        func sharesOneConnection() async throws {
            let server = try await FakeGemini(http2: TestCertificates.shared().localhost)
            let provider = try await provider(at: server, "gemini-3.5-flash-lite")
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 { group.addTask { try await provider.answer().get() } }
                for try await suggestion in group { #expect(suggestion == "urn sum(items)") }
            }
            await provider.close()
            let state = try await server.state()
            #expect(state.requests.count == 50)
            #expect(state.accepted == 1)
            try await server.wait(for: .open, 0)
        }

        @Test("cancelling takes the request back and leaves the connection to the next")
        func cancellingResetsTheStream() async throws {
            let server = try await FakeGemini(http2: TestCertificates.shared().localhost)
            let provider = try await provider(at: server, "never")
            let call = Task { await provider.answer() }
            try await server.wait(for: .requests, 1)
            call.cancel()
            #expect(await call.value.failure?.code == .cancelled)
            // Some versions of libcurl send the reset along with the next request.
            let next = Task { await provider.answer() }
            try await server.wait(for: .requests, 2)
            try await server.wait(for: .resets, 1)
            let state = try await server.state()
            #expect(state.accepted == 1)
            #expect(state.open == 1)
            await provider.close()
            #expect(await next.value.failure?.code == .closed)
            try await server.wait(for: .open, 0)
        }

        private func provider(at server: FakeGemini, _ model: String) async throws -> any AutocompleteProvider {
            let authority = try await TestCertificates.shared().authority
            return try await GeminiPlace.provider(at: server.url(host: "localhost"), model) {
                $0.setting(GeminiAutocompleteProvider.caFile, to: authority)
            }
        }
    }
}
