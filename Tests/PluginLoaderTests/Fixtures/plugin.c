// A plugin in C. What its functions return is said on the command line; one of which nothing is said is missing.
#include "CProviderKitABI.h"

#ifdef TAG
const char *providerkit_plugin_abi(void) { return TAG; }
#endif

#ifdef PROVIDERS
void *providerkit_plugin_providers(void) { return PROVIDERS; }
#endif

#ifdef NEEDS
int NEEDS(void);
int needs(void) { return NEEDS(); }
#endif
