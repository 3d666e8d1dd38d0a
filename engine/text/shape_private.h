/* What paragraphs know of shaping beyond shape.h: whole words with their measures, and holding on
 * to them. */
#ifndef BP_TEXT_SHAPE_PRIVATE_H
#define BP_TEXT_SHAPE_PRIVATE_H

#include "text/breaks.h"
#include "text/hyphenate.h"
#include "text/linebreak.h"
#include "text/paragraph.h"

/* A shaped word. Lengths are in em, so that styles that differ in size share it. */
typedef struct {
    const bp_run *runs; /* In visual order. */
    uint32_t run_count;
    uint32_t cluster_count;
    uint32_t space_count;    /* Stretchable spaces, trailing ones included. */
    uint32_t trailing_count; /* U+0020 at its end. */
    double advance;          /* All of it. */
    double spaces;           /* The part of `advance` that stretchable spaces take. */
    double trailing;         /* The part that trailing spaces take. */
} bp_word;

/* Added to a level where a letter at the word's end joins its neighbour in another word: Arabic
 * text in two spans. */
#define BP_JOINS_BEFORE 0x100
#define BP_JOINS_BEHIND 0x200

/* Where the marks at `at` end that belong to the character before; `at` where there are none. */
size_t bp_marks_end(const char *text, size_t length, size_t at);

/* True where the letters on both sides of byte `at` join. */
bool bp_text_joins(const char *text, size_t length, size_t at);

/* Words are shaped from this text from now on, which tells what stands around a character that no
 * font has. Lent; NULL: it is no longer there. */
void bp_shaper_read_from(bp_shaper *shaper, const char *text, size_t length);

/* While it is hushed, nobody is told of missing characters: for words that were told before and are
 * shaped once more. Answers what it was, for setting it back. */
bool bp_shaper_hush(bp_shaper *shaper, bool is_hushed);

/* Shapes a word through the cache; NULL with `err`. Lent until the cache is trimmed. */
const bp_word *bp_shape_word(bp_shaper *shaper, const bp_style *style, const char *text,
                             size_t length, int level, bp_error *err);

/* The hyphen of a style, shown where a soft hyphen breaks; its text is U+00AD. Lent for the
 * shaper's life. */
const bp_word *bp_shape_hyphen(bp_shaper *shaper, const bp_style *style, bp_error *err);

/* Holds the words that are in the cache now, and lets them go. */
typedef struct bp_generation bp_generation;
bp_generation *bp_shaper_hold(bp_shaper *shaper);
void bp_shaper_release(bp_shaper *shaper, bp_generation *held);

/* The shaper's finder of line-break opportunities, with its ICU iterators. */
bp_breaks *bp_shaper_breaks(bp_shaper *shaper);
/* Its hyphenation patterns. */
bp_hyphens *bp_shaper_hyphens(bp_shaper *shaper);
/* Memory for laying out one paragraph after the other. */
typedef struct {
    bp_break_scratch breaking;
    bp_buf chosen;                       /* Of bp_break_line. */
    bp_buf hyphenated, expanded;         /* Of bp_break_item. */
    bp_buf ends;                         /* Of bp_break_end. */
    bp_line line;                        /* The one that was built last. */
    bp_buf pieces, atoms;                /* Its own. */
    bp_buf levels, gaps, order, ordered; /* Of a line that is built. */
    bp_buf slack;                        /* Of han.c. */
    size_t atoms_kept;                   /* Bytes, of texts that are laid out. */
} bp_line_scratch;
bp_line_scratch *bp_shaper_line_scratch(bp_shaper *shaper);

/* Points of a word: with its tracking behind every character, and the part of that at the end that
 * a line's end drops: trailing spaces and the last character's tracking. */
double bp_word_advance(const bp_word *word, const bp_style_spec *spec);
double bp_word_hang(const bp_word *word, const bp_style_spec *spec);

/* Kinds of full-width marks, in the order in which lines that are too long squeeze them (clreq,
 * 6.3.3), but for the last, beside which nothing is added either. */
typedef enum {
    BP_MARK_NONE,
    BP_MARK_MIDDLE,  /* Middle dots. */
    BP_MARK_OPENING, /* Brackets and quotes. */
    BP_MARK_CLOSING,
    BP_MARK_PAUSE, /* Commas, colons, semicolons. */
    BP_MARK_STOP,  /* Full stops, question and exclamation marks. */
    BP_MARK_JOINT  /* Connectors and slashes. */
} bp_mark_kind;
bp_mark_kind bp_mark_kind_of(uint32_t c);

/* A mark as the fonts of a style have it, in em. */
typedef struct {
    uint32_t character;
    uint8_t kind;         /* bp_mark_kind. */
    float advance;        /* 0: it is no full-width mark there, and has no rooms. */
    float before, behind; /* Empty rooms of its square, which it can do without. */
} bp_mark;

/* Measures the marks of a text, so that bp_mark_of_glyph knows them. */
bool bp_marks_learn(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                    bp_error *err);
/* The mark that glyph `i` of a run is; NULL: none, or one that was not learnt. `*is_whole`: it has
 * its rooms still. */
const bp_mark *bp_mark_of_glyph(const bp_style *style, const bp_run *run, size_t i, bool *is_whole);

/* Which of two marks beside each other gives up half of its square: -1: the first, 1: the second,
 * 0: neither, or they are none. */
int bp_marks_squeezed(const bp_style *style, uint32_t before, uint32_t after);
/* Points of the empty room of the mark that a word begins or ends with; 0: none. */
double bp_word_room(const bp_style *style, const bp_word *word, bool is_before);

/* Where the grapheme cluster that begins at `at` ends. */
size_t bp_grapheme_end(const char *text, size_t length, size_t at);

/* True for characters that take an em in East Asian type: ideographs, Kana, full-width forms. */
bool bp_is_wide(uint32_t c);

#endif
