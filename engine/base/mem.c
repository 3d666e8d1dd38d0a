/* The one allocator: a header in front of each block keeps its size, so that bytes alive are exact.
 */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bp_mem_probe bp_mem;

/* As large as the strictest alignment, so that the block behind it is aligned for anything. */
typedef union {
    size_t size;
    max_align_t align;
} header;

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
    header *head = malloc(sizeof(header) + (size ? size : 1));
    if (head == NULL)
        return NULL;
    head->size = size;
    count(size);
    bp_mem.live++;
    return head + 1;
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
    header *head = (header *)block - 1;
    size_t old = head->size;
    if (size > PTRDIFF_MAX - sizeof(header) || is_refused(size > old ? size - old : 0))
        return NULL;
    header *moved = realloc(head, sizeof(header) + (size ? size : 1));
    if (moved == NULL)
        return NULL;
    moved->size = size;
    bp_mem.bytes -= old;
    count(size);
    return moved + 1;
}

void bp_free(void *block)
{
    if (block == NULL)
        return;
    header *head = (header *)block - 1;
    bp_mem.bytes -= head->size;
    bp_mem.live--;
    free(head);
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
