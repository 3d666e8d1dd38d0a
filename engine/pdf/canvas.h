/* Writing content operators: what page.c, paint.c and show.c share. */
#ifndef BP_PDF_CANVAS_H
#define BP_PDF_CANVAS_H

#include "pdf/document_private.h"

/* Each content stream saves the graphics state and restores it, so that the next stream of the page
 * begins afresh. */
#define BP_CANVAS_BEGIN "q\n"
#define BP_CANVAS_END "Q\n"

/* The canvas of a page, begun where there is none; NULL on failure (in the document's error). */
bp_canvas *bp_canvas_open(bp_page *page);

/* The state that drawing happens in. */
static inline bp_state *bp_canvas_state(bp_canvas *canvas)
{
    return &canvas->states[canvas->depth];
}

/* Adds text, or a number with a blank behind it. Refused memory is kept in canvas->refused. */
void bp_canvas_text(bp_canvas *canvas, const char *text);
void bp_canvas_number(bp_canvas *canvas, double value);
void bp_canvas_number_fine(bp_canvas *canvas, double value, int decimals);

/* Ends a text object or marked content that is open. */
void bp_canvas_end_text(bp_canvas *canvas);
void bp_canvas_end_mark(bp_canvas *canvas);

/* Begins marked content for the innermost tag (an artifact outside of any), so that something may
 * be drawn; painting other than text also ends the text object. */
void bp_canvas_mark(bp_canvas *canvas);
/* Whether the innermost tag says what the glyphs in it stand for. */
bool bp_canvas_is_told(const bp_canvas *canvas);
void bp_canvas_mark_paint(bp_canvas *canvas);
/* Begins marked content of the innermost tag whose text is told: "/Span<</MCID 7", which the caller
 * goes on with. Content of its own, for readers lose what stands behind such content within other.
 * False, and nothing written, where it has to stand within what is open: in an artifact, say. */
bool bp_canvas_mark_told(bp_canvas *canvas);

/* The type of artifact of that name, as a name that stays; NULL: PDF knows none. */
const char *bp_canvas_artifact(const char *type);

/* Whether what is drawn is part of an artifact that was begun. */
bool bp_canvas_in_artifact(const bp_canvas *canvas);

/* Begins a tag of a structure type on the open canvas, and ends the innermost one. Fail into the
 * document's error. */
bool bp_page_push_tag(bp_page *page, int type, const bp_tag_options *options);
bool bp_page_pop_tag(bp_page *page);

/* Sets colour and alpha where they differ. False on failure (in the document's error). */
bool bp_canvas_fill_color(bp_page *page, uint32_t color);
bool bp_canvas_stroke_color(bp_page *page, uint32_t color);
/* The alpha that a colour has under the opacity of the state, in thousandths. */
int bp_canvas_alpha(const bp_state *state, uint32_t color);
/* The same for what has no colour of its own: images, gradients, forms. `alpha`: 0 to 255. */
bool bp_canvas_fill_alpha(bp_page *page, uint32_t alpha);
bool bp_canvas_stroke_alpha(bp_page *page, uint32_t alpha);

/* Adds the steps of a path that was checked. */
void bp_canvas_path(bp_page *page, const bp_path *path);
/* Fill, or stroke, a path with the gradient of its paint; the line is set. Fail into the document's
 * error. */
bool bp_canvas_shade(bp_page *page, const bp_path *path, const bp_paint *paint);
bool bp_canvas_shade_stroke(bp_page *page, const bp_path *path, const bp_paint *paint);

/* True where all numbers are finite and within a million; else fails into the document's error. */
bool bp_canvas_check(bp_page *page, const char *what, const double *numbers, size_t count);

/* Adds a link annotation for a box in our axes. Fails into the document's error. */
bool bp_page_add_link(bp_page *page, const double box[4], const char *target, const char *title,
                      size_t title_length);
void bp_page_trace_link(bp_page *page, const double box[4], const char *target, const char *title,
                        size_t title_length);

/* The box of a rectangle under the matrix of the state, in PDF axes: left, bottom, right, top. */
void bp_canvas_box(bp_page *page, double x, double y, double width, double height, double box[4]);

#endif
