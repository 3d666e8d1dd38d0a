/* Protrusion: marks, and letters with open sides, look better when they hang a little out of a
 * straight edge. */
#ifndef BP_TEXT_PROTRUDE_H
#define BP_TEXT_PROTRUDE_H

#include <stdbool.h>
#include <stdint.h>

/* The part of its width by which a character hangs out at a line's end, or start. */
double bp_protrusion_end(uint32_t c);
double bp_protrusion_start(uint32_t c);

#endif
