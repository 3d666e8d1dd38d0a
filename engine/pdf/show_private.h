/* What showing runs (show.c) and clusters that need care (cluster.c) share. */
#ifndef BP_PDF_SHOW_PRIVATE_H
#define BP_PDF_SHOW_PRIVATE_H

#include "pdf/show.h"

/* Glyphs `first` to before `end` of a run that stand together for bytes `start` to before `stop` of
 * its text. */
typedef struct {
    size_t first, end;
    size_t start, stop;
} bp_cluster;

/* The cluster that holds glyph `i`. */
bp_cluster bp_cluster_find(const bp_run *run, size_t i);

/* Shows a cluster with its left end at x so that readers of the file see it end at `right`. `*use`
 * may become another font. */
bool bp_show_cluster(bp_shower *s, bp_use **use, const bp_run *run, const bp_cluster *c, double x,
                     double right, double spacing);

/* Brings the pen to a place. */
void bp_show_move(bp_shower *s, double x, double y);
/* Sets font, size, rise, spacing and colour where they differ. */
bool bp_show_set(bp_shower *s, const bp_use *use, double rise, double spacing);
/* The index of the code of a glyph for a text; BP_CODE_REFUSED on failure. */
uint32_t bp_show_code(bp_shower *s, bp_use **use, const bp_run *run, uint32_t glyph,
                      const char *text, size_t length);
/* Adds a glyph to the string, at x. */
bool bp_show_put(bp_shower *s, const bp_glyph_code *code, double x, double spacing);

/* Copies a text without the characters that only tell where a word may be broken; the length of
 * what stays, 0 where nothing does, nothing goes, or there is not room for it. */
size_t bp_show_drop_hints(const char *text, size_t length, char *out, size_t out_size);

#endif
