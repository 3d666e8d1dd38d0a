/* An arena: blocks that live and die together. The model of a data file is thousands of small texts
 * and lists that all end with it; one arena keeps them in a few large blocks of the one allocator.
 */
#ifndef BP_DATA_ARENA_H
#define BP_DATA_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bp_arena_block bp_arena_block;
typedef struct {
    bp_arena_block *blocks; /* The newest first. */
} bp_arena;

/* An arena begins as {0}; `clear` ends everything taken from it. */
void bp_arena_clear(bp_arena *arena);

/* Zeroed memory, aligned for anything; NULL when refused. Lent until `clear`. */
void *bp_arena_take(bp_arena *arena, size_t count, size_t size);

/* A copy with a NUL added; NULL when refused. */
char *bp_arena_text(bp_arena *arena, const char *bytes, size_t length);

/* Makes room for one more element of `size` bytes in `*items` (count in use, capacity held) and
 * lends it, zeroed and counted; NULL when refused, and then nothing has changed. Old blocks stay in
 * the arena. */
void *bp_arena_push(bp_arena *arena, void *items, size_t *count, size_t *capacity, size_t size);

#endif
