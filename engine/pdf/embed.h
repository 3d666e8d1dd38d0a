/* Fonts as they are embedded. Each font of the text room becomes one composite font whose codes are
 * given out as glyphs are first shown, so that a page can be compressed before anything is known of
 * the pages to come: one byte for the first 123, two bytes after them. A code stands for a glyph
 * and for the characters it was shown for, so that copying and reading aloud give back exactly
 * these. At save the glyphs that were used are cut out of the font, and an embedded CMap leads from
 * codes to them. */
#ifndef BP_PDF_EMBED_H
#define BP_PDF_EMBED_H

#include "pdf/names.h"
#include "pdf/objects.h"
#include "text/font.h"

typedef struct {
    uint32_t glyph;
    uint32_t text;  /* One character, or BP_CODE_MANY and the number of a text in `texts`. */
    uint16_t code;  /* 0 to 0x7f, or from 0x8000. */
    uint16_t width; /* As the viewer adds it: whole thousandths of an em. */
} bp_glyph_code;

#define BP_CODE_MANY 0x80000000u

/* What an ASCII character was shown as last. */
typedef struct {
    uint32_t glyph; /* UINT32_MAX: not yet. */
    uint16_t code, width;
} bp_plain_code;

/* One embedded font. */
typedef struct {
    bp_font *font;   /* Kept. */
    bp_ref ref;      /* The Type 0 font. */
    unsigned number; /* It is called /F<number>. */
    double unit;     /* Ems in a unit of the font. */
    bp_buf codes;    /* Of bp_glyph_code, by index. */
    bp_buf slots;    /* Of uint32_t: index + 1, or 0; open addressing on glyph and text. */
    bp_names texts;
    uint64_t taken[2];        /* Which one-byte codes are given out. */
    bp_plain_code plain[128]; /* By character: a shortcut for nearly all text. */
    uint16_t next;            /* The next two-byte code; 0: all are given out. */
} bp_use;

typedef struct {
    bp_buf uses;  /* Of bp_use *. */
    bp_use *last; /* The one asked for last. */
} bp_uses;

void bp_uses_clear(bp_uses *uses);

/* The embedded font that has room for codes of `font`; a new one where there is none. NULL when
 * memory is refused. */
bp_use *bp_uses_find(bp_uses *uses, bp_objects *objects, bp_font *font, bp_error *err);
/* Another one, when all codes of the last are given out. */
bp_use *bp_uses_add(bp_uses *uses, bp_objects *objects, bp_font *font, bp_error *err);

/* The index of the code for a glyph shown for `text`, given out where it is new. BP_CODE_FULL where
 * no code is left, BP_CODE_REFUSED when memory is refused. */
uint32_t bp_use_code(bp_use *use, uint32_t glyph, const char *text, size_t length);
#define BP_CODE_FULL (UINT32_MAX - 1)
#define BP_CODE_REFUSED UINT32_MAX

/* The characters of a code, as UTF-8; `scratch` holds 4 bytes and is used for single ones. */
const char *bp_use_text(const bp_use *use, const bp_glyph_code *code, char scratch[4],
                        size_t *length);

/* Cuts the font and writes its objects. */
bool bp_use_write(const bp_use *use, bp_objects *objects, bp_error *err);

#endif
