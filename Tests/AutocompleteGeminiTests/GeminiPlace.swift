import CollabText
import Foundation
import ProviderKit
import TestSupport

@testable import AutocompleteGemini

/// A provider before a server on this machine, and the code that it is asked about.
struct GeminiPlace {
    static let key = "AIza-test-key-0123456789"

    let server: FakeGemini

    init(_ certificate: FakeGemini.Certificate? = nil) async throws {
        server = try await FakeGemini(certificate)
    }

    /// The one before a server that tests share which count nothing, or only what they add.
    static func shared() async throws -> GeminiPlace {
        try await sharedPlace.value
    }

    private static let sharedPlace = Task { try await GeminiPlace() }

    /// A provider as the host makes it.
    ///
    /// - Parameter model: says what the server does.
    func provider(
        _ model: String = "gemini-3.5-flash-lite", _ change: (OptionValues) -> OptionValues = { $0 }
    ) async throws -> any AutocompleteProvider {
        try await Self.provider(at: server.url(), model, change)
    }

    static func provider(
        at url: String, _ model: String = "gemini-3.5-flash-lite", _ change: (OptionValues) -> OptionValues = { $0 }
    ) async throws -> any AutocompleteProvider {
        typealias Options = GeminiAutocompleteProvider
        // Only the request's own deadline is to count, however busy the machine.
        let options = OptionValues().setting(Options.apiKey, to: key).setting(Options.baseURL, to: url)
            .setting(Options.model, to: model).setting(Options.connectTimeout, to: .seconds(60))
            .setting(Options.timeout, to: .seconds(60))
        return try await Options.descriptor.make(change(options), .silent)
    }

    /// Asks a provider, made for this, at `def total(items):\n    ret|`, and closes it.
    func ask(
        _ model: String, within time: Duration = .seconds(60), _ change: (OptionValues) -> OptionValues = { $0 }
    ) async throws -> Result<String?, AutocompleteError> {
        let provider = try await provider(model, change)
        let answer = await provider.answer(within: time)
        await provider.close()
        return answer
    }
}

extension AutocompleteProvider {
    /// What the provider says about a small code.
    func answer(within time: Duration = .seconds(60)) async -> Result<String?, AutocompleteError> {
        do {
            return .success(try await complete(.sample(within: time))?.suggestion)
        } catch {
            return .failure(error)
        }
    }
}

extension CompletionRequest {
    /// At the end of the second of three lines.
    static func sample(within time: Duration = .seconds(60)) -> CompletionRequest {
        let before = "def total(items):  # Σ \"all\"/each 😀\n    ret"
        let after = "\n\nprint(total([1]))\n"
        return CompletionRequest(
            text: TextBuffer(before + after), cursor: before.utf16.count, language: "python", deadline: .now + time)
    }
}

extension Result where Failure == AutocompleteError {
    /// The error; nil when there is none.
    var failure: AutocompleteError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
