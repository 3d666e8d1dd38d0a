/* SVG: drawings read into a tree of their elements, and drawn from it with the calls of page.h.
 * What is not understood is an error that names the place in the file, never left out in silence:
 * see the room's README for what is. Nothing outside of the file is ever read. */
#ifndef BP_PDF_SVG_H
#define BP_PDF_SVG_H

#include "pdf/page.h"

typedef struct bp_svg bp_svg;

/* True where the bytes begin as XML does. */
bool bp_svg_is(const unsigned char *bytes, size_t length);

/* Reads a drawing; `name` stands for it in messages, which are BP_ERR_RESOURCE with a place
 * "name:line:column". Yours to free. */
bp_svg *bp_svg_parse(const char *name, const unsigned char *bytes, size_t length, bp_error *err);
void bp_svg_free(bp_svg *svg);

/* Its size in pixels of 1/96 inch, above 0. */
double bp_svg_width(const bp_svg *svg);
double bp_svg_height(const bp_svg *svg);

/* What it shows, in its own words (<title>, else <desc>); "" where it has none. Lent. */
const char *bp_svg_title(const bp_svg *svg);

/* Draws it over a form of its size times `scale`. Fails into the error of the form's document. */
bool bp_svg_draw(const bp_svg *svg, bp_page *form, double scale, const bp_image_look *look);

#endif
