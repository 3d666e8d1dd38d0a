/* Opening libqpdf: see qpdf_private.h. */
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "pdf/qpdf_private.h"

static bool find(void *library, const char *name, void *function, size_t size)
{
    void *found = dlsym(library, name);
    memcpy(function, &found, size < sizeof found ? size : sizeof found);
    return found != NULL;
}

const bp_qpdf *bp_qpdf_open(bp_error *err)
{
    static void *library;
    static bp_qpdf functions;
    static bool is_whole;
    if (library == NULL) {
        /* Another try later may find memory that was missing now. */
        library = dlopen(BP_QPDF_LIBRARY, RTLD_NOW | RTLD_LOCAL);
        if (library == NULL) {
            const char *why = dlerror();
            bp_fail(err, BP_ERR_SYSTEM, NULL, "libqpdf cannot be opened: %s", why ? why : "");
            return NULL;
        }
        is_whole = true;
#define FIND(name)                                                                                 \
    is_whole = find(library, #name, &functions.name, sizeof functions.name) && is_whole;
        BP_QPDF_FUNCTIONS(FIND)
    }
    if (!is_whole)
        bp_fail(err, BP_ERR_SYSTEM, NULL, "%s lacks a function", BP_QPDF_LIBRARY);
    return is_whole ? &functions : NULL;
}
