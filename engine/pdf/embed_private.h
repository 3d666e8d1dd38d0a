/* What the files that embed a font share. */
#ifndef BP_PDF_EMBED_PRIVATE_H
#define BP_PDF_EMBED_PRIVATE_H

#include "pdf/embed.h"

/* A font while it is written. */
typedef struct {
    const bp_use *use;
    bp_objects *objects;
    bp_error *err;
    size_t code_count;
    const bp_glyph_code *codes;
    uint16_t *cids;  /* Of the codes. */
    uint32_t *order; /* Indexes of the codes, sorted for what is written next. */
    char name[160];  /* "ABCDEF+Inter-Regular" */
    bool is_cff;
} bp_font_writer;

/* Sorts `order` by code. */
void bp_font_sort_codes(bp_font_writer *w);

/* Appends what a PDF says of the codes. False when memory is refused. Widths by CID (/DW, /W; sorts
 * `order` anew), and, with `order` sorted by code, the CMaps from codes to CIDs and to characters.
 */
bool bp_font_put_widths(bp_font_writer *w, bp_buf *text);
bool bp_font_put_cmap(const bp_font_writer *w, bp_buf *text);
bool bp_font_put_characters(const bp_font_writer *w, bp_buf *text);

#endif
