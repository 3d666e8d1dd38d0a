/* Memory that the system refuses to a library of others. Ours tells each refusal; HarfBuzz goes on
 * without the block, and a word may then be set with other glyphs, which nobody would notice. So
 * the program sees every malloc in its process, hands it on to the C library, and notes what was
 * refused: a rendering that saw one fails (bp_mem.is_starved). Only where the C library has these
 * names; sanitizers bring an allocator of their own. */
#include <malloc.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/mem.h"

#if defined __GLIBC__ && !defined BP_SANITIZED

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the C library's names. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t number, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

#define SEEN __attribute__((visibility("default")))

static void *note(void *block)
{
    if (block == NULL)
        bp_mem.is_starved = true;
    return block;
}

SEEN void *malloc(size_t size)
{
    return note(__libc_malloc(size));
}

SEEN void *calloc(size_t number, size_t size)
{
    return note(__libc_calloc(number, size));
}

SEEN void *realloc(void *block, size_t size)
{
    void *grown = __libc_realloc(block, size);
    return size == 0 ? grown : note(grown);
}

SEEN void *memalign(size_t alignment, size_t size)
{
    return note(__libc_memalign(alignment, size));
}

SEEN void *aligned_alloc(size_t alignment, size_t size)
{
    return note(__libc_memalign(alignment, size));
}

SEEN void free(void *block)
{
    __libc_free(block);
}

#endif
