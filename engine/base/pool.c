/* The pool: see pool.h. Cells have fixed sizes, 16 bytes apart up to 1 KiB and a quarter of a power
 * of two apart above; each size has its list of free cells. A chunk is used from its start; what is
 * left of it when a cell no longer fits becomes free cells. When no cell is in use any more, all
 * chunks but the first go back to the system.
 *
 * Touching a page for the first time costs the kernel 0.5 to 2 microseconds, which for a briefing
 * would be a tenth of its time. So the first chunks are aligned for pages of 2 MiB, which the
 * kernel fills at once where it has one at hand; later ones are small, so that a long run holds
 * little it does not use. */
#include "base/pool.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>

#define STEP 16u        /* Between the sizes of small cells. */
#define HEAD 8u         /* In front of each block. */
#define FINE_MOST 1024u /* Bytes of the largest small cell. */
#define FINE_COUNT (FINE_MOST / STEP)
#define CLASS_COUNT (FINE_COUNT + 20) /* Four sizes for each of 5 doublings above. */

#define FIRST_BYTES (64u << 10)
#define HUGE_BYTES (2u << 20)
#define HUGE_MOST 2u /* Chunks of a huge page each. */
#define LATER_BYTES (256u << 10)

typedef struct cell {
    struct cell *next;
} cell;

/* In front of the cells of a chunk; its size keeps blocks behind a HEAD aligned. */
typedef struct chunk {
    struct chunk *next;
    size_t size;
    size_t unused;
} chunk;
static_assert((sizeof(chunk) + HEAD) % STEP == 0, "blocks are aligned");

static alignas(STEP) char first[FIRST_BYTES];
static struct {
    cell *free[CLASS_COUNT];
    char *at, *end; /* What is left of the newest chunk. */
    chunk *chunks;  /* All but the first. */
    size_t chunk_count, bytes;
    long live; /* Cells in use. */
} pool = {.at = first + STEP - HEAD, .end = first + FIRST_BYTES - HEAD};

typedef struct {
    unsigned class;
    unsigned size; /* Bytes of the cell. */
} kind;

/* The smallest cell that has room for a block. */
static kind kind_of(size_t size)
{
    unsigned whole = (unsigned)size + HEAD;
    if (whole <= FINE_MOST) {
        unsigned n = (whole + STEP - 1) / STEP;
        return (kind){n - 1, n * STEP};
    }
    unsigned shift = 29 - (unsigned)__builtin_clz(whole - 1); /* Of a quarter of 2^n < whole. */
    unsigned n = ((whole - 1) >> shift) + 1;                  /* 5 to 8 quarters. */
    return (kind){FINE_COUNT + (shift - 8) * 4 + (n - 5), n << shift};
}

static void put(cell *free, unsigned class)
{
    free->next = pool.free[class];
    pool.free[class] = free;
}

/* The rest of the newest chunk becomes free cells, the largest that fit. */
static void use_up(void)
{
    for (size_t left; (left = (size_t)(pool.end - pool.at)) >= STEP;) {
        kind it = {0};
        if (left >= BP_POOL_MOST + HEAD)
            it = kind_of(BP_POOL_MOST);
        else if (left > FINE_MOST) /* A cell of `left` bytes may be too large; one before fits. */
            it = kind_of((left >> (29 - __builtin_clz((unsigned)left))
                                      << (29 - __builtin_clz((unsigned)left))) -
                         HEAD);
        else
            it = kind_of(left / STEP * STEP - HEAD);
        put((cell *)(void *)(pool.at + HEAD), it.class);
        pool.at += it.size;
    }
}

static void *map(size_t size)
{
    void *found = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return found == MAP_FAILED ? NULL : found;
}

/* As many bytes as a huge page has, where one can stand. */
static void *map_huge(void)
{
    char *wide = map(2 * HUGE_BYTES);
    if (wide == NULL)
        return NULL;
    size_t before = HUGE_BYTES - (uintptr_t)wide % HUGE_BYTES;
    if (before != 0)
        (void)munmap(wide, before);
    if (before != HUGE_BYTES)
        (void)munmap(wide + before + HUGE_BYTES, HUGE_BYTES - before);
    (void)madvise(wide + before, HUGE_BYTES, MADV_HUGEPAGE);
    return wide + before;
}

static bool add_chunk(void)
{
    bool is_huge = pool.chunk_count < HUGE_MOST;
    size_t size = is_huge ? HUGE_BYTES : LATER_BYTES;
    chunk *fresh = is_huge ? map_huge() : map(size);
    if (fresh == NULL)
        return false;
    use_up();
    *fresh = (chunk){.next = pool.chunks, .size = size};
    pool.chunks = fresh;
    pool.chunk_count++;
    pool.bytes += size;
    pool.at = (char *)(fresh + 1);
    pool.end = (char *)fresh + size - HEAD;
    return true;
}

static void end_chunks(void)
{
    for (chunk *one = pool.chunks, *next; one != NULL; one = next) {
        next = one->next;
        (void)munmap(one, one->size);
    }
    for (unsigned class = 0; class < CLASS_COUNT; class ++)
        pool.free[class] = NULL;
    pool.at = first + STEP - HEAD;
    pool.end = first + FIRST_BYTES - HEAD;
    pool.chunks = NULL;
    pool.chunk_count = pool.bytes = 0;
}

void *bp_pool_take(size_t size)
{
    kind it = kind_of(size);
    cell *found = pool.free[it.class];
    if (found != NULL) {
        pool.free[it.class] = found->next;
    } else {
        if ((size_t)(pool.end - pool.at) < it.size && !add_chunk())
            return NULL;
        found = (cell *)(void *)(pool.at + HEAD);
        pool.at += it.size;
    }
    pool.live++;
    return found;
}

void bp_pool_give(void *block, size_t size)
{
    put(block, kind_of(size).class);
    if (--pool.live == 0 && pool.chunks != NULL)
        end_chunks();
}

size_t bp_pool_room(size_t size)
{
    return kind_of(size).size - HEAD;
}

size_t bp_pool_bytes(void)
{
    return pool.bytes;
}
