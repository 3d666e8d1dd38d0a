/* Memory: every block of ours, of Lua, libharu, cJSON and libpng comes from here, so that a budget
 * can bound it and a test can refuse any single block and count what is still alive. One thread
 * only. */
#ifndef BP_BASE_MEM_H
#define BP_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    size_t budget;    /* Bytes that may live at once; 0: no bound. */
    size_t bytes;     /* Bytes alive. */
    size_t peak;      /* The most bytes that were alive at once. */
    long live;        /* Blocks alive. */
    long asked;       /* Blocks asked for so far. */
    long fail_at;     /* Refuse the block with this number, counted from 1; 0: none. */
    bool fail_on;     /* Refuse all blocks from `fail_at` on. */
    long refused;     /* Blocks refused by the probe. */
    bool over_budget; /* The budget has refused a block since this was last cleared. */
    bool is_starved; /* The system has refused a block to anybody in this process, where the program
                      * can see that (cli/refusals.c). */
} bp_mem_probe;

/* The state of the one allocator; tests write `fail_at` and `fail_on`, the worker writes `budget`.
 */
extern bp_mem_probe bp_mem;

/* A block of `size` bytes (0 counts as 1), zeroed by bp_alloc_zero; NULL when refused. Yours to
 * free. */
void *bp_alloc(size_t size);
void *bp_alloc_zero(size_t number, size_t size);

/* Grows or shrinks `block` (NULL: a new one). On NULL the old block is untouched. */
void *bp_realloc(void *block, size_t size);

/* Ends a block; NULL is fine. */
void bp_free(void *block);

/* A copy of the text, or of its first `length` bytes with a NUL added; NULL when refused. */
char *bp_copy_text(const char *text);
char *bp_copy_bytes(const char *bytes, size_t length);

#endif
