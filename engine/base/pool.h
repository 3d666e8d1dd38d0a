/* Cells for small blocks, cut from few large chunks. A report is made of tens of thousands of
 * blocks of some dozen bytes that live as long as the run: taking one here is a list's head or the
 * next free place, and what was taken together lies together. mem.c is the only caller. One thread
 * only. */
#ifndef BP_BASE_POOL_H
#define BP_BASE_POOL_H

#include <stddef.h>

#define BP_POOL_MOST (32768u - 8u) /* Bytes of the largest block. */

/* A block of at least `size` bytes (at most BP_POOL_MOST), aligned for anything; the eight bytes in
 * front of it are the caller's as well. NULL when the system refuses memory. */
void *bp_pool_take(size_t size);

/* Ends a block that was taken with a size of the same room. */
void bp_pool_give(void *block, size_t size);

/* The bytes a block taken with `size` really has: sizes with the same room are interchangeable. */
size_t bp_pool_room(size_t size);

/* Bytes the pool holds of the system beyond its first chunk; for tests. */
size_t bp_pool_bytes(void);

#endif
