#pragma once

/// The number of ProviderKit's binary interface: raised with every change of a public layout or signature, which
/// `scripts/check-abi` finds.
#ifndef PROVIDERKIT_ABI_VERSION
#define PROVIDERKIT_ABI_VERSION "4"
#endif

/// What host and plugin compare before anything else is called: the SDK's number and the compiler's version.
///
/// `static inline`, so that whoever includes this header bakes in the values it was itself compiled with.
static inline const char *_Nonnull providerkit_abi_tag(void) {
    return "providerkit-abi=" PROVIDERKIT_ABI_VERSION ";compiler=" __VERSION__;
}

// A plugin exports two functions:
//
//     const char *providerkit_plugin_abi(void);    returns providerkit_abi_tag(); called first
//     void *providerkit_plugin_providers(void);    returns what PluginProviders.handOver gives
//
// They are not declared here, since a plugin in Swift defines them by `@c`.
