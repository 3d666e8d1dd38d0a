/* The structure tree of a document (ISO 32000-1, 14.7 and 14.8): elements in the order of reading,
 * each with the content that it marks. An element gets its number and its place among its parent's
 * kids with its first content, so that what holds nothing is never written; it is written when it
 * ends, so that only what is open stays in memory. Elements that have an id may go on later, on
 * another page, and are written at the end.
 *
 * Everything here fails into the document's error. */
#ifndef BP_PDF_STRUCTURE_H
#define BP_PDF_STRUCTURE_H

#include "pdf/names.h"
#include "pdf/objects.h"
#include "pdf/page.h"

/* An element that is being made: its place in the list, which another takes over once it is
 * written, and which of those that had the place it is. */
typedef struct {
    uint32_t index; /* BP_ELEMENT_NONE: there is none. */
    uint32_t serial;
} bp_element_ref;

#define BP_ELEMENT_NONE UINT32_MAX
#define BP_SECTION_DEPTH 32 /* Levels of sections. */

typedef struct {
    uint32_t serial;
    bp_element_ref parent;
    bp_ref ref;        /* 0: it has no content so far. */
    bp_ref parent_ref; /* Known with `ref`. */
    uint32_t page;     /* Index of the page of its first content; BP_PAGE_NONE. */
    uint32_t id;       /* In `ids`; BP_NAMES_NONE: it has none. */
    uint32_t kid_count;
    uint8_t type;  /* Of structure.c's table. */
    uint8_t level; /* Of a section, from 1; 0: it is none. */
    bool is_used, is_reserved;
    uint32_t next_free; /* The next place that is free: index + 1; 0: none. */
    bp_buf head;        /* Its entries but the kids. */
    bp_buf kids;        /* As they are written. */
} bp_element;

typedef struct {
    bp_buf elements;     /* Of bp_element. */
    uint32_t first_free; /* Index + 1; 0: none. */
    bp_buf sections;     /* Of bp_element_ref: the document itself, then open sections. */
    bp_names ids;
    bp_buf by_id; /* Of bp_element_ref, by number in `ids`. */
    bp_buf named; /* Of bp_named_element: for the tree of identifiers. */
    bp_ref root;  /* Of the tree; 0 until it is needed. */
} bp_structure;

typedef struct {
    uint32_t id; /* In `ids`. */
    bp_ref ref;
} bp_named_element;

void bp_structure_clear(bp_structure *structure);

/* The number of a structure type; -1 where PDF 1.7 knows none of that name. */
int bp_structure_type(const char *name);
const char *bp_structure_type_name(int type);
/* Nearest to a name that is none; NULL: none is near. */
const char *bp_structure_type_near(const char *name);
/* Whether an element of `type` may stand in one of `parent`; where not, `needs` says what it
 * belongs into, or what alone may stand there. */
bool bp_structure_may_hold(int parent, int type, const char **needs);

/* Begins an element within the innermost open one of the page, or the open section. One with an id
 * that is there already goes on. `options` may be NULL. */
bool bp_structure_begin(bp_page *page, int type, const bp_tag_options *options,
                        bp_element_ref *made);
/* Ends it: it is written, unless its id lets it go on. */
bool bp_structure_end(bp_document *document, bp_element_ref element);

/* Keeps a place within the innermost open element for the element `id`, which is still to come. */
bool bp_structure_reserve(bp_page *page, const char *id);

/* Begins a section at the top level: those of this level and deeper end. */
bool bp_structure_begin_section(bp_page *page, int type, int level, const bp_tag_options *options);

/* The innermost open element of the page; with none there, or in an artifact, the open section. */
bp_element_ref bp_structure_innermost(const bp_page *page);

/* Gives the content that is about to be drawn on the page to an element: its number there, -1 on
 * failure. */
int bp_structure_mark(bp_page *page, bp_element_ref element);

/* Gives an annotation to the nearest open Link, else to one of its own in the innermost element,
 * which has no content: `words` say where it leads. Answers the number of the Link's object, 0 on
 * failure. */
bp_ref bp_structure_annotate(bp_page *page, bp_ref annotation, const char *words);

/* Ends what is open and writes the tree, the tables from content and from identifiers to elements,
 * and the catalog's entries. */
bool bp_document_write_structure(bp_document *document, bp_buf *catalog);

/* Writes an element that is done and forgets it: for the files of the tree. */
bool bp_structure_write(bp_document *document, uint32_t index);

#endif
