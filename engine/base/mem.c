/* The one allocator: the size of each block stands in front of it, so that bytes alive are exact.
 * Small blocks come from the pool, except under the sanitizers, which must see each of them.
 */
#include "base/mem.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/pool.h"

bp_mem_probe bp_mem;

/* In front of a block that is not the pool's; the size is the last of it. */
typedef struct {
    size_t unused, size;
} header;
static_assert(sizeof(header) % alignof(max_align_t) == 0, "blocks are aligned for anything");

#define FREED SIZE_MAX /* In the place of a size: the block was ended. */

static bool is_pooled(size_t size)
{
#ifdef BP_SANITIZED
    (void)size;
    return false;
#else
    return size <= BP_POOL_MOST;
#endif
}

static size_t *size_of(void *block)
{
    return (size_t *)block - 1;
}

static void *take(size_t size)
{
    if (is_pooled(size))
        return bp_pool_take(size);
    header *head = malloc(sizeof *head + (size ? size : 1));
    if (head == NULL)
        return NULL;
    head->size = size;
    return head + 1;
}

static void give(void *block, size_t size)
{
    if (is_pooled(size))
        bp_pool_give(block, size);
    else
        free((header *)block - 1);
}

/* A block of another size with the same bytes; NULL: the old one is untouched. */
static void *move(void *block, size_t old, size_t size)
{
    if (is_pooled(old) && is_pooled(size) && bp_pool_room(old) == bp_pool_room(size))
        return block;
    if (!is_pooled(old) && !is_pooled(size)) {
        header *moved = realloc((header *)block - 1, sizeof *moved + (size ? size : 1));
        if (moved == NULL)
            return NULL;
        moved->size = size;
        return moved + 1;
    }
    void *moved = take(size);
    if (moved == NULL)
        return NULL;
    memcpy(moved, block, old < size ? old : size);
    give(block, old);
    return moved;
}

static bool is_refused(size_t more)
{
    bp_mem.asked++;
    if (bp_mem.fail_at != 0 &&
        (bp_mem.asked == bp_mem.fail_at || (bp_mem.fail_on && bp_mem.asked > bp_mem.fail_at))) {
        bp_mem.refused++;
        return true;
    }
    if (bp_mem.budget != 0 && (more > bp_mem.budget || bp_mem.bytes > bp_mem.budget - more)) {
        bp_mem.over_budget = true;
        return true;
    }
    return false;
}

static void count(size_t size)
{
    bp_mem.bytes += size;
    if (bp_mem.bytes > bp_mem.peak)
        bp_mem.peak = bp_mem.bytes;
}

void *bp_alloc(size_t size)
{
    if (size > PTRDIFF_MAX - sizeof(header) || is_refused(size))
        return NULL;
    void *block = take(size);
    if (block == NULL)
        return NULL;
    *size_of(block) = size;
    count(size);
    bp_mem.live++;
    return block;
}

void *bp_alloc_zero(size_t number, size_t size)
{
    if (size != 0 && number > PTRDIFF_MAX / size)
        return NULL;
    void *block = bp_alloc(number * size);
    if (block != NULL)
        memset(block, 0, number * size);
    return block;
}

void *bp_realloc(void *block, size_t size)
{
    if (block == NULL)
        return bp_alloc(size);
    size_t old = *size_of(block);
    if (size > PTRDIFF_MAX - sizeof(header) || is_refused(size > old ? size - old : 0))
        return NULL;
    block = move(block, old, size);
    if (block == NULL)
        return NULL;
    *size_of(block) = size;
    bp_mem.bytes -= old;
    count(size);
    return block;
}

void bp_free(void *block)
{
    if (block == NULL)
        return;
    size_t size = *size_of(block);
    assert(size != FREED);
    *size_of(block) = FREED;
    bp_mem.bytes -= size;
    bp_mem.live--;
    give(block, size);
}

char *bp_copy_bytes(const char *bytes, size_t length)
{
    char *copy = length < PTRDIFF_MAX ? bp_alloc(length + 1) : NULL;
    if (copy == NULL)
        return NULL;
    if (length != 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *bp_copy_text(const char *text)
{
    return bp_copy_bytes(text, strlen(text));
}
