/* The arena: see arena.h. Blocks grow with what is in it, so that a large file takes few of them.
 */
#include "data/arena.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"

struct bp_arena_block {
    bp_arena_block *next;
    size_t used, size;
    max_align_t bytes[];
};

enum { BLOCK_LEAST = 4096, BLOCK_MOST = 1 << 18 };

void bp_arena_clear(bp_arena *arena)
{
    while (arena->blocks != NULL) {
        bp_arena_block *next = arena->blocks->next;
        bp_free(arena->blocks);
        arena->blocks = next;
    }
}

static bp_arena_block *add_block(bp_arena *arena, size_t wanted)
{
    size_t size = arena->blocks ? arena->blocks->size * 2 : BLOCK_LEAST;
    if (size > BLOCK_MOST)
        size = BLOCK_MOST;
    bool is_large = wanted > size / 4;
    if (is_large)
        size = wanted;
    bp_arena_block *block = bp_alloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    block->used = 0;
    block->size = size;
    if (is_large && arena->blocks != NULL) { /* Of its own: the newest block may still have room. */
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        block->next = arena->blocks;
        arena->blocks = block;
    }
    return block;
}

static void *take(bp_arena *arena, size_t length, size_t align)
{
    if (length > PTRDIFF_MAX / 2)
        return NULL;
    bp_arena_block *block = arena->blocks;
    size_t at = block ? (block->used + align - 1) / align * align : 0;
    if (block == NULL || at > block->size || length > block->size - at) {
        block = add_block(arena, length);
        at = 0;
    }
    if (block == NULL)
        return NULL;
    block->used = at + length;
    return (char *)block->bytes + at;
}

void *bp_arena_take(bp_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > PTRDIFF_MAX / 2 / size)
        return NULL;
    void *memory = take(arena, count * size, _Alignof(max_align_t));
    if (memory != NULL)
        memset(memory, 0, count * size);
    return memory;
}

char *bp_arena_text(bp_arena *arena, const char *bytes, size_t length)
{
    char *text = take(arena, length + 1, 1);
    if (text == NULL)
        return NULL;
    if (length != 0)
        memcpy(text, bytes, length);
    text[length] = '\0';
    return text;
}

void *bp_arena_push(bp_arena *arena, void *items, size_t *count, size_t *capacity, size_t size)
{
    char *old;
    memcpy(&old, items, sizeof old); /* `items` points to a pointer of any type. */
    if (*count == *capacity) {
        size_t more = *capacity ? *capacity * 2 : 4;
        char *grown = bp_arena_take(arena, more, size);
        if (grown == NULL)
            return NULL;
        if (*count != 0)
            memcpy(grown, old, *count * size);
        memcpy(items, &grown, sizeof grown);
        *capacity = more;
        old = grown;
    }
    return old + size * (*count)++;
}
