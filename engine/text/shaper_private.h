/* The inside of the shaper, shared by the files that make it up: styles, words, cache. */
#ifndef BP_TEXT_SHAPER_PRIVATE_H
#define BP_TEXT_SHAPER_PRIVATE_H

#include "base/buf.h"
#include "text/rules.h"
#include "text/shape_private.h"

struct hb_buffer_t;
struct hb_feature_t;
struct hb_language_impl_t;

/* The part of a style that decides which glyphs come out: styles that differ in size, colour and
 * the like share it, and with it the cached words. */
typedef struct {
    uint32_t id; /* From 1; part of the cache's key. */
    const bp_style_spec
        *spec;       /* Of the style it was made for; families, weight, features, language. */
    bp_font **fonts; /* One per family, opened when first asked; lent by the catalog. */
    bp_buf extra;    /* Of bp_font *: what the catalog gave for characters no family has. */
    struct hb_feature_t *features;
    unsigned feature_count;
    const struct hb_language_impl_t *language;
    bool is_han;            /* The language is Chinese or Japanese. */
    bool is_simplified;     /* It is Chinese as the mainland writes it. */
    bp_buf marks;           /* Of bp_mark: those that were measured. */
    ptrdiff_t han_font;     /* The family that has Han; -1: none; -2: not looked for yet. */
    uint32_t letters[4];    /* Letters (rules.h) that the first font has, by code. */
    struct bp_plain *plain; /* NULL: not asked for yet, or refused. */
    unsigned plain_count;   /* Plain words shaped so far, up to where that is asked. */
    bp_word *hyphen;
} bp_face_set;

struct bp_style {
    bp_style_spec spec; /* Normalised; owns its strings. */
    uint64_t hash;
    bp_face_set *faces;
};

/* Memory of words: blocks that end together. */
struct bp_generation {
    struct bp_generation *older, *newer;
    struct block *blocks;
    size_t used, bytes; /* Of the first block; of all blocks. */
    long holders;
};

/* A place in the table. The text stands behind the word. */
typedef struct {
    const bp_word *word;
    uint32_t hash, faces, length; /* Low part of the hash; id of the face set; bytes of text. */
    uint8_t asked;                /* Times since it was made or copied, as far as that matters. */
    uint8_t form;                 /* Of bp_form. */
    bool is_missing;              /* Marks stand in it for characters that no font has. */
} bp_cache_entry;

struct bp_shaper {
    bp_catalog *catalog;
    bp_breaks *breaks;
    bp_hyphens *hyphens;
    struct hb_buffer_t *buffer;
    bp_buf styles; /* Of bp_style *, open addressing by hash; NULL is free. */
    size_t style_count;
    bp_buf face_sets;               /* Of bp_face_set *. */
    bp_cache_entry *cache;          /* Open addressing; `word` NULL is free. */
    size_t cache_size, cache_count; /* Size is a power of two. */
    bool shapes_whole;              /* HarfBuzz shapes plain words too, for comparison. */
    struct bp_pairs *pairs;         /* Advances of plain words, by font. */
    bp_generation *generation;      /* The newest: words are added to it. */
    uint32_t next_serial;
    bp_missing_teller *tell_missing; /* NULL: nobody asks. */
    bool is_hushed;
    void *missing_owner;
    const char *around; /* The text that words are shaped from at the time; NULL: unknown. */
    size_t around_length;
    bp_shape_stats stats;
    bp_line_scratch lines;
    bp_buf letters, units, items, features, glyphs, runs, asked; /* Scratch of bp_word_make. */
};

/* What decides a word's glyphs beside its text and faces. */
enum bp_form {
    BP_FORM_RTL = 1,
    BP_FORM_JOINS_BEFORE = 2, /* Its first letter joins what stands before it. */
    BP_FORM_JOINS_BEHIND = 4
};

/* Shapes a word into the newest generation or, with `is_own`, into a block of its own that is the
 * caller's to free. */
bp_word *bp_word_make(bp_shaper *shaper, bp_face_set *faces, const char *text, size_t length,
                      unsigned form, bool is_own, bp_error *err);

/* word_store.c: what was shaped, which is in `runs` and `glyphs`, as a word; NULL when memory is
 * refused. */
bp_word *bp_word_store(bp_shaper *shaper, const char *text, size_t length, bool is_rtl,
                       bool is_own);

/* A copy of a cached word in the newest generation. NULL when memory is refused. */
bp_word *bp_word_copy(bp_shaper *shaper, const bp_word *word);

/* Fills `features` with those to shape bytes `start` to `end` of a text with: the style's, and
 * "halt" on punctuation that would leave a hole beside other punctuation. Of two marks beside each
 * other the closing one gives up its empty half, of two opening ones the second. Question and
 * exclamation marks keep theirs but before a closing bracket. The middle dot of simplified Chinese
 * is half a square wide. False when memory is refused. */
bool bp_word_features(const bp_face_set *faces, const char *text, size_t start, size_t end,
                      bool is_wide, bp_buf *features);

/* Does the same by the ink of the glyphs where the font has no "halt". `features` are those, and
 * `start` where the glyphs' text begins in that they were made for. */
void bp_word_squeeze(const bp_face_set *faces, const bp_font *font, const bp_buf *features,
                     size_t start, bp_glyph *glyphs, size_t count);

/* The font of family `i`, opened where it was not. */
bp_font *bp_face_set_font(bp_shaper *shaper, bp_face_set *faces, size_t i, bp_error *err);

/* Byte `at` of a text. */
typedef struct {
    const char *text;
    size_t length, at;
} bp_text_spot;

/* True where a font shows a character, by another one where HarfBuzz does that. */
bool bp_font_shows(const bp_font *font, uint32_t c);

/* missing.c. The character of a cluster that no font has: the first that the style's first font
 * lacks, and where it begins. */
uint32_t bp_missing_character(const bp_face_set *faces, const char *text, size_t length,
                              size_t *start);
/* The error that names it. Answers false. */
bool bp_missing_fail(const bp_shaper *shaper, const bp_face_set *faces, uint32_t c,
                     const bp_text_spot *spot, bp_error *err);
/* The first font of the families that has a mark for it; NULL where there is none or, with `err`,
 * it cannot be opened. The mark's glyph. */
bp_font *bp_missing_font(bp_shaper *shaper, bp_face_set *faces, bp_error *err);
uint32_t bp_missing_mark(const bp_font *font);
/* Tells what marks stand for in a word that was shaped from a text. */
void bp_missing_tell(const bp_shaper *shaper, const bp_face_set *faces, const char *text,
                     size_t length, const bp_word *word);

/* A block in the newest generation. NULL when memory is refused. */
void *bp_generation_alloc(bp_shaper *shaper, size_t size);

void bp_styles_clear(bp_shaper *shaper);

/* Hash of bytes for tables in memory. */
uint64_t bp_text_hash(const void *bytes, size_t length, uint64_t seed);

#endif
