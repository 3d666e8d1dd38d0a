/* What the files that read and draw SVG share: the tree, values, and the cascade of styles. */
#ifndef BP_PDF_SVG_PRIVATE_H
#define BP_PDF_SVG_PRIVATE_H

#include "pdf/names.h"
#include "pdf/svg.h"

#define BP_SVG_DASHES_MOST 16

typedef enum {
    BP_SVG_OTHER, /* Known to nobody here: an error where it would be drawn. */
    BP_SVG_A,
    BP_SVG_CIRCLE,
    BP_SVG_CLIP_PATH,
    BP_SVG_DEFS,
    BP_SVG_DESC,
    BP_SVG_ELLIPSE,
    BP_SVG_G,
    BP_SVG_HIDDEN, /* Draws nothing where it stands: markers, filters, patterns, views. */
    BP_SVG_LINE,
    BP_SVG_LINEAR,
    BP_SVG_PATH,
    BP_SVG_POLYGON,
    BP_SVG_POLYLINE,
    BP_SVG_RADIAL,
    BP_SVG_RECT,
    BP_SVG_STOP,
    BP_SVG_STYLE,
    BP_SVG_SVG,
    BP_SVG_SWITCH,
    BP_SVG_SYMBOL,
    BP_SVG_TEXT,
    BP_SVG_TITLE,
    BP_SVG_TSPAN,
    BP_SVG_USE,
    BP_SVG_WORDS /* Character data. */
} bp_svg_tag;

/* An attribute, or a declaration of a style. */
typedef struct {
    const char *name, *value;
} bp_svg_pair;

typedef struct bp_svg_node {
    bp_svg_tag tag;
    unsigned line, column; /* From 1. */
    const char *name;      /* The element's, as written. Of words: the characters. */
    const bp_svg_pair *attributes, *styles;
    size_t attribute_count, style_count;
    struct bp_svg_node *parent, *first, *last, *next;
} bp_svg_node;

/* A rule of a style sheet. NULL: any. */
typedef struct {
    const char *element, *class, *id;
    int weight; /* Specificity; the rules stand in its order. */
    const bp_svg_pair *styles;
    size_t style_count;
} bp_svg_rule;

struct bp_svg {
    char *name;
    bp_buf chunks; /* Of char *: where all of the tree is cut from. */
    char *room;    /* What is left of the last. */
    size_t room_left;
    bp_svg_node *root;
    bp_names ids;
    bp_buf by_id; /* Of bp_svg_node *, by number of `ids`. */
    bp_buf rules; /* Of bp_svg_rule. */
    const char *title;
    double width, height;
};

/* svg_parse.c. Blocks that live as long as the tree; NULL when memory is refused. */
void *bp_svg_take(bp_svg *svg, size_t size);
char *bp_svg_copy(bp_svg *svg, const char *text, size_t length);
/* Fails with the place of the node; always answers false. */
bool bp_svg_fail(const bp_svg *svg, const bp_svg_node *node, bp_error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The value of an attribute; NULL where it is not given. */
const char *bp_svg_attribute(const bp_svg_node *node, const char *name);
/* The element that "#id" names; NULL where there is none. */
const bp_svg_node *bp_svg_find(const bp_svg *svg, const char *id, size_t length);

/* svg_css.c. Takes "name: value; ..." apart. */
bool bp_svg_read_styles(bp_svg *svg, const char *text, size_t length, const bp_svg_pair **styles,
                        size_t *count);
/* Reads a style sheet into the rules. */
bool bp_svg_read_sheet(bp_svg *svg, const bp_svg_node *node, const char *text, bp_error *err);
void bp_svg_sort_rules(bp_svg *svg);
bool bp_svg_rule_fits(const bp_svg_rule *rule, const bp_svg_node *node);

/* svg_value.c. All are true only where the value is whole and good. */
const char *bp_svg_skip(const char *text);       /* Blanks. */
const char *bp_svg_skip_comma(const char *text); /* Blanks and a comma among them. */
bool bp_svg_number(const char **text, double *out);
/* A length in user units: "%" is of `whole`, "em" of `em`. */
bool bp_svg_length(const char **text, double whole, double em, double *out);
bool bp_svg_whole_length(const char *text, double whole, double em, double *out);
/* A colour as 0xRRGGBBAA; `current` is what "currentColor" is. */
bool bp_svg_color(const char *text, size_t length, uint32_t current, uint32_t *out);
/* A list of transforms, in front of which `matrix` stands. */
bool bp_svg_transform(const char *text, double matrix[6]);
/* First `inner`, then `outer`. */
void bp_svg_multiply(const double inner[6], const double outer[6], double out[6]);
/* The name in "url(#name)" or "#name": its length, 0 where it is none. `rest` (may be NULL) is what
 * stands behind. */
size_t bp_svg_reference(const char *text, const char **name, const char **rest);
bool bp_svg_is_word(const char *text, const char *word); /* With blanks around it. */

/* svg_path.c. A path in the making. */
typedef struct {
    bp_buf verbs, numbers;
} bp_svg_path;
void bp_svg_path_clear(bp_svg_path *path);
bool bp_svg_path_add(bp_svg_path *path, char verb, const double *numbers, size_t count);
/* Adds path data. False where it is wrong, `*fault` is then the character from 1, or where memory
 * is refused (0). */
bool bp_svg_path_read(bp_svg_path *path, const char *data, size_t *fault);
bool bp_svg_path_ellipse(bp_svg_path *path, double cx, double cy, double rx, double ry);
bool bp_svg_path_rect(bp_svg_path *path, const double box[4], double rx, double ry);
/* Moves all points. Rectangles are no part of such paths. */
void bp_svg_path_transform(bp_svg_path *path, size_t first_number, const double matrix[6]);
/* The box of its curves: left, top, right, bottom. False where it has no point. */
bool bp_svg_path_box(const bp_svg_path *path, double box[4]);
bp_path bp_svg_path_of(const bp_svg_path *path);

/* svg_style.c. How an element looks. */
typedef enum { BP_SVG_NONE, BP_SVG_COLOR, BP_SVG_SERVER } bp_svg_paint_kind;
typedef struct {
    bp_svg_paint_kind kind;
    bool is_current;  /* The colour is that of `color`. */
    uint32_t color;   /* 0xRRGGBBAA. */
    const char *name; /* Of a gradient, not NUL-ended. */
    size_t name_length;
} bp_svg_paint;

typedef struct {
    /* Inherited. */
    bp_svg_paint fill, stroke;
    double fill_opacity, stroke_opacity, stroke_width, miter_limit;
    bp_cap cap;
    bp_join join;
    double dash[BP_SVG_DASHES_MOST], dash_offset;
    size_t dash_count;
    bool fill_even_odd, clip_even_odd, is_hidden, keeps_space, stroke_first, is_italic;
    uint32_t color;
    double font_size, letter_spacing;
    int weight;
    double anchor;        /* 0 start, 0.5 middle, 1 end. */
    const char *baseline; /* dominant-baseline. */
    /* Its own. */
    double opacity, stop_opacity;
    bp_blend blend;
    uint32_t stop_color;
    const char *clip;      /* "url(#name)"; NULL: none. */
    const char *transform; /* Of its style, which overrides the attribute. */
    bool is_none;          /* display. */
    bool shows_overflow;
    const bp_svg_pair
        *refused; /* A property that would change the picture and is not understood. */
} bp_svg_look;

void bp_svg_first_look(bp_svg_look *look, uint32_t ink, bool has_ink);
/* The look of an element within `outer`. `diagonal` is what the widths of strokes in "%" are of. */
bool bp_svg_cascade(const bp_svg *svg, const bp_svg_node *node, const bp_svg_look *outer,
                    double diagonal, bp_svg_look *look, bp_error *err);

/* svg_draw.c and its parts. What drawing works on. */
typedef struct {
    const bp_svg *svg;
    bp_page *page; /* The form that is drawn on: the drawing's, or that of a group. */
    const bp_image_look *look;
    bp_error *err;    /* The document's. */
    bp_svg_path path; /* Scratch of one shape. */
    bp_svg_path clip;
    size_t drawn; /* Elements so far. */
    int depth;
    double scale; /* Of the form to the drawing's pixels. */
} bp_svg_drawer;

/* Where an element stands. */
typedef struct {
    double matrix[6];     /* From its user space to the form. */
    double width, height; /* Of the nearest viewport, in its units. */
    const bp_svg_look *look;
} bp_svg_place;

double bp_svg_diagonal(const bp_svg_place *place);
/* A length of an element; `otherwise` where it is not given. */
bool bp_svg_read_length(const bp_svg_drawer *d, const bp_svg_node *node, const char *name,
                        double whole, double em, double otherwise, double *out);
/* svg_shape.c: the outline of a shape in its user space, added to `path`. */
bool bp_svg_outline(const bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                    const bp_svg_look *look, bp_svg_path *path);
bool bp_svg_is_shape(const bp_svg_node *node);
bool bp_svg_draw_shape(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                       double opacity);
/* svg_gradient.c. A gradient that an element is painted with. */
typedef struct {
    bp_gradient gradient;
    double matrix[6];
    bp_buf stops;  /* Of bp_stop. */
    bool is_empty; /* Nothing is painted. */
    bool is_solid; /* One colour is: */
    uint32_t color;
} bp_svg_server;
/* `box` is that of the element, NULL where it has none; `matrix` leads from user space to the
 * path's. To be cleared in any case. */
bool bp_svg_server_find(const bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_paint *paint,
                        double opacity, const double *box, const bp_svg_place *place,
                        bp_svg_server *server);
void bp_svg_server_clear(bp_svg_server *server);
/* svg_clip.c. Clips the page with the element's clip path, which is there. */
bool bp_svg_apply_clip(bp_svg_drawer *d, const bp_svg_node *node, const char *reference,
                       const bp_svg_place *place, int depth);
/* svg_text.c */
bool bp_svg_draw_text(bp_svg_drawer *d, const bp_svg_node *node, const bp_svg_place *place,
                      double opacity);

#endif
