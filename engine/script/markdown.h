/* Markdown: what api_inline.c hands over when it has taken a layout's text apart, and gets back.
 * Runs are gathered in buffers, for md4c's callbacks must not raise Lua errors (it would leak). */
#ifndef BP_SCRIPT_MARKDOWN_H
#define BP_SCRIPT_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Stands at the start of each line that md4c reads, so that it sees nothing but inline text: "1. "
 * or "#" at a line's start stay what they are. It is a space that Markdown does not strip and takes
 * for white space all the same (U+1680), and is taken out again by its place. */
#define BP_GUARD "\xE1\x9A\x80"
#define BP_GUARD_SIZE 3

/* A placeholder in a text that is read is its number between these (U+F8FE, U+F8FF), which Markdown
 * takes for letters. Number 0 is the first of the two itself, where the text has it. */
#define BP_MARK_OPEN "\xEF\xA3\xBE"
#define BP_MARK_CLOSE "\xEF\xA3\xBF"
#define BP_MARK_SIZE 3

/* Notation that Markdown does not know goes the same way, as a letter between these two: where
 * raised and lowered text begins and ends, and a tilde that is none of Markdown's. Before a number,
 * where the span of that number begins, or ends and that of the number goes on (0: none). */
enum {
    BP_MARK_RAISE = 'a',
    BP_MARK_RAISED,
    BP_MARK_LOWER,
    BP_MARK_LOWERED,
    BP_MARK_TILDE,
    BP_MARK_SPAN,
    BP_MARK_SPANNED,
    BP_MARK_BRACE, /* "{{" and "}}", in a document. */
    BP_MARK_BRACED
};

/* In a document the number of a mark is that of its entry in a list of these, for a block of code
 * shows what was written. */
typedef struct {
    size_t from, to; /* In what was written. */
    unsigned number; /* As above. */
} bp_markdown_mark;

typedef struct {
    size_t start, length;     /* In the gathered text. */
    size_t link, link_length; /* The same. */
    size_t image, image_length;
    size_t title, title_length;              /* Of the image. */
    unsigned strong, emphasis, code, strike; /* How deep. */
    unsigned placeholder;                    /* Its number, from 1; 0: this is text. */
    unsigned span;                           /* The same of a span with attributes; 0: none. */
    bool is_raised, is_lowered;
    bool has_link, has_image, hard_break, soft_break;
} bp_markdown_run;

/* Reads `input` into `text` (gathered bytes) and `runs` (of bp_markdown_run), both empty before: as
 * Markdown, or only parted at its placeholders. Lines have their guards, which are left out. False
 * when memory is refused. */
bool bp_markdown_read(const char *input, size_t length, bool is_markdown, bp_buf *text,
                      bp_buf *runs);

typedef enum {
    BP_MARKDOWN_TEXT, /* A paragraph. */
    BP_MARKDOWN_HEADING,
    BP_MARKDOWN_QUOTE,
    BP_MARKDOWN_LIST,
    BP_MARKDOWN_ITEM,
    BP_MARKDOWN_CODE,
    BP_MARKDOWN_RULE,
    BP_MARKDOWN_TABLE,
    BP_MARKDOWN_ROW,
    BP_MARKDOWN_CELL
} bp_markdown_kind;

/* One end of a block. */
typedef struct {
    bp_markdown_kind kind;
    bool is_end;
    bool is_ordered, is_tight; /* Of a list. */
    bool is_head;              /* Of a cell. */
    char align;                /* Of a cell: 'l', 'c', 'r'; 0: none. */
    unsigned level;            /* Of a heading; where an ordered list starts. */
    unsigned line;             /* From 1. */
    size_t first_run, run_count;
} bp_markdown_block;

/* A document: `input` with its marks, made from `written`. */
typedef struct {
    const char *input, *written;
    size_t length;
    const bp_markdown_mark *marks;
} bp_markdown_document;

/* Reads a document into `text` and `runs` as above, and `blocks` (of bp_markdown_block): both ends
 * of each in the order of the text. */
bool bp_markdown_read_blocks(const bp_markdown_document *document, bp_buf *text, bp_buf *runs,
                             bp_buf *blocks);

#endif
