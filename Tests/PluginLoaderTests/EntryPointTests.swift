import PluginLoader
import Testing

/// Libraries in C, whose entry points are missing or return nothing that would do.
@Suite struct EntryPointTests {
    @Test func aLibraryWithoutTheFirstEntryPointIsNoPlugin() async throws {
        let path = try await Libraries.plain.value
        let error = try refusal(of: path)
        #expect(error.found == "`\(path)` is no Pairloom plugin: it does not export `providerkit_plugin_abi`")
        #expect(error.help == "a plugin defines that function with @c, see CProviderKitABI.h")
    }

    @Test func aPluginWithoutTheSecondEntryPointIsNoPlugin() async throws {
        let path = try await plugin("no-providers", tag: Self.tag)
        #expect(
            try refusal(of: path).found
                == "`\(path)` is no Pairloom plugin: it does not export `providerkit_plugin_providers`")
    }

    @Test func aPluginWithoutATagIsRefused() async throws {
        let path = try await plugin("null-tag", tag: "0", providers: Self.trap)
        let error = try refusal(of: path)
        #expect(
            error.found
                == "`\(path)` does not say what it was built with: `providerkit_plugin_abi` returns NULL")
        #expect(error.help == "let that return providerkit_abi_tag()")
    }

    @Test func aTagThatIsNoneIsQuoted() async throws {
        let path = try await plugin("foreign-tag", tag: #""1.0\nbeta""#, providers: Self.trap)
        #expect(
            try refusal(of: path).found
                == #"`\#(path)` says that it was built with "1.0 beta", which is no version of ProviderKit"#)
    }

    @Test func aPluginByAnotherCompilerIsRefused() async throws {
        let tag = #""providerkit-abi=" PROVIDERKIT_ABI_VERSION ";compiler=GCC 12.2.0""#
        let path = try await plugin("other-compiler", tag: tag, providers: Self.trap)
        #expect(try refusal(of: path).found.hasPrefix("`\(path)` is built by GCC 12.2.0, this server by Clang "))
    }

    @Test func aPluginThatReturnsNothingIsRefused() async throws {
        let path = try await plugin("null-providers", tag: Self.tag, providers: "0")
        #expect(
            try refusal(of: path).found
                == "`\(path)` hands nothing over: `providerkit_plugin_providers` returns NULL")
    }

    private static let tag = "providerkit_abi_tag()"
    /// Ends the process: the second entry point is not called when the first says the wrong thing.
    private static let trap = "(__builtin_trap(), (void *)0)"

    private func plugin(_ name: String, tag: String, providers: String? = nil) async throws -> String {
        let providers = providers.map { ["-DPROVIDERS=\($0)"] } ?? []
        return try await Compiler.c("lib\(name).so", ["-shared", "-DTAG=\(tag)"] + providers)
    }
}
