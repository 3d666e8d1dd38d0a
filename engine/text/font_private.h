/* What the files of this room know of a font beyond font.h. */
#ifndef BP_TEXT_FONT_PRIVATE_H
#define BP_TEXT_FONT_PRIVATE_H

#include "text/font.h"

struct hb_font_t;

/* HarfBuzz's font at its place in the design space, one unit per font unit. Lent. */
struct hb_font_t *bp_font_shaping(const bp_font *font);

/* How many owners it has; for tests. */
long bp_font_owners(const bp_font *font);

#endif
