/* What the two halves of the bidi algorithm share: explicit levels and order (bidi.c), and the
 * types of characters within an isolating run sequence (bidi_types.c). */
#ifndef BP_TEXT_BIDI_PRIVATE_H
#define BP_TEXT_BIDI_PRIVATE_H

#include "text/bidi.h"

#define BP_BIDI_NONE UINT32_MAX

/* A character. Types are those of ICU's UCharDirection. */
typedef struct {
    uint32_t character;
    uint32_t match; /* Of an isolate's start or end: the other one, or BP_BIDI_NONE. */
    uint8_t type;   /* As resolved so far. */
    uint8_t given;  /* Its own. */
    uint8_t level;
} bp_bidi_unit;

/* Resolves the types and levels of an isolating run sequence: `numbers` has those of its
 * units, all of one level (rules W1 to I2). `before` and `after` are L or R, the types at its ends.
 */
void bp_bidi_resolve(bp_bidi_unit *units, const uint32_t *numbers, size_t count, uint8_t before,
                     uint8_t after);

#endif
