/// What a plugin offers: providers of any contract.
///
/// A plugin is a shared library that exports two C functions (see `CProviderKitABI.h`); in Swift:
/// ```swift
/// import CProviderKitABI
/// import ProviderKit
///
/// @c(providerkit_plugin_abi)
/// public func pluginABI() -> UnsafePointer<CChar> { providerkit_abi_tag() }
///
/// @c(providerkit_plugin_providers)
/// public func pluginProviders() -> UnsafeMutableRawPointer {
///     PluginProviders.handOver { PluginProviders(storage: [WordStoreProvider.descriptor]) }
/// }
/// ```
public struct PluginProviders: Sendable {
    /// Stores of rooms.
    public let storage: [ProviderDescriptor<any RoomStore>]
    /// Sources of suggestions.
    public let autocomplete: [ProviderDescriptor<any AutocompleteProvider>]
    /// Conflict policies.
    public let conflict: [ProviderDescriptor<any ConflictPolicy>]

    /// An offer; of what is left out, there is none.
    public init(
        storage: [ProviderDescriptor<any RoomStore>] = [],
        autocomplete: [ProviderDescriptor<any AutocompleteProvider>] = [],
        conflict: [ProviderDescriptor<any ConflictPolicy>] = []
    ) {
        self.storage = storage
        self.autocomplete = autocomplete
        self.conflict = conflict
    }
}

extension PluginProviders {
    /// What the entry point `providerkit_plugin_providers` returns.
    ///
    /// - Parameter providers: tells what the plugin offers; called at once. What it throws keeps the host from starting,
    ///   and is shown to the operator, so it should say in one line what would help.
    public static func handOver(_ providers: () throws -> PluginProviders) -> UnsafeMutableRawPointer {
        Unmanaged.passRetained(Box(Result(catching: providers))).toOpaque()
    }

    /// What an entry point returned, as the host takes it, once.
    ///
    /// - Throws: what the plugin threw instead of telling what it offers.
    public static func takeOver(_ pointer: UnsafeMutableRawPointer) throws -> PluginProviders {
        try Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().providers.get()
    }

    /// What crosses the border between two libraries: one pointer to an object.
    private final class Box {
        let providers: Result<PluginProviders, any Error>

        init(_ providers: Result<PluginProviders, any Error>) {
            self.providers = providers
        }
    }
}
