/* A face of a font file, mapped into memory and checked before HarfBuzz sees it, at one place in
 * its design space. HarfBuzz accepts anything as a font and answers with empty glyphs, so what a
 * printable font must have is checked here (sfnt.c), once, at load. */
#include "text/font.h"

#include <hb-ot.h>
#include <hb.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "text/font_private.h"
#include "text/sfnt.h"

#define AXES_MOST 64
#define FONT_BYTES_MOST (512u * 1024u * 1024u)

struct bp_font {
    long owners;
    bp_file_map map;
    char *file;
    unsigned face;
    hb_font_t *shaping;
    bp_font_axis *axes;
    size_t axis_count;
    bp_font_metrics metrics;
    char name[64]; /* PDF/A readers want a PostScript name of at most 63 characters. */
    char family[128];
    int weight;
    bool is_italic, is_cff, is_monospaced;
    uint32_t glyph_count;
};

static bool damaged(const bp_font *font, const char *fault, bp_error *err)
{
    if (font->face != 0)
        return bp_fail(err, BP_ERR_RESOURCE, font->file, "face %u cannot be used as a font: %s",
                       font->face, fault);
    return bp_fail(err, BP_ERR_RESOURCE, font->file, "cannot be used as a font: %s", fault);
}

/* Every axis of the file is pinned, to the wanted value or its default, so that whoever embeds the
 * font can make the same static instance. */
static bool pin_axes(bp_font *font, const bp_font_axis *wanted, size_t wanted_count, bp_error *err)
{
    hb_face_t *face = hb_font_get_face(font->shaping);
    hb_ot_var_axis_info_t infos[AXES_MOST];
    unsigned count = AXES_MOST;
    if (hb_ot_var_get_axis_count(face) > AXES_MOST)
        return damaged(font, "it has too many variation axes", err);
    hb_ot_var_get_axis_infos(face, 0, &count, infos);
    if (count == 0)
        return true;
    font->axes = bp_alloc_zero(count, sizeof *font->axes);
    if (font->axes == NULL)
        return bp_fail_memory(err);
    hb_variation_t pinned[AXES_MOST];
    for (unsigned i = 0; i < count; i++) {
        bp_font_axis *axis = &font->axes[i];
        hb_tag_to_string(infos[i].tag, axis->tag);
        axis->value = infos[i].default_value;
        for (size_t k = 0; k < wanted_count; k++)
            if (strcmp(wanted[k].tag, axis->tag) == 0 && isfinite(wanted[k].value))
                axis->value = fminf(fmaxf(wanted[k].value, infos[i].min_value), infos[i].max_value);
        pinned[i] = (hb_variation_t){infos[i].tag, axis->value};
        if (infos[i].tag == HB_OT_TAG_VAR_AXIS_WEIGHT)
            font->weight = (int)lrintf(fminf(fmaxf(axis->value, 1), 1000));
        if ((infos[i].tag == HB_OT_TAG_VAR_AXIS_ITALIC && axis->value >= 0.5f) ||
            (infos[i].tag == HB_OT_TAG_VAR_AXIS_SLANT && axis->value <= -1.0f))
            font->is_italic = true;
    }
    font->axis_count = count;
    hb_font_set_variations(font->shaping, pinned, count);
    return true;
}

static double measure(const bp_font *font, hb_ot_metrics_tag_t tag)
{
    hb_position_t value = 0;
    return hb_ot_metrics_get_position(font->shaping, tag, &value) ? value : 0;
}

/* The height of a letter, for fonts whose OS/2 table is too old to say it. */
static double letter_height(const bp_font *font, uint32_t letter, double otherwise)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t extents;
    if (hb_font_get_nominal_glyph(font->shaping, letter, &glyph) &&
        hb_font_get_glyph_extents(font->shaping, glyph, &extents) && extents.y_bearing > 0)
        return extents.y_bearing;
    return otherwise;
}

static double or_else(double value, double otherwise)
{
    return value > 0 ? value : otherwise;
}

/* How letters are scaled that stand above or below the line: what OS/2 says, where that can be
 * meant.
 */
static void read_scripts(bp_font *font)
{
    bp_font_metrics *m = &font->metrics;
    const struct {
        hb_ot_metrics_tag_t tag;
        double *value, least, most, usual; /* In em. */
    } all[] = {{HB_OT_METRICS_TAG_SUPERSCRIPT_EM_Y_SIZE, &m->superscript_size, 0.3, 0.9, 0.65},
               {HB_OT_METRICS_TAG_SUPERSCRIPT_EM_Y_OFFSET, &m->superscript_rise, 0.1, 0.7, 0.35},
               {HB_OT_METRICS_TAG_SUBSCRIPT_EM_Y_SIZE, &m->subscript_size, 0.3, 0.9, 0.65},
               {HB_OT_METRICS_TAG_SUBSCRIPT_EM_Y_OFFSET, &m->subscript_drop, 0.02, 0.5, 0.15}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        double value = fabs(measure(font, all[i].tag));
        bool is_meant = value >= all[i].least * m->units && value <= all[i].most * m->units;
        *all[i].value = is_meant ? value : all[i].usual * m->units;
    }
}

static void read_metrics(bp_font *font, const bp_sfnt *sfnt)
{
    bp_font_metrics *m = &font->metrics;
    bp_sfnt_view head = bp_sfnt_table(sfnt, "head"), post = bp_sfnt_table(sfnt, "post");
    m->units = bp_sfnt_u16(head, 18);
    m->ascent = or_else(measure(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER), 0.8 * m->units);
    m->descent = fabs(measure(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER));
    m->cap_height = measure(font, HB_OT_METRICS_TAG_CAP_HEIGHT);
    m->x_height = measure(font, HB_OT_METRICS_TAG_X_HEIGHT);
    if (m->cap_height <= 0)
        m->cap_height = letter_height(font, 'H', 0.7 * m->units);
    if (m->x_height <= 0)
        m->x_height = letter_height(font, 'x', 0.5 * m->units);
    double position = measure(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET);
    m->underline_position = position < 0 ? -position : 0.1 * m->units;
    m->underline_thickness =
        or_else(measure(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE), 0.05 * m->units);
    read_scripts(font);
    m->italic_angle = (int32_t)bp_sfnt_u32(post, 4) / 65536.0;
    for (size_t i = 0; i < 4; i++)
        m->box[i] = (int16_t)bp_sfnt_u16(head, 36 + 2 * i);
    font->is_monospaced = bp_sfnt_u32(post, 12) != 0;
}

/* PDF names and PostScript names share the letters below; all else is left out. */
static void add_name(char *name, size_t size, const char *text)
{
    size_t used = strlen(name);
    for (; *text != '\0' && used + 1 < size; text++)
        if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
            (*text >= '0' && *text <= '9') || *text == '-' || *text == '_')
            name[used++] = *text;
    name[used] = '\0';
}

/* An instance is named after its place, as in Adobe's technical note 5902: Inter_700wght. */
static void read_names(bp_font *font, const bp_sfnt *sfnt)
{
    char text[128];
    if (!bp_sfnt_name(sfnt, 16, font->family, sizeof font->family) &&
        !bp_sfnt_name(sfnt, 1, font->family, sizeof font->family))
        (void)snprintf(font->family, sizeof font->family, "%s", bp_path_name(font->file));
    if (bp_sfnt_name(sfnt, 6, text, sizeof text))
        add_name(font->name, sizeof font->name, text);
    if (font->name[0] == '\0')
        add_name(font->name, sizeof font->name, font->family);
    if (font->name[0] == '\0')
        add_name(font->name, sizeof font->name, "Font");
    for (size_t i = 0; i < font->axis_count; i++) {
        (void)snprintf(text, sizeof text, "_%ld%s", lrintf(font->axes[i].value), font->axes[i].tag);
        add_name(font->name, sizeof font->name, text);
    }
}

static bool read_face(bp_font *font, const bp_font_axis *axes, size_t axis_count, bp_error *err)
{
    bp_sfnt sfnt;
    const char *fault = NULL;
    if (font->map.size > FONT_BYTES_MOST)
        return damaged(font, "it is larger than 512 MiB", err);
    if (!bp_sfnt_open(&sfnt, font->map.bytes, font->map.size, font->face, &fault) ||
        !bp_sfnt_check(&sfnt, &fault))
        return damaged(font, fault, err);
    hb_blob_t *blob = hb_blob_create((const char *)font->map.bytes, (unsigned)font->map.size,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, font->face);
    font->shaping = hb_font_create(face);
    hb_blob_destroy(blob);
    hb_face_destroy(face);
    if (face == hb_face_get_empty() || font->shaping == hb_font_get_empty())
        return bp_fail_memory(err);
    font->glyph_count = hb_face_get_glyph_count(face);
    if (font->glyph_count == 0 || font->glyph_count != bp_sfnt_u16(bp_sfnt_table(&sfnt, "maxp"), 4))
        return damaged(font, "its tables disagree on the number of glyphs", err);
    bp_sfnt_facts facts;
    if (bp_sfnt_describe(&sfnt, &facts)) {
        font->weight = facts.weight;
        font->is_italic = facts.is_italic;
    } else {
        font->weight = 400;
    }
    font->is_cff = bp_sfnt_table(&sfnt, "CFF ").size != 0 || bp_sfnt_table(&sfnt, "CFF2").size != 0;
    if (!pin_axes(font, axes, axis_count, err))
        return false;
    read_metrics(font, &sfnt);
    read_names(font, &sfnt);
    hb_font_make_immutable(font->shaping);
    return true;
}

bp_font *bp_font_load(const char *file, unsigned face, const bp_font_axis *axes, size_t axis_count,
                      bp_error *err)
{
    bp_font *font = bp_alloc_zero(1, sizeof *font);
    if (font == NULL) {
        (void)bp_fail_memory(err);
        return NULL;
    }
    font->owners = 1;
    font->face = face;
    font->file = bp_copy_text(file);
    bp_error problem = {0};
    if (font->file == NULL)
        (void)bp_fail_memory(err);
    else if (!bp_file_map_open(&font->map, file, &problem)) /* To the user a font is a resource. */
        (void)bp_fail(err, problem.code == BP_ERR_INPUT ? BP_ERR_RESOURCE : problem.code,
                      problem.place, "%s", problem.text);
    else if (read_face(font, axes, axis_count, err))
        return font;
    bp_font_drop(font);
    return NULL;
}

bp_font *bp_font_keep(bp_font *font)
{
    font->owners++;
    return font;
}

void bp_font_drop(bp_font *font)
{
    if (font == NULL || --font->owners > 0)
        return;
    hb_font_destroy(font->shaping);
    bp_file_map_clear(&font->map);
    bp_free(font->axes);
    bp_free(font->file);
    bp_free(font);
}

size_t bp_font_size_bytes(const bp_font *font)
{
    return font->map.size;
}

void bp_font_print(const bp_font *font, char out[BP_FONT_PRINT_SIZE])
{
    bp_sfnt sfnt;
    bp_hash hash;
    unsigned char digest[32];
    bp_hash_init(&hash);
    if (bp_sfnt_open(&sfnt, font->map.bytes, font->map.size, font->face, NULL)) {
        const bp_sfnt_view head = bp_sfnt_table(&sfnt, "head");
        bp_hash_add(&hash, font->map.bytes + sfnt.directory, (size_t)sfnt.table_count * 16);
        bp_hash_add(&hash, head.bytes, head.size);
    }
    bp_hash_end(&hash, digest);
    for (int i = 0; i < (BP_FONT_PRINT_SIZE - 1) / 2; i++)
        (void)snprintf(out + 2 * (size_t)i, 3, "%02x", digest[i]);
}

long bp_font_owners(const bp_font *font)
{
    return font->owners;
}

struct hb_font_t *bp_font_shaping(const bp_font *font)
{
    return font->shaping;
}

const unsigned char *bp_font_bytes(const bp_font *font, size_t *size)
{
    *size = font->map.size;
    return font->map.bytes;
}

unsigned bp_font_face(const bp_font *font)
{
    return font->face;
}

const bp_font_axis *bp_font_axes(const bp_font *font, size_t *count)
{
    *count = font->axis_count;
    return font->axes;
}

const char *bp_font_file(const bp_font *font)
{
    return font->file;
}

const char *bp_font_name(const bp_font *font)
{
    return font->name;
}

const char *bp_font_family(const bp_font *font)
{
    return font->family;
}

int bp_font_weight(const bp_font *font)
{
    return font->weight;
}

bool bp_font_is_italic(const bp_font *font)
{
    return font->is_italic;
}

bool bp_font_is_cff(const bp_font *font)
{
    return font->is_cff;
}

bool bp_font_is_monospaced(const bp_font *font)
{
    return font->is_monospaced;
}

const bp_font_metrics *bp_font_measures(const bp_font *font)
{
    return &font->metrics;
}

uint32_t bp_font_glyph_count(const bp_font *font)
{
    return font->glyph_count;
}

uint32_t bp_font_glyph(const bp_font *font, uint32_t character)
{
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(font->shaping, character, &glyph) ? glyph : 0;
}

double bp_font_advance(const bp_font *font, uint32_t glyph)
{
    return hb_font_get_glyph_h_advance(font->shaping, glyph);
}
