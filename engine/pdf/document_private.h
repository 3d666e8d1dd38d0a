/* What the files of this room share: the document, its pages and the canvas of a page that is being
 * drawn on. */
#ifndef BP_PDF_DOCUMENT_PRIVATE_H
#define BP_PDF_DOCUMENT_PRIVATE_H

#include "pdf/document.h"
#include "pdf/embed.h"
#include "pdf/names.h"
#include "pdf/objects.h"
#include "pdf/page.h"
#include "pdf/standards.h"
#include "pdf/structure.h"

#define BP_STATES_MOST 25   /* Graphics states: the page's own and 24 saved ones. */
#define BP_TAGS_MOST 64     /* Tags within each other. */
#define BP_DECIMALS 3       /* Of positions and lengths. */
#define BP_MITER_LIMIT 10.0 /* Of a graphics state that sets none. */

typedef struct {
    double matrix[6];             /* From the canvas as it is now to the page, both in our axes. */
    uint32_t fill, stroke;        /* 0xRRGGBB. */
    int fill_alpha, stroke_alpha; /* Thousandths, as written last. */
    double opacity;
    bp_blend blend, blend_written;
    double line_width, miter_limit;
    bp_cap cap;
    bp_join join;
    bool has_dash;
    const bp_use *use; /* NULL: no font is set. */
    double size, rise, spacing;
} bp_state;

typedef struct {
    const char *name; /* Lent by a table of names. */
    bool is_artifact;
    uint32_t actual;        /* What its glyphs stand for, in `names`; BP_NAMES_NONE: themselves. */
    bool is_told;           /* That stands beside the first of its content. */
    int type;               /* Of a tag: its structure type. */
    bp_element_ref element; /* Of a tag outside of artifacts. */
    uint32_t language;      /* In the document's `names`; BP_NAMES_NONE: that around it. */
} bp_open_tag;

/* The canvas is there while a page is drawn on and goes with bp_page_finish. */
typedef struct {
    bp_page *page;
    bp_buf out;                     /* Content operators. */
    bool refused;                   /* Memory for `out` was refused. */
    bool in_text;                   /* Between BT and ET. */
    bool in_mark;                   /* Between BMC or BDC and its EMC. */
    size_t mark_count, loose_count; /* Since the canvas was opened: all, and those in no tag. */
    int depth;                      /* Of `states`. */
    bp_state states[BP_STATES_MOST];
    int tag_count;
    bp_open_tag tags[BP_TAGS_MOST];
    double line_x, line_y; /* Origin of the text line as the viewer has it, PDF axes. */
    double pen;            /* Where the viewer's pen is, x. */
} bp_canvas;

struct bp_page {
    bp_document *document;
    size_t index;
    double width, height;
    double bleed, slug; /* Beyond the trimmed page, as bp_page_trim says. */
    bp_ref ref;
    bool is_blended;   /* Something on it lets what is below shine through. */
    bp_canvas *canvas; /* NULL: nothing is being drawn. */
    bp_buf marked;     /* Of bp_ref: the element of each marked content, by its number. */
    /* Numbers + 1 in the document's lists; 0: none. */
    uint32_t first_content, last_content, first_link, last_link;
};

/* A finished content stream. */
typedef struct {
    bp_ref ref;
    uint32_t next; /* The next of its page: number + 1; 0: none. */
} bp_content;

/* What is defined once and used by many pages, each by the text that defines it. */
typedef struct {
    bp_names names;
    bp_buf refs; /* Of bp_ref, by number. */
} bp_pool;

typedef struct {
    uint32_t name; /* In `names`. */
    uint32_t page; /* BP_PAGE_NONE: it is on no page of the document. */
    double x, y;
} bp_destination;

#define BP_PAGE_NONE UINT32_MAX

typedef struct {
    uint32_t page;
    uint32_t target, title; /* In `names`; title BP_NAMES_NONE: the target. */
    uint32_t next;          /* The next link of its page: number + 1; 0: none. */
    bp_ref ref;
    bp_ref element; /* The Link in the structure tree; 0: there is no tree. */
    double box[4];  /* Left, bottom, right, top: PDF axes. */
} bp_link;

typedef struct {
    uint32_t title; /* In `names`. */
    uint32_t page;
    int level;
    double y;
} bp_bookmark;

typedef struct {
    size_t first;
    char style;
    int start;
    uint32_t prefix; /* In `names`. */
} bp_label;

typedef struct {
    bp_image *image; /* Kept. */
    bp_ref ref;
    bp_ref profile; /* 0: none. */
} bp_shown_image;

/* A drawing as a form, in one look. */
typedef struct {
    bp_image *image; /* Kept. */
    const bp_style *style;
    uint32_t ink, number;
    bool has_ink, is_group;
    double width, height; /* Of the form. */
} bp_shown_drawing;

struct bp_document {
    bp_objects *objects;
    bp_error error; /* The first failure: it stays. */
    char *title, *author, *subject, *keywords, *creator, *language;
    bp_moment date;
    unsigned standards; /* Bits of standards.h. */
    bool no_tags;       /* No structure tree is written. */
    bp_buf *trace;
    size_t traced; /* Index of the page that the last line of the trace is about. */
    size_t page_most;
    bp_buf pages;     /* Of bp_page *. */
    bp_buf contents;  /* Of bp_content. */
    bp_canvas *spare; /* A canvas that was finished, for the next page. */
    bp_uses uses;
    bp_pool states, shadings, patterns;
    bp_pool masks;   /* Soft masks: what is drawn into one, to the graphics state that has it. */
    bp_buf images;   /* Of bp_shown_image. */
    bp_buf forms;    /* Of bp_ref. */
    bp_buf blended;  /* Of bool, by form: as bp_page.is_blended. */
    bp_buf drawings; /* Of bp_shown_drawing. */
    bp_ref resources;
    bp_names names; /* Targets, titles, prefixes, languages. */
    bp_buf destinations, links, bookmarks, labels;
    bp_structure structure;
    bp_buf by_name;     /* Of uint32_t: number + 1 of the destination of a name; 0: none. */
    bp_names attached;  /* Names of attachments, and by their numbers */
    bp_buf attachments; /* of bp_ref: their file specifications. */
    bool is_saved;
};

/* Errors are kept in the document: functions of this room fail into `&document->error`, and what is
 * public ends with bp_document_done, which copies it to the caller. `begin` answers false where the
 * document has failed before. */
bool bp_document_begin(bp_document *document, bp_error *err);
bool bp_document_done(bp_document *document, bool ok, bp_error *err);

/* The number of a resource defined by the entries `text`, made where it is new; BP_NAMES_NONE on
 * failure. */
uint32_t bp_pool_number(bp_pool *pool, bp_document *document, const bp_buf *text);

/* Parts of saving. Each fails into the document's error. */
bool bp_document_write_metadata(bp_document *document, bp_buf *catalog, bp_ref *info);
bool bp_document_write_navigation(bp_document *document, bp_buf *catalog);
/* Adds what leads to the attachments to the entries of the catalog's /Names, and to the catalog. */
bool bp_document_put_attachments(bp_document *document, bp_buf *names, bp_buf *catalog);
bool bp_document_write_resources(bp_document *document);
bool bp_document_write_pages(bp_document *document);

/* The text of a trace line: nothing where there is no trace. A refused line fails the document. */
void bp_trace(bp_document *document, const char *format, ...) __attribute__((format(printf, 2, 3)));
void bp_trace_number(bp_document *document, double value);                    /* " 1.5" */
void bp_trace_string(bp_document *document, const char *text, size_t length); /* ' "text"' */
void bp_trace_color(bp_document *document, uint32_t color); /* " #112233" or " #11223380" */
void bp_trace_numbers(bp_document *document, const char *verb, const double *numbers, size_t count);
void bp_trace_end(bp_document *document);
/* "page 3", where the next line is about another page than the last one. */
void bp_trace_page(const bp_page *page);

#endif
