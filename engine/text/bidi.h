/* The levels of bidirectional text (UAX 9, Unicode 15). The algorithm is our own on ICU's
 * compiled-in properties: ICU's gives other levels than the conformance files in overrides, looks
 * up runs one among all, and takes its memory from elsewhere. Texts without characters from right
 * to left never get here. */
#ifndef BP_TEXT_BIDI_H
#define BP_TEXT_BIDI_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

/* A stretch of text of one level. */
typedef struct {
    uint32_t end; /* Byte behind it. */
    uint8_t level;
} bp_level_run;

/* Appends the level runs of a text (of bp_level_run), good UTF-8. `direction`: -1 by the first
 * strong character, 0 left to right, 1 right to left; `*is_rtl` is what came out for the whole.
 * White space at the text's end, before line feeds and before tabs has the level of the whole (rule
 * L1), and so have these; whoever breaks lines elsewhere does that for their ends
 * (bp_bidi_line_end). Linear in the text. */
bool bp_bidi_find(const char *text, size_t length, int direction, bp_buf *runs, bool *is_rtl,
                  bp_error *err);

/* Where the white space that ends a line of text begins, isolates in it included: from there on
 * rule L1 gives the level of the whole. */
size_t bp_bidi_line_end(const char *text, size_t start, size_t end);

/* Reorders `count` things on a line (rule L2): `order[i]` becomes the index of the i-th from the
 * left. */
void bp_bidi_reorder(const uint8_t *levels, size_t count, int32_t *order);

#endif
