/* A paragraph: spans of styled text, broken into lines of a width. How lines are chosen stays
 * behind bp_paragraph_layout, so that a better breaker changes no caller. Lengths are points, y
 * grows downwards from the top of the first line. */
#ifndef BP_TEXT_PARAGRAPH_H
#define BP_TEXT_PARAGRAPH_H

#include "text/shape.h"

typedef enum {
    BP_ALIGN_START,
    BP_ALIGN_END,
    BP_ALIGN_CENTER,
    BP_ALIGN_JUSTIFY,
    BP_ALIGN_LEFT,
    BP_ALIGN_RIGHT
} bp_align;

/* What a span is to who reads the file, beside its text. Strings are copied. */
typedef struct {
    const char *tag;       /* A structure type inside of a line: "Code", "Quote", "Reference" ... */
    const char *expansion; /* What it is short for. */
    const char *note;      /* Of the element that is read behind it: a footnote's. */
} bp_span_role;

typedef struct {
    const bp_style *style;
    const char *text; /* UTF-8. "\n" forces a line break (one at the very end begins no line). Other
                       * controls, U+2028 and U+2029 are errors. */
    size_t length;
    const char *link;     /* Target, "https://..." or "#name"; NULL: none. Copied. */
    bp_span_role role;    /* All NULL: none. */
    uint32_t mark;        /* Any number of the caller's (a figure of the ledger); 0: none. */
    double width, height; /* With text NULL: an inline box of this size on the baseline. */
} bp_span;

/* When words are hyphenated, beside the soft hyphens that the text has. */
typedef enum {
    BP_HYPHENATE_AUTO, /* Justified text, and in other text a word that is wider than the line. */
    BP_HYPHENATE_ALWAYS,
    BP_HYPHENATE_NEVER
} bp_hyphenate;

/* Zero is the default everywhere. Where zero itself is to be said, a negative number says it. */
typedef struct {
    bp_align align;
    double leading; /* Baseline to baseline; 0: 1.4 times the largest size. */
    double indent;  /* Of the first line; negative: of all lines but the first. Lines forced by "\n"
                       are no first ones. */
    const char *language; /* For breaking and bidi; NULL: that of the first span's style. */
    int direction; /* 0: left to right; 1: right to left; -1: right to left where the language is,
                    * else from the text (its first strong character). */
    bool greedy;   /* Break line by line, each as full as can be, not the text as a whole. */
    bool no_wrap;  /* One line, however long (forced breaks still count). */

    bp_hyphenate hyphenate; /* By the patterns of the language of the word's style. */
    int hyphen_word;        /* Letters of the shortest word that is divided; 0: 5. */
    int hyphen_before;      /* Letters before a hyphen, at least; 0: 2. A language's own rule may
                               ask for more. */
    int hyphen_after;       /* Letters behind it, at least; 0: 3. */
    double hyphen_penalty;  /* What a hyphen at a line's end costs; 0: 50, as in TeX. */

    double tolerance;      /* Badness up to which spaces of justified lines stretch before more
                              hyphens, and then anything, are tried: 100 where all spaces have grown
                              by `space_stretch`, 800 where by twice that; 0: 200. */
    double space_stretch;  /* Part of its width that a space may well grow by; 0: 0.5. */
    double space_shrink;   /* Part of its width that a space narrows by at most; 0: 1/3. */
    double letter_stretch; /* Ems that the space behind each letter may grow by in a justified line,
                              together with the spaces, so that these are more even; 0: none. More
                              than 0.03 shows. */
    double letter_shrink;  /* Ems that it may narrow by, likewise. More than 0.015 shows. */
    double protrusion;     /* How far marks and some letters hang out of a straight edge: 0: not at
                              all, 1: as is usual (protrude.h), 0.5: half of that. Of full-width
                              marks only those of pause and stop hang, by what their ink takes. */
    int looseness;         /* Lines more, or fewer, than are best, where that can be. */
    double last_line; /* Part of the measure that the last line should fill; 0: 0.1. It should be as
                         long as twice the indent in any case, and Chinese have two characters. */
} bp_paragraph_options;

typedef struct bp_paragraph bp_paragraph;

/* Analyses and shapes the text once; laying out at another width is cheap. `shaper` must outlive
 * it. Bad UTF-8 is an error. Yours to free. */
bp_paragraph *bp_paragraph_new(bp_shaper *shaper, const bp_span *spans, size_t count,
                               const bp_paragraph_options *options, bp_error *err);
void bp_paragraph_free(bp_paragraph *paragraph);

/* The width of its longest unbreakable part (words whole), and of its longest line when nothing
 * wraps. */
double bp_paragraph_min_width(const bp_paragraph *paragraph);
double bp_paragraph_max_width(const bp_paragraph *paragraph);

/* Chooses the lines for `width`. Cheap when the width is that of the last call. A part wider than
 * the line is broken between clusters rather than left to stick out. Of what was known of the text
 * only its lines are kept, some bytes each: a book may be laid out as a whole before it is drawn.
 */
bool bp_paragraph_layout(bp_paragraph *paragraph, double width, bp_error *err);

/* Lines beside something that the text goes round: so many from the first are narrower by `width`
 * points, which are left free at one side. Each line is chosen for its own measure. */
typedef struct {
    size_t lines;
    double width;
    bool is_left;
} bp_paragraph_notch;

/* The same with a notch, which is remembered with the width: at most 10,000 lines. */
bool bp_paragraph_layout_notched(bp_paragraph *paragraph, double width,
                                 const bp_paragraph_notch *notch, bp_error *err);

/* A piece of a line: a run at a place. */
typedef struct {
    const bp_run *run;               /* NULL: an inline box. */
    size_t first_glyph, glyph_count; /* The part of the run that is shown. */
    const bp_style *style;
    double x; /* Of its left end, from the left end of the line's measure. */
    double
        word_extra; /* Points added behind each space of the run: word space and justification. */
    double cluster_extra;     /* Points added behind each cluster: tracking and justification. */
    const char *link;         /* NULL: none. */
    const bp_span_role *role; /* NULL: none. One address for each span. */
    uint32_t mark;
    double width, height; /* Points; height is that of an inline box, else 0. */
    bool is_hanging; /* Spaces at the line's end, outside of `width` of the line: kept so that words
                      * stay apart for readers of the file, without link or mark. */
    uint32_t start;  /* Byte of the paragraph's text that it begins with: the order of reading. */
} bp_piece;

typedef struct {
    double top;             /* Of the line box, from the paragraph's top. */
    double baseline;        /* From the paragraph's top. */
    double height;          /* The leading. */
    double x, width;        /* Of the ink, from the left end of the measure. Protrusion begins to
                             * its left, and reaches beyond its right end. */
    const bp_piece *pieces; /* In visual order. */
    size_t piece_count;
    bool is_hyphenated, is_last, is_forced;
    /* A word that a hyphen divides can be read whole on the first of its lines: pieces from
     * `part_first` on, the hyphen with them, are the part that stands there, and `whole` is the
     * word. The first `rest_count` pieces are what is left of a word that an earlier line has
     * begun, with the spaces behind it where it `rest_has_space`. All 0 where the line is not in
     * reading order. */
    size_t rest_count, part_first, part_count;
    bool rest_has_space;
    const char *whole; /* UTF-8, lent by the paragraph; soft hyphens of its own may stand in it. */
    size_t whole_length;
    bool is_mixed;  /* Some of its text is of another direction than the paragraph, or that is from
                     * right to left: its pieces may not be in the order of reading. */
    bool is_rtl;    /* The paragraph is from right to left. */
    double stretch; /* Points its first space grew by (justified lines); negative: narrowed. */
    double square;  /* Points put between its first full-width characters that were moved apart. */
    double marks;   /* Points that its full-width marks gave up, but for those at its edges. */
    double letter;  /* Ems that letter spacing put behind each letter; negative: took. */
    double ratio;   /* How far the line was bent, 1: its spaces have grown by what they may, -1:
                     * narrowed by it. */
} bp_line;

size_t bp_paragraph_line_count(const bp_paragraph *paragraph);
/* Line `i` of the last layout. It is built anew each time, in memory of the shaper's: lent until
 * the next line of any paragraph is asked for, or a paragraph is made or laid out. NULL with `err`.
 */
const bp_line *bp_paragraph_line(const bp_paragraph *paragraph, size_t i, bp_error *err);
double bp_paragraph_height(const bp_paragraph *paragraph);
/* The bytes of the paragraph's text that line `i` shows, without its trailing spaces and line feed.
 * The text is that of all spans, one after the other; an inline box counts as U+FFFC (3 bytes).
 * False where there is no such line. */
bool bp_paragraph_line_range(const bp_paragraph *paragraph, size_t i, size_t *start, size_t *end);
/* True where a part of line `i` has the mark: other lines need not be built to find it. */
bool bp_paragraph_line_has_mark(const bp_paragraph *paragraph, size_t i, uint32_t mark);
/* Lent. */
const char *bp_paragraph_text(const bp_paragraph *paragraph, size_t *length);
/* Ink extents from the first span's font: ascent of the first line, descent of the last. */
double bp_paragraph_ascent(const bp_paragraph *paragraph);
double bp_paragraph_descent(const bp_paragraph *paragraph);

#endif
