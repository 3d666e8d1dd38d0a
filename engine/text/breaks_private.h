/* What the files that find line ends share: the plain rules of UAX 14 (uax14.c), the ties on top of
 * them (ties.c), and the words the ties go by (tie_words.c). */
#ifndef BP_TEXT_BREAKS_PRIVATE_H
#define BP_TEXT_BREAKS_PRIVATE_H

#include "text/breaks.h"

/* Departures from the conformance file, each of them ICU's too but the last. */
enum {
    /* A full stop or comma stays with the figure behind it ("a.3"), and one that begins a figure
     * after a space may begin a line (" .5"). */
    BP_UAX14_NUMBERS = 1,
    /* A hyphen that begins a line stays with its letter ("-x"). */
    BP_UAX14_HYPHENS = 2,
    /* U+201C and U+201D open and close: in Chinese and Japanese no spaces tell. */
    BP_UAX14_HAN_QUOTES = 4,
    /* So do U+2018 and U+2019, where no apostrophe stands in a word. */
    BP_UAX14_HAN_SINGLES = 8
};

typedef struct {
    uint32_t start, end;
} bp_byte_span;

/* Appends to `ends` (of uint32_t) each byte before which UAX 14 (Unicode 15, strict: small Kana
 * begin no line) lets a line end, the text's end last; and to `complex` (of bp_byte_span) the
 * stretches that only a dictionary can divide (Thai, Lao, Khmer, Burmese). The text is good UTF-8
 * below 2 GiB. False only when memory is refused. Linear. */
bool bp_uax14_find(const char *text, size_t length, unsigned departures, bp_buf *ends,
                   bp_buf *complex);

/* Weighs `plain` (of uint32_t), adds the ends that addresses have beyond it, and appends all to
 * `ends` (of bp_break_end), the forbidden ones too. False only when memory is refused. Linear. */
bool bp_ties_weigh(const char *text, size_t length, const char *language, const bp_buf *plain,
                   bp_buf *ends);

/* The words of a language: lists in which a space stands on both sides of every word. NULL: none.
 */
typedef struct {
    char code[3];
    const char *counts;        /* Of numbers, behind a figure: "million". */
    const char *phrases;       /* Likewise, of two words, "_" for the space between them. */
    const char *labels;        /* Before a figure: "Chapter". */
    const char *abbreviations; /* Before a figure, never parted from it: "p.". */
    const char *months;
    const char *titles;  /* Before a name, with or without a point. */
    const char *letters; /* Words of one letter that end no line. */
} bp_tie_words;

/* English, and the words of the language itself where it has some; else NULL. */
extern const bp_tie_words bp_tie_english;
const bp_tie_words *bp_tie_words_find(const char *language);
/* Symbols of units. */
extern const char bp_tie_units[];

#endif
