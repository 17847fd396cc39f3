import ProviderKit
import TestSupport
import Testing

@testable import AutocompleteGemini

extension OverTheWire {
    @Suite struct GeminiCertificateTests {
        @Test("a certificate of an authority in ca_file is trusted")
        func trustsTheFile() async throws {
            let certificates = try await TestCertificates.shared()
            let place = try await GeminiPlace(certificates.localhost)
            let answer = try await ask(place, authority: certificates.authority)
            #expect(try answer.get() == "urn sum(items)")
        }

        @Test("a certificate of an unknown authority is not trusted, and nothing is sent")
        func refusesUnknownAuthorities() async throws {
            let certificates = try await TestCertificates.shared()
            for authority in [nil, certificates.stranger] {
                let place = try await GeminiPlace(certificates.localhost)
                try await expectRefusal(place, authority: authority)
            }
        }

        @Test("a certificate for another name is not trusted, and nothing is sent")
        func refusesOtherNames() async throws {
            let certificates = try await TestCertificates.shared()
            let place = try await GeminiPlace(certificates.elsewhere)
            try await expectRefusal(place, authority: certificates.authority)
        }

        private func expectRefusal(_ place: GeminiPlace, authority: String?) async throws {
            let error = try #require(try await ask(place, authority: authority).failure)
            #expect(error.code == .unavailable)
            #expect(error.message.contains("certificate"))
            let state = try await place.server.state()
            #expect(state.accepted > 0)
            #expect(state.requests.isEmpty)
        }

        private func ask(
            _ place: GeminiPlace, authority: String?
        ) async throws -> Result<String?, AutocompleteError> {
            let provider = try await GeminiPlace.provider(at: place.server.url(host: "localhost")) {
                $0.setting(GeminiAutocompleteProvider.caFile, to: authority ?? "")
            }
            let answer = await provider.answer()
            await provider.close()
            return answer
        }
    }
}
