/* Shaping: characters to positioned glyphs, word by word through a cache. */
#ifndef BP_TEXT_SHAPE_H
#define BP_TEXT_SHAPE_H

#include "text/catalog.h"

/* Small, for a book shows tens of thousands of different words. */
typedef struct {
    uint16_t id;      /* Glyph of the font. */
    uint16_t cluster; /* Byte of the run's text that it begins with. */
    float advance;    /* Font units, along the line. */
    int16_t dx, dy;   /* Font units; dy grows upwards. */
} bp_glyph;

/* Glyphs of one font, in visual order (left to right). Lent by the shaper's cache until it is
 * trimmed (see bp_shaper_trim); a paragraph holds on to those it shows for as long as it lives. */
typedef struct {
    bp_font *font;
    const bp_glyph *glyphs;
    const char *text; /* The characters they stand for, UTF-8, in logical order. Not NUL-ended. */
    double advance;   /* Sum of the advances, font units. */
    uint32_t glyph_count, text_length;
    uint32_t cluster_count, space_count; /* Of its glyphs. */
    uint32_t serial; /* Differs for every run of the shaper's life, unlike its address. */
    bool is_rtl;     /* Clusters fall from left to right. */
    bool is_wide;    /* Han, Kana and their punctuation: set solid, justified between characters. */
    bool is_missing; /* Marks, for characters that no font has. */
} bp_run;

/* True where glyph `i` stands for a space that justification may stretch (U+0020, U+00A0). */
static inline bool bp_run_is_space(const bp_run *run, size_t i)
{
    const char *c = run->text + run->glyphs[i].cluster;
    size_t left = run->text_length - run->glyphs[i].cluster;
    return (left > 0 && *c == ' ') || (left > 1 && c[0] == '\xc2' && c[1] == '\xa0');
}

/* True where glyph `i` is the last of its cluster from left to right: extra space goes behind it.
 */
static inline bool bp_run_ends_cluster(const bp_run *run, size_t i)
{
    return i + 1 >= run->glyph_count || run->glyphs[i + 1].cluster != run->glyphs[i].cluster;
}

/* How text is set. Made once, compared by address afterwards; strings are copied. Lent by the
 * shaper. */
typedef struct bp_style bp_style;
typedef struct {
    const char *const *families; /* Tried in order, per grapheme cluster. At least one. */
    size_t family_count;
    double size; /* Points. */
    int weight;  /* 1 to 1000; 0: 400. */
    bool is_italic;
    double tracking;      /* Extra space behind each cluster, in thousandths of an em. */
    double rise;          /* Points above the baseline. */
    const char *features; /* OpenType: "tnum,ss01,-liga"; NULL: the defaults. */
    const char *language; /* BCP 47; NULL: "en". */
    uint32_t color;       /* 0xRRGGBBAA; passed through to who paints. */
    bool allow_missing;   /* A character no font has becomes a visible mark, and a warning, not an
                             error. */
    double word_space;    /* Factor on the width of a space; 0: 1. */
} bp_style_spec;

typedef struct bp_shaper bp_shaper;

/* A shaper on a catalog, which must outlive it. */
bp_shaper *bp_shaper_new(bp_catalog *catalog, bp_error *err);
void bp_shaper_free(bp_shaper *shaper);

/* Makes the shaper fit for another report, which gets the glyphs and lines that a new one would
 * give it: words and patterns are kept, of what was asked for nothing is. False where that cannot
 * be; it is to be freed then. No paragraph may be left. */
bool bp_shaper_renew(bp_shaper *shaper);

/* Adds a folder in which the patterns of hyphenation are looked for, ahead of /usr/share/hyphen:
 * files of libhyphen such as "hyph_en_GB.dic". They are opened when a text first needs them. */
bool bp_shaper_add_hyphen_folder(bp_shaper *shaper, const char *folder, bp_error *err);
/* Those that were, in order: the file's name and a hash of its content, both lent. False where
 * there is no such number. */
bool bp_shaper_hyphen_source(const bp_shaper *shaper, size_t i, const char **name,
                             const char **print);

/* The path of the same; lent, NULL where there is no such number. */
const char *bp_shaper_hyphen_file(const bp_shaper *shaper, size_t i);

/* The style of a spec: the same address for equal specs. Resolves the families' fonts;
 * BP_ERR_RESOURCE. */
const bp_style *bp_style_find(bp_shaper *shaper, const bp_style_spec *given, bp_error *err);
const bp_style_spec *bp_style_values(const bp_style *style);
/* The font of the first family: line height and baseline come from it alone, so fallback never
 * moves lines. */
bp_font *bp_style_font(const bp_style *style);

/* Shapes one word. Runs are lent as above; equal input is answered from the cache. `level` is the
 * bidi level (odd: right to left). Text beyond 16 KiB becomes several runs. Bad UTF-8 is
 * BP_ERR_DATA; a character without a font BP_ERR_RESOURCE, or a visible mark where the style allows
 * it. */
bool bp_shape(bp_shaper *shaper, const bp_style *style, const char *text, size_t length, int level,
              const bp_run **runs, size_t *count, bp_error *err);

/* For setting one line word by word, in the way a paragraph does (bp_page_text). */

/* The length of the piece of text that is shaped as one word: up to and including spaces, or one
 * wide character (with the punctuation next to it), or a bounded part of something very long. Never
 * 0 for length > 0. */
size_t bp_word_length(const char *text, size_t length);

/* The space, a quarter em, that Chinese and Japanese text has between a Han or Kana character and a
 * Latin letter or digit: behind the first `at` bytes of the text, 0 elsewhere. */
double bp_word_gap(const char *text, size_t length, size_t at);

/* True for languages set in Han characters, where shared punctuation is that of the Han font. */
bool bp_language_is_han(const char *language);

/* True for languages written from right to left. A script subtag decides where there is one. */
bool bp_language_is_rtl(const char *language);

/* True where the text has characters written from right to left. */
bool bp_text_has_rtl(const char *text, size_t length);

/* What the first character of a text is to the order of both directions. */
typedef enum {
    BP_ORDER_STRONG,  /* A letter: it has a direction. */
    BP_ORDER_NUMBER,  /* A digit. */
    BP_ORDER_SIGN,    /* What stands in and beside numbers: full stop, comma, percent, currency. */
    BP_ORDER_NEUTRAL, /* Spaces and other punctuation. */
} bp_order_kind;
bp_order_kind bp_text_order_kind(const char *text, size_t length);

/* Ends the runs that no paragraph holds when the cache has grown beyond its bound (a quarter of the
 * run's memory, 2 MiB at least, 3 MiB at most); otherwise does nothing. Called at the start of
 * each bp_paragraph_new; whoever calls bp_shape for many different texts calls it between them. */
void bp_shaper_trim(bp_shaper *shaper);

/* The width in points of one line of text, that of a paragraph of it which does not wrap. Tracking
 * stands between characters, not behind the last. */
bool bp_shape_width(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                    double *width, bp_error *err);

/* Is told a character that no font has and that a mark stands for (styles with `allow_missing`):
 * its name, what stands around it and the families that were tried, as "U+4E00 ... in ...; tried
 * ...", lent. Called while text is measured, laid out or shown, once a word. */
typedef void bp_missing_teller(void *owner, uint32_t character, const char *sentence);
void bp_shaper_tell_missing(bp_shaper *shaper, bp_missing_teller *tell, void *owner);

/* Points that a full-width mark which begins a line of Chinese or Japanese leaves empty before its
 * ink; the line has no room for that. 0 where the text begins with another character. */
bool bp_shape_lead(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                   double *lead, bp_error *err);

typedef struct {
    size_t hits, misses, glyphs, bytes; /* `bytes`: held by the cache now. */
    size_t recalled; /* Words that were not known and that HarfBuzz was not asked for. */
} bp_shape_stats;
bp_shape_stats bp_shaper_stats(const bp_shaper *shaper);

#endif
