/* The little of the Compact Font Format that embedding asks for. */
#ifndef BP_PDF_CFF_H
#define BP_PDF_CFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Says what a viewer takes as CIDs of the glyphs of a CFF table: for fonts without CIDs the glyph
 * numbers, for the others what the font's charset says. Fills `cids` (one per glyph). False where
 * the table cannot be read. */
bool bp_cff_cids(const unsigned char *bytes, size_t size, uint16_t *cids, size_t glyph_count);

/* Calls the glyphs `cids` instead (one per glyph; no two the same, and that of glyph 0 stays),
 * where the font has CIDs and its charset has room for any. False: nothing has changed. */
bool bp_cff_renumber(unsigned char *bytes, size_t size, const uint16_t *cids, size_t glyph_count);

#endif
