/* The canvas of one page. Points; y grows downwards from the top left corner; angles in degrees.
 * Every number must be finite (BP_ERR_SCRIPT otherwise). A failed call leaves the page whole but
 * the document unfit to save: it fails with the same error. */
#ifndef BP_PDF_PAGE_H
#define BP_PDF_PAGE_H

#include "pdf/document.h"
#include "pdf/image.h"
#include "text/paragraph.h"

double bp_page_width(const bp_page *page);
double bp_page_height(const bp_page *page);
size_t bp_page_index(const bp_page *page); /* From 0. */

/* The page is trimmed to its size after printing: what is drawn up to `bleed` points beyond its
 * edges is printed, and up to `slug` points beyond them (at least the bleed) there is paper for
 * marks. The axes stay those of the trimmed page. Fails where a side would get longer than a page
 * may be. */
bool bp_page_trim(bp_page *page, double bleed, double slug, bp_error *err);

/* Compresses what was drawn so far and drops the raw bytes; drawing may go on later (a second
 * content stream), for headers and footers that need the number of pages. Graphics state and tags
 * must be closed. */
bool bp_page_finish(bp_page *page, bp_error *err);

/* Colours are 0xRRGGBBAA; an alpha below 0xff is written as an ExtGState. */
typedef struct {
    double offset; /* 0 to 1. */
    uint32_t color;
} bp_stop;
typedef struct {
    double x0, y0, x1, y1; /* The axis; of a radial one the centres of its first and last circle. */
    const bp_stop *stops;  /* Two at least, offsets rising. */
    size_t stop_count;
    bool is_radial;
    double r0, r1;        /* Radii of the circles of a radial one. */
    const double *matrix; /* Six numbers, from its axes to those of the path; NULL: the same. */
} bp_gradient;

typedef enum { BP_CAP_BUTT, BP_CAP_ROUND, BP_CAP_SQUARE } bp_cap;
typedef enum { BP_JOIN_MITER, BP_JOIN_ROUND, BP_JOIN_BEVEL } bp_join;

typedef struct {
    bool has_fill, has_stroke;
    uint32_t fill, stroke;
    const bp_gradient *gradient;        /* Fills instead of `fill`; NULL: none. */
    const bp_gradient *stroke_gradient; /* Strokes instead of `stroke`; NULL: none. */
    bool even_odd;
    double line_width;  /* 0: 1 point. */
    double miter_limit; /* 1 or more; 0: 10. */
    bp_cap cap;
    bp_join join;
    const double *dash; /* Lengths on, off ...; NULL: solid. */
    size_t dash_count;
    double dash_phase;
} bp_paint;

/* Path segments, each a letter followed by its points in `numbers`: 'M' x y, 'L' x y, 'C' x1 y1 x2
 * y2 x y, 'R' x y width height (a rectangle), 'Z'. */
typedef struct {
    const char *verbs; /* `verb_count` letters. */
    size_t verb_count;
    const double *numbers;
    size_t number_count;
} bp_path;

bool bp_page_path(bp_page *page, const bp_path *path, const bp_paint *paint, bp_error *err);
/* Intersects the clip with the path, until the matching restore. */
bool bp_page_clip(bp_page *page, const bp_path *path, bool even_odd, bp_error *err);

/* Graphics state, at most 24 deep. transform: x' = a x + c y + e, y' = b x + d y + f, in our axes.
 */
bool bp_page_save(bp_page *page, bp_error *err);
bool bp_page_restore(bp_page *page, bp_error *err);
bool bp_page_transform(bp_page *page, double a, double b, double c, double d, double e, double f,
                       bp_error *err);
/* Opacity of all that follows, until the matching restore; multiplies with that of the colours. */
bool bp_page_opacity(bp_page *page, double opacity, bp_error *err);

/* How colours of all that follows, until the matching restore, mix with what lies below. */
typedef enum {
    BP_BLEND_NORMAL,
    BP_BLEND_MULTIPLY,
    BP_BLEND_SCREEN,
    BP_BLEND_OVERLAY,
    BP_BLEND_DARKEN,
    BP_BLEND_LIGHTEN
} bp_blend;
bool bp_page_blend(bp_page *page, bp_blend blend, bp_error *err);

/* Lines `first` to `first + count - 1` (0-based) of a laid-out paragraph, so that the top of the
 * first one is at y and the measure's left end at x. Links become annotations. */
bool bp_page_paragraph(bp_page *page, const bp_paragraph *paragraph, size_t first, size_t count,
                       double x, double y, bp_error *err);
/* One line of text with its baseline at y; x is its left end (align 0), centre (0.5) or right end
 * (1). `advance` (may be NULL) is its width. */
bool bp_page_text(bp_page *page, bp_shaper *shaper, const bp_style *style, const char *text,
                  size_t length, double x, double y, double align, double *advance, bp_error *err);

bool bp_page_image(bp_page *page, bp_image *image, double x, double y, double width, double height,
                   bp_error *err);
/* What a drawing (SVG) takes from where it is shown; pictures take nothing. A drawing is written
 * once for each look, however often it is shown. */
typedef struct {
    bp_shaper *shaper;     /* NULL: text in the drawing is an error. */
    const bp_style *style; /* Its families and language set the drawing's text; NULL: the same. */
    bool has_ink;          /* `ink` is "currentColor", and that of shapes that name no colour. */
    uint32_t ink;
} bp_image_look;
bool bp_page_drawing(bp_page *page, bp_image *image, double x, double y, double width,
                     double height, const bp_image_look *look, bp_error *err);

/* A soft shadow of a box with round corners, drawn before what throws it. */
typedef struct {
    double radius;  /* Of the corners. */
    double blur;    /* How wide its edge is: twice the deviation of the blur. 0: a hard edge. */
    uint32_t color; /* 0xRRGGBBAA; the alpha is the strength of the shadow in its middle. */
} bp_shadow;
bool bp_page_shadow(bp_page *page, double x, double y, double width, double height,
                    const bp_shadow *shadow, bp_error *err);

/* A link area. `target`: "https://...", "mailto:..." or "#name" (resolved at save). `title` says
 * what it is, for people who cannot see it; NULL: the target. */
bool bp_page_link(bp_page *page, double x, double y, double width, double height,
                  const char *target, const char *title, bp_error *err);

/* Structure. `tag` is a structure type of PDF 1.7 ("P", "H1", "Table", "Figure" ...). Marked
 * content is balanced per page; what is drawn outside of any tag is an artifact. */
typedef struct {
    const char *alt;         /* What it shows, for who cannot see it; NULL: none, as in all here. */
    const char *actual_text; /* What its glyphs say. */
    const char *expansion;   /* What an abbreviation is short for. */
    const char *language;    /* BCP 47, where it is not that around it. */
    const char *title;
    const char *scope;         /* Of a TH: "Row", "Column", "Both". */
    const char *headers;       /* Of a TH or TD: ids of the TH that speak of it, blanks between. */
    const char *numbering;     /* Of an L: "Decimal", "Disc" ... (ISO 32000-1, table 347). */
    int column_span, row_span; /* 0: 1. */
    const char *id;            /* Elements with the same id are one, also over pages; NULL: none. */
    const double *box;         /* What it takes of the page: x, y, width, height; NULL: not said. */
} bp_tag_options;
bool bp_page_begin_tag(bp_page *page, const char *tag, const bp_tag_options *options,
                       bp_error *err);
bool bp_page_end_tag(bp_page *page, bp_error *err);
/* `type`: "Header", "Footer", "Background", "Layout" ... */
bool bp_page_begin_artifact(bp_page *page, const char *type, bp_error *err);
bool bp_page_end_artifact(bp_page *page, bp_error *err);
/* Tells whether something was painted between two calls: the number grows then. So does `loose`
 * where it was outside of any tag and artifact. 0 where nothing was drawn since the last finish, or
 * nothing is tagged. */
size_t bp_page_painted(bp_page *page, size_t *loose);
/* The element `id`, which is drawn later (a footnote, a float), is read here. */
bool bp_page_reserve_tag(bp_page *page, const char *id, bp_error *err);
/* Begins a section ("Part", "Art", "Sect") of a level from 1: all that follows at the top level,
 * on any page, belongs to it until a section of this or a higher level begins. Within a tag or an
 * artifact nothing happens. `options`: title and language; may be NULL. */
bool bp_page_begin_section(bp_page *page, const char *type, int level,
                           const bp_tag_options *options, bp_error *err);

#endif
