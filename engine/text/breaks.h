/* Where a line may end, and how well: the rules of UAX 14, strict for Chinese and Japanese, with
 * dictionaries for Thai, Lao, Khmer and Burmese; and on top of them the ties that careful
 * typesetters put in by hand: a figure stays with its unit, a day with its month, an initial with
 * its name. A tie that no reader would forgive is no opportunity at all; the others are penalties,
 * for the one who chooses lines to weigh. */
#ifndef BP_TEXT_BREAKS_H
#define BP_TEXT_BREAKS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct bp_breaks bp_breaks;

bp_breaks *bp_breaks_new(void);
void bp_breaks_free(bp_breaks *breaks);

/* Penalties, on TeX's scale: a hyphen between syllables costs 50 there, 10000 is never. */
enum {
    BP_BREAK_FREE = 0,
    BP_BREAK_SLIGHT = 50, /* As good as a hyphenated word: after a hyphen that is there anyway. */
    BP_BREAK_MILD = 100,  /* Where lines beside it do not suffer. */
    BP_BREAK_POOR = 200,  /* Where spaces would get far too wide. */
    BP_BREAK_BAD = 1000,  /* Before a word is cut or sticks out, and for no other reason. */
    BP_BREAK_NEVER = 10000
};

/* Why an opportunity is not free. */
typedef enum {
    BP_TIE_NONE,         /* It is: UAX 14 alone. */
    BP_TIE_UNIT,         /* 34.8 %, 12 km, 3 000 万: never. 5 a.m.: never. */
    BP_TIE_COUNT,        /* 34.8 percent, 5 million, per cent: bad. 1,748 enterprises: slight. */
    BP_TIE_SIGN,         /* § 7, US$ 5, No. 5, p. 12, Fig. 3: never. Chapter 4: bad. */
    BP_TIE_FIGURE,       /* 10 × 20: never. 3 000, 2017–2022: bad. Full-width digits: never. */
    BP_TIE_DATE,         /* 3 September, September 3: bad. Sept 2022: poor. Before a year behind its
                          * day and month: mild. 2022年|9月|3日: poor. */
    BP_TIE_NAME,         /* Dr Who, J. R., Louis XIV: bad. Between initial and name: poor. */
    BP_TIE_ABBREVIATION, /* e. g., z. B.: never. et al., R & D: bad. */
    BP_TIE_LETTER,       /* Prepositions of one letter in Czech, Slovak, Polish, Russian, Ukrainian:
                          * bad. */
    BP_TIE_HYPHEN,       /* X-ray, vitamin-C, --option: never. 10-year: poor. Others: slight. */
    BP_TIE_DASH,         /* Before a dash that ends a thought, behind one that opens it: never.
                          * A–B: never. Before a spaced dash: poor. */
    BP_TIE_SLASH,        /* km/h, I/O: never. and/or: mild. */
    BP_TIE_ADDRESS,      /* After a slash: mild. After a point, @ and the like: a little worse.
                          * After a hyphen: never, it would seem to be ours. */
    BP_TIE_QUOTE,        /* « mot »: never. */
    BP_TIE_MARK,         /* Before middle dots and joining dashes in Han text, before dandas, Thai
                          * and Khmer repetition marks, and an ellipsis that ends; behind one
                          * that begins: never. */
    BP_TIE_COUNTER,      /* 2022年, 3000万: never. 12家, 第1, 3000万|元: poor. */
    BP_TIE_SYLLABLE,     /* Inside of a Korean word: mild. Between figure and syllable: never. */
    BP_TIE_COUNT_OF_RULES
} bp_tie;

/* An opportunity. */
typedef struct {
    uint32_t end;    /* Byte of the text before which a line may end. */
    int16_t penalty; /* 0 to below BP_BREAK_NEVER. 0 at a line feed, where the line must end, and
                      * behind a soft hyphen, whose price is the hyphenator's. */
    uint8_t tie;     /* A bp_tie. */
} bp_break_end;

/* Appends to `ends` (of bp_break_end) the opportunities of a text, in order, the text's end last
 * (free). The text is good UTF-8 below 2 GiB. `language` is a BCP 47 tag. Linear in the text. */
bool bp_breaks_weigh(bp_breaks *breaks, const char *text, size_t length, const char *language,
                     bp_buf *ends, bp_error *err);

/* The same with those that are forbidden, at BP_BREAK_NEVER: all of UAX 14's, with the reasons. */
bool bp_breaks_judge(bp_breaks *breaks, const char *text, size_t length, const char *language,
                     bp_buf *ends, bp_error *err);

/* For choosing without penalties: appends the ends alone (of uint32_t). An opportunity that is mild
 * or worse counts only where the text would otherwise have no end within 20 characters. */
bool bp_breaks_find(bp_breaks *breaks, const char *text, size_t length, const char *language,
                    bp_buf *ends, bp_error *err);

/* True for a word that is an address of the web or of mail: its parts are no words, and take no
 * hyphens. */
bool bp_breaks_is_address(const char *word, size_t length);

/* The ends that ICU's iterator gives, strict, for the tests that compare. */
bool bp_breaks_find_icu(bp_breaks *breaks, const char *text, size_t length, const char *language,
                        bp_buf *ends, bp_error *err);

#endif
