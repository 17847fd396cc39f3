extension PluginLoadError {
    static func noEntryPoint(_ path: String, _ name: String) -> PluginLoadError {
        PluginLoadError(
            "`\(path)` is no Pairloom plugin: it does not export `\(name)`",
            help: "a plugin defines that function with @c, see CProviderKitABI.h")
    }

    static func noTag(_ path: String) -> PluginLoadError {
        PluginLoadError(
            "`\(path)` does not say what it was built with: `providerkit_plugin_abi` returns NULL",
            help: "let that return providerkit_abi_tag()")
    }

    static func otherABI(_ path: String, _ tag: ABITag, server: ABITag) -> PluginLoadError {
        guard let number = tag.number, let compiler = tag.compiler else {
            return PluginLoadError(
                "`\(path)` says that it was built with \"\(tag.text.prefix(60))\", which is no version of ProviderKit",
                help: "let `providerkit_plugin_abi` return providerkit_abi_tag()")
        }
        if number != server.number {
            return PluginLoadError(
                "`\(path)` is built for ProviderKit ABI \(number), this server has \(server.number ?? "none")",
                help: rebuild)
        }
        return PluginLoadError(
            "`\(path)` is built by \(compiler), this server by \(server.compiler ?? "another compiler")", help: rebuild)
    }

    static func handsNothingOver(_ path: String) -> PluginLoadError {
        PluginLoadError(
            "`\(path)` hands nothing over: `providerkit_plugin_providers` returns NULL",
            help: "let that return what PluginProviders.handOver gives")
    }

    static func doesNotStart(_ path: String, _ error: any Error) -> PluginLoadError {
        PluginLoadError(
            "`\(path)` does not start: \(error)", help: "set right what it says, or take it out of the configuration")
    }

    static func offersNothing(_ path: String) -> PluginLoadError {
        PluginLoadError("`\(path)` offers no providers", help: "take it out of the configuration")
    }
}
