/* What the layout tables of a font may do to plain words, that is words of printable ASCII and the
 * marks that print has beside it, which have codes below a space here. Most
 * substitutions need marks, digits beside each other or the like, so most words cannot meet any:
 * such a word's glyphs each follow from one letter alone, and each advance from a letter and the
 * next. Whoever knows that need not ask HarfBuzz again for what it has answered once.
 *
 * The answer errs on one side only: what is not understood here, or damaged, may do anything. */
#ifndef BP_TEXT_RULES_H
#define BP_TEXT_RULES_H

#include <stdbool.h>

#include "base/buf.h"
#include "text/sfnt.h"

#define BP_LETTER_FIRST 0x18u
#define BP_LETTER_COUNT 103u

/* The character of a letter's code. */
static inline uint32_t bp_letter_character(unsigned code)
{
    static const uint16_t marks[] = {0x2013, 0x2014, 0x2018, 0x2019,
                                     0x201c, 0x201d, 0x2022, 0x2026};
    return code < 0x20 ? marks[code - BP_LETTER_FIRST] : code;
}

/* The code of the letter at `text`, which has bytes behind it up to `length`, and how many bytes it
 * takes; 0: it is none. */
static inline unsigned char bp_letter_code(const char *text, size_t length, size_t *size)
{
    unsigned char first = (unsigned char)text[0];
    *size = 1;
    if (first < 0x80)
        return first >= 0x20 && first < 0x7f ? first : 0;
    if (first != 0xe2 || length < 3 || (unsigned char)text[1] != 0x80)
        return 0;
    *size = 3;
    unsigned character = 0x2000u | ((unsigned char)text[2] & 0x3f);
    for (unsigned char code = BP_LETTER_FIRST; code < 0x20; code++)
        if (bp_letter_character(code) == character)
            return code;
    return 0;
}

/* Bytes of a letter in UTF-8. */
static inline size_t bp_letter_size(unsigned char code)
{
    return code < 0x20 ? 3 : 1;
}

/* A set of letters: the bit of each is its code. */
typedef struct {
    uint64_t bits[2];
} bp_letters;

static inline void bp_letters_add(bp_letters *letters, unsigned char c)
{
    letters->bits[c >> 6] |= UINT64_C(1) << (c & 63);
}

/* A lookup that is on for the words in question. */
typedef struct {
    unsigned index;
    bool is_simple; /* Set: it exchanges single glyphs of letters, wherever they stand. */
} bp_lookup;

typedef struct {
    bool is_unknown; /* They may do anything to any word. */
    bp_letters hot;  /* Every rule that may match needs one of these. */
    bp_buf places;   /* Of bp_letters: what each place of a rule takes; an empty one ends a rule. */
    bp_buf glyphs;   /* Of uint32_t, sorted: all that single letters may become. */
} bp_rules;

/* Reads the lookups of the tables GSUB and GPOS (either may be empty). `glyphs` are those of the
 * letters from BP_LETTER_FIRST on, 0 where the font has none. Where memory is refused the rules are
 * unknown. Begin with {0}, end with bp_rules_clear. */
void bp_rules_read(bp_rules *rules, const uint32_t glyphs[BP_LETTER_COUNT], bp_sfnt_view gsub,
                   bp_lookup *substitutions, size_t substitution_count, bp_sfnt_view gpos,
                   bp_lookup *positionings, size_t positioning_count);
void bp_rules_clear(bp_rules *rules);

/* False where nothing but the exchange of single glyphs, and advances that depend on a glyph and
 * the next, can happen to a word of these letters. */
bool bp_rules_may_match(const bp_rules *rules, bp_letters word);

#endif
