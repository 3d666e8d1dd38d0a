/* Opening fontconfig: see fontconfig_private.h. It stays open: it keeps caches of its own. */
#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "text/fontconfig_private.h"

#define LIBRARY "libfontconfig.so.1"

static bool find(void *library, const char *name, void *function, size_t size)
{
    void *found = dlsym(library, name);
    memcpy(function, &found, size < sizeof found ? size : sizeof found);
    return found != NULL;
}

const bp_fontconfig *bp_fontconfig_open(void)
{
    static bool is_asked, is_there;
    static bp_fontconfig functions;
    if (is_asked)
        return is_there ? &functions : NULL;
    is_asked = true;
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return NULL;
    is_there = true;
#define FIND(name)                                                                                 \
    is_there = find(library, #name, &functions.name, sizeof functions.name) && is_there;
    BP_FONTCONFIG_FUNCTIONS(FIND)
    return is_there ? &functions : NULL;
}
