/* A PDF document: metadata, pages, destinations, bookmarks, page labels; saved once. libharu owns
 * the objects; what its high-level calls lack is built on them in this room alone. */
#ifndef BP_PDF_DOCUMENT_H
#define BP_PDF_DOCUMENT_H

#include "base/clock.h"
#include "base/sink.h"

typedef struct bp_document bp_document;
typedef struct bp_page bp_page;

#define BP_DEFLATE_USUAL 1 /* The level where none is asked for: see the room's README. */

typedef struct {
    const char *title, *author, *subject, *keywords, *creator; /* UTF-8; NULL: absent. */
    const char *language;                                      /* BCP 47, of the document. */
    bp_moment date;     /* Creation and modification; year 0: none is written. */
    int deflate_level;  /* 0: none, 1 to 12; -1: the usual. */
    bp_buf *trace;      /* Where the drawing steps go as text; NULL: nowhere. */
    size_t page_most;   /* Pages allowed (BP_ERR_LIMIT beyond); 0: no bound. */
    bp_sink out;        /* Where the PDF goes, while it is made. {0}: nowhere. */
    unsigned standards; /* It claims to keep: bits of standards.h. 0: none. */
    bool no_tags;       /* No structure is written. Not with BP_STANDARDS_TAGGED. */
} bp_document_options;

/* Opens an empty document. All strings are copied. What is finished goes to `out` at once, so that
 * a long report is never held whole; a document that fails leaves a beginning there that is no PDF.
 * Yours to free. */
bp_document *bp_document_new(const bp_document_options *options, bp_error *err);
void bp_document_free(bp_document *document);

/* Replaces the texts of `options` that are not NULL, and its date where there is one; the rest is
 * not looked at. Until the document is saved. */
bool bp_document_describe(bp_document *document, const bp_document_options *options, bp_error *err);

/* Adds a page (points, 3 to 14400 a side). Lent; y grows downwards from the top left corner. */
bp_page *bp_document_add_page(bp_document *document, double width, double height, bp_error *err);
size_t bp_document_page_count(const bp_document *document);
bp_page *bp_document_page(const bp_document *document, size_t i); /* From 0. */

/* Names a place on a page for links and bookmarks ("#name" without the "#"). A name given twice is
 * an error. */
bool bp_document_destination(bp_document *document, const char *name, bp_page *page, double x,
                             double y, bp_error *err);
/* The same of a place that the report has and the document has not, for it holds some pages only:
 * links to it lead nowhere. */
bool bp_document_elsewhere(bp_document *document, const char *name, bp_error *err);
bool bp_document_has_destination(const bp_document *document, const char *name);

/* Adds a bookmark below the last one of a lower level. `level` counts from 1 and may grow by 1
 * only. */
bool bp_document_bookmark(bp_document *document, const char *title, int level, bp_page *page,
                          double y, bp_error *err);

/* From page `first` (0-based) on, pages are labelled in `style`: 'D' 1 2 3, 'R' I II, 'r' i ii,
 * 'A', 'a', or 0 for the prefix alone; counting from `start`. */
bool bp_document_label(bp_document *document, size_t first, char style, const char *prefix,
                       int start, bp_error *err);

/* The fonts that were shown so far, in the order they first were, each once. Lent; NULL behind the
 * last. */
const struct bp_font *bp_document_font(const bp_document *document, size_t i);

/* Ends open pages, checks that every link's name exists (BP_ERR_SCRIPT naming the missing one),
 * embeds the fonts and writes all that is left. Once only. */
bool bp_document_save(bp_document *document, bp_error *err);

#endif
