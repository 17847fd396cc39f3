#pragma once

/// The number of ProviderKit's binary interface: raised with every change of a public layout or signature.
#define PROVIDERKIT_ABI_VERSION "1"

/// What host and plugin compare before anything else is called: the SDK's number and the compiler's version.
///
/// `static inline`, so that whoever includes this header bakes in the values it was itself compiled with.
static inline const char *_Nonnull providerkit_abi_tag(void) {
    return "providerkit-abi=" PROVIDERKIT_ABI_VERSION ";compiler=" __VERSION__;
}
