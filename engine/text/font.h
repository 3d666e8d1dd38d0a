/* A font: one face of one file at one place in its design space, at no particular size. Several
 * owners. All measures are in units of the font unless they say otherwise (see bp_font_units). */
#ifndef BP_TEXT_FONT_H
#define BP_TEXT_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct bp_font bp_font;

/* A place on an axis of a variable font: tag as "wght". */
typedef struct {
    char tag[5];
    float value;
} bp_font_axis;

/* Opens face `face` of `file`. Checks what HarfBuzz accepts blindly: glyph count, required tables,
 * table bounds, embedding permission (fsType). BP_ERR_RESOURCE naming the file. Yours to drop. */
bp_font *bp_font_load(const char *file, unsigned face, const bp_font_axis *axes, size_t axis_count,
                      bp_error *err);
bp_font *bp_font_keep(bp_font *font);
void bp_font_drop(bp_font *font);

/* What another room needs to embed it. All lent. */
const unsigned char *bp_font_bytes(const bp_font *font, size_t *size); /* The whole file. */
unsigned bp_font_face(const bp_font *font);
const bp_font_axis *bp_font_axes(const bp_font *font,
                                 size_t *count); /* Every axis of the file, pinned. */
const char *bp_font_file(const bp_font *font);
const char *bp_font_name(const bp_font *font); /* PostScript name, made to fit a PDF name; the
                                                  weight added for instances. */
const char *bp_font_family(const bp_font *font);
int bp_font_weight(const bp_font *font); /* 1 to 1000. */
bool bp_font_is_italic(const bp_font *font);
bool bp_font_is_cff(const bp_font *font);
bool bp_font_is_monospaced(const bp_font *font);
size_t bp_font_size_bytes(const bp_font *font); /* Of the file. */
/* What tells one version of a font from another, without reading all of the file: a hash of the
 * face's table directory, which has a checksum of each table, and of its header, as hexadecimal
 * digits. */
#define BP_FONT_PRINT_SIZE 33
void bp_font_print(const bp_font *font, char out[BP_FONT_PRINT_SIZE]);

/* Vertical measures: ascent and descent are both positive and without line gap (hhea, or OS/2 typo
 * where the font says so). */
typedef struct {
    double units; /* Units per em. */
    double ascent, descent, cap_height, x_height;
    double underline_position, underline_thickness; /* Position is positive below the baseline. */
    double italic_angle;                            /* Degrees, negative leans right. */
    /* Sizes of scaled ones, in em units too, and how far their baselines are above and below. */
    double superscript_size, superscript_rise, subscript_size, subscript_drop;
    double box[4]; /* Left, bottom, right, top of all glyphs. */
} bp_font_metrics;
const bp_font_metrics *bp_font_measures(const bp_font *font);

uint32_t bp_font_glyph_count(const bp_font *font);
/* The glyph of a character; 0 where it has none. */
uint32_t bp_font_glyph(const bp_font *font, uint32_t character);
/* The advance width of a glyph, instance taken into account. */
double bp_font_advance(const bp_font *font, uint32_t glyph);

#endif
