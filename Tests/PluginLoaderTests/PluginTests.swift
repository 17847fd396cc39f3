import CollabText
import PluginLoader
import ProviderKit
import Testing

/// Plugins in Swift that were built for this server, or nearly so.
@Suite struct PluginTests {
    @Test func aPluginsProvidersCanBeUsed() async throws {
        let providers = try await PluginLoader.load(Libraries.words.value)
        let policy = try await #require(providers.conflict.first).make(OptionValues(), .silent)
        #expect(policy.staleEdits == .refuse)

        let descriptor = try #require(providers.autocomplete.first)
        #expect(descriptor.options.map(\.name) == ["word"])
        let provider = try await descriptor.make(OptionValues(["word": .string("host")]), .silent)
        #expect(try await provider.complete(Self.request) == Completion("host"))
    }

    @Test func theErrorsOfAPluginAreThoseOfTheServer() async throws {
        let providers = try await PluginLoader.load(Libraries.words.value)
        let store = try #require(providers.storage.first)
        let startError = await #expect(throws: ProviderStartError.self) {
            _ = try await store.make(OptionValues(), .silent)
        }
        #expect(startError?.message == "there is no store" && startError?.isRetryable == true)

        let descriptor = try #require(providers.autocomplete.first)
        let provider = try await descriptor.make(OptionValues(["word": .string("")]), .silent)
        // As `any Error`, so that it has to be cast back.
        let error = await #expect(throws: (any Error).self) { _ = try await provider.complete(Self.request) }
        #expect((error as? AutocompleteError)?.code == .closed)
    }

    @Test func aFileThatIsLoadedTwiceOffersTheSameTwice() async throws {
        let path = try await Libraries.words.value
        let names = try PluginLoader.load(path).conflict.map(\.name)
        #expect(names == ["strict"])
        #expect(try PluginLoader.load(path).conflict.map(\.name) == names)
    }

    @Test func aPluginForAnotherABIIsRefused() async throws {
        let path = try await Compiler.swiftLibrary(
            "OtherABI", from: "WordPlugin.swift", ["-Xcc", "-DPROVIDERKIT_ABI_VERSION=\"99\""])
        let error = try refusal(of: path)
        #expect(error.found.hasPrefix("`\(path)` is built for ProviderKit ABI 99, this server has "))
        #expect(error.help == "build it against this server's Sources/ProviderKit, with the same Swift compiler")
    }

    @Test func whatAPluginThrowsIsToldInOneLine() async throws {
        let path = try await Compiler.swiftLibrary("FailingPlugin", from: "FailingPlugin.swift")
        let error = try refusal(of: path)
        #expect(error.found == "`\(path)` does not start: no licence: licence.txt is not there [0m")
    }

    @Test func aPluginThatOffersNothingIsRefused() async throws {
        let path = try await Compiler.swiftLibrary("EmptyPlugin", from: "EmptyPlugin.swift")
        #expect(try refusal(of: path).found == "`\(path)` offers no providers")
    }

    private static let request = CompletionRequest(
        text: "let ", cursor: 4, language: "swift", deadline: .now + .seconds(60))
}
