/* SHA-256, for identifiers and fingerprints made from content. */
#ifndef BP_BASE_HASH_H
#define BP_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t state[8];
    uint64_t length;
    unsigned char block[64];
} bp_hash;

void bp_hash_init(bp_hash *hash);
void bp_hash_add(bp_hash *hash, const void *bytes, size_t length);
void bp_hash_end(bp_hash *hash, unsigned char out[32]);

/* Whether the processor's own instructions may be used, which are where there are any; answers
 * whether they are. For tests. */
bool bp_hash_use_instructions(bool wanted);

/* A quick 64-bit hash for tables in memory (FNV-1a); never written out. */
uint64_t bp_hash_quick(const void *bytes, size_t length);

#endif
