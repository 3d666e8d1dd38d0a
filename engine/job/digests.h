/* Texts known again by 96 bits of their SHA-256, each with a number: 16 bytes a text, however long
 * it is. Two texts of the same bits are not met by chance; who makes some on purpose is told that
 * they are the same, and gains nothing. */
#ifndef BP_JOB_DIGESTS_H
#define BP_JOB_DIGESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t bits[3]; /* All 0: the place is free. */
    uint32_t number;
} bp_digest;

/* Begins as {0}. */
typedef struct {
    bp_digest *items;
    size_t count, room; /* `room` is a power of 2, or 0. */
} bp_digests;

/* The number of a text, lent until the next call, which may write it; NULL where it is not known.
 */
uint32_t *bp_digests_find(const bp_digests *digests, const char *text, size_t length);

/* The same; a text that is not known is added with the number 0. NULL when memory is refused. */
uint32_t *bp_digests_add(bp_digests *digests, const char *text, size_t length);

void bp_digests_clear(bp_digests *digests);

#endif
