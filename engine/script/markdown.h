/* Inline Markdown: what api_inline.c hands over when it has taken a layout's text apart, and gets
 * back. Runs are gathered in buffers, for md4c's callbacks must not raise Lua errors (it would
 * leak). */
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
    BP_MARK_SPANNED
};

typedef struct {
    size_t start, length;     /* In the gathered text. */
    size_t link, link_length; /* The same. */
    size_t image, image_length;
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

#endif
