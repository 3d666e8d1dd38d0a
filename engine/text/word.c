/* Shaping one word: a font for each grapheme cluster, then stretches of one font and script through
 * HarfBuzz. The result is one block: the word, its runs, their glyphs and the text, found again
 * through the cache. */
#include <hb.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "text/font_private.h"
#include "text/plain_private.h"
#include "text/shaper_private.h"

#define ITEM_BYTES_MOST 16384
#define PLAIN_WORDS_LEAST 12 /* Of a face set, before its font's rules are read. */

/* A grapheme cluster and what it is set in. */
typedef struct {
    uint32_t start;
    hb_script_t script;
    bp_font *font;
    bool is_missing; /* Shown as a mark, because no font has it. */
    bool is_wide;
} unit;

/* A stretch of units that is shaped in one call. */
typedef struct {
    uint32_t start, end;
    hb_script_t script;
    bp_font *font;
    bool is_missing, is_wide;
    bool is_plain; /* Letters in the first font; their codes are in `letters`. */
} item;

static bool is_ignorable(uint32_t c)
{
    return c == 0xad || c == 0x34f || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
           (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || (c >= 0xe0000 && c <= 0xe0fff);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
           c == 0x3000;
}

/* HarfBuzz makes spaces out of other spaces and the unbreakable hyphen out of the plain one. */
bool bp_font_shows(const bp_font *font, uint32_t c)
{
    return bp_font_glyph(font, c) != 0 || is_ignorable(c) ||
           (is_space(c) && bp_font_glyph(font, ' ') != 0) ||
           (c == 0x2011 && bp_font_glyph(font, 0x2010) != 0);
}

/* True where the font has every character of the cluster, or the one character that a pair composes
 * to. */
static bool has_cluster(const bp_font *font, const char *text, size_t length)
{
    uint32_t first = 0;
    hb_codepoint_t whole = 0;
    bool has_all = true;
    for (size_t at = 0, n = 0; at < length; n++) {
        uint32_t c = bp_utf8_next(text, length, &at);
        has_all = has_all && bp_font_shows(font, c);
        if (n == 0)
            whole = first = c;
        else if (whole != 0 &&
                 !hb_unicode_compose(hb_unicode_funcs_get_default(), whole, c, &whole))
            whole = 0;
    }
    return has_all || (whole != 0 && whole != first && bp_font_glyph(font, whole) != 0);
}

/* Punctuation that Latin and Chinese share and that has another shape and width in each. */
static bool is_shared(uint32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x201c || c == 0x201d || c == 0x2014 || c == 0x2026 ||
           c == 0xb7;
}

static bool is_latin_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x24f);
}

/* An apostrophe or middle dot between Latin letters stays Latin even in Chinese. */
static bool is_inside_latin(const char *text, size_t length, size_t start, size_t end)
{
    if (start == 0 || end >= length)
        return false;
    size_t before = start - 1, after = end;
    while (before > 0 && ((unsigned char)text[before] & 0xc0) == 0x80)
        before--;
    return is_latin_letter(bp_utf8_next(text, length, &before)) &&
           is_latin_letter(bp_utf8_next(text, length, &after));
}

static bp_font *find_han_font(bp_shaper *shaper, bp_face_set *faces, bp_error *err)
{
    if (faces->han_font == -2) {
        faces->han_font = -1;
        for (size_t i = 0; faces->han_font == -1 && i < faces->spec->family_count; i++) {
            const bp_font *font = bp_face_set_font(shaper, faces, i, err);
            if (font == NULL) {
                faces->han_font = -2;
                return NULL;
            }
            if (bp_font_glyph(font, 0x4e2d) != 0)
                faces->han_font = (ptrdiff_t)i;
        }
    }
    return faces->han_font < 0 ? NULL : faces->fonts[faces->han_font];
}

/* A font with a mark for a cluster that no font has, where the style allows that. */
static bool find_mark(bp_shaper *shaper, bp_face_set *faces, const bp_text_spot *spot,
                      size_t length, unit *u, bp_error *err)
{
    size_t start = 0;
    u->is_missing = true;
    u->font = NULL;
    if (faces->spec->allow_missing) {
        bp_error problem = {0};
        u->font = bp_missing_font(shaper, faces, &problem);
        if (problem.code != BP_OK)
            return bp_fail(err, problem.code, problem.place, "%s", problem.text);
    }
    if (u->font != NULL)
        return true;
    uint32_t c = bp_missing_character(faces, spot->text + spot->at, length, &start);
    const bp_text_spot exact = {spot->text, spot->length, spot->at + start};
    return bp_missing_fail(shaper, faces, c, &exact, err);
}

/* The first font of the families, of those that helped out before, and of what else there is that
 * has the whole cluster. */
static bool find_font(bp_shaper *shaper, bp_face_set *faces, const char *text, size_t length,
                      bp_font **font, bp_error *err)
{
    for (size_t i = 0; i < faces->spec->family_count; i++) {
        *font = bp_face_set_font(shaper, faces, i, err);
        if (*font == NULL)
            return false;
        if (has_cluster(*font, text, length))
            return true;
    }
    for (size_t i = 0; i < BP_BUF_COUNT(&faces->extra, bp_font *); i++) {
        *font = BP_BUF_ITEMS(&faces->extra, bp_font *)[i];
        if (has_cluster(*font, text, length))
            return true;
    }
    size_t start = 0;
    *font = bp_catalog_fallback(shaper->catalog, bp_missing_character(faces, text, length, &start),
                                faces->spec->language, faces->spec->weight, faces->spec->is_italic);
    if (*font != NULL && has_cluster(*font, text, length))
        return bp_buf_add(&faces->extra, font, sizeof *font) || bp_fail_memory(err);
    *font = NULL;
    return true;
}

/* A cluster that no font has as a whole: each of its characters in a font of its own, where there
 * is one for all of them; else nothing is added. */
static bool add_parts(bp_shaper *shaper, bp_face_set *faces, const char *text, size_t start,
                      size_t end, const unit *whole, bp_error *err)
{
    size_t before = shaper->units.length;
    unit u = *whole;
    for (size_t at = start, next = start; at < end; at = next) {
        bp_font *font = NULL;
        uint32_t c = bp_utf8_next(text, end, &next);
        if ((at == start || !is_ignorable(c)) &&
            !find_font(shaper, faces, text + at, next - at, &font, err))
            return false;
        u.start = (uint32_t)at;
        u.font = at == start || !is_ignorable(c) ? font : u.font;
        if (u.font == NULL) {
            shaper->units.length = before;
            return true;
        }
        if (!bp_buf_add(&shaper->units, &u, sizeof u))
            return bp_fail_memory(err);
    }
    return true;
}

static bool add_unit(bp_shaper *shaper, bp_face_set *faces, const char *text, size_t length,
                     size_t start, size_t end, bp_error *err)
{
    size_t at = start;
    uint32_t c = bp_utf8_next(text, length, &at);
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    unit u = {.start = (uint32_t)start, .script = hb_unicode_script(unicode, c)};
    unit *last = BP_BUF_COUNT(&shaper->units, unit) > 0
                     ? BP_BUF_ITEMS(&shaper->units, unit) + BP_BUF_COUNT(&shaper->units, unit) - 1
                     : NULL;
    u.is_wide = bp_is_wide(c);
    if (is_ignorable(c) && last != NULL) {
        u.font = last->font;
        u.is_wide = last->is_wide;
    } else if (faces->is_han && is_shared(c) && !is_inside_latin(text, length, start, end)) {
        bp_error problem = {0};
        u.font = find_han_font(shaper, faces, &problem);
        if (problem.code != BP_OK)
            return bp_fail(err, problem.code, problem.place, "%s", problem.text);
        if (u.font != NULL && has_cluster(u.font, text + start, end - start)) {
            u.script = HB_SCRIPT_HAN;
            u.is_wide = true;
        } else {
            u.font = NULL;
        }
    }
    if (u.font == NULL && !find_font(shaper, faces, text + start, end - start, &u.font, err))
        return false;
    size_t count = BP_BUF_COUNT(&shaper->units, unit);
    if (u.font == NULL && at < end && !add_parts(shaper, faces, text, start, end, &u, err))
        return false;
    if (BP_BUF_COUNT(&shaper->units, unit) > count)
        return true;
    const bp_text_spot spot = {text, length, start};
    if (u.font == NULL && !find_mark(shaper, faces, &spot, end - start, &u, err))
        return false;
    return bp_buf_add(&shaper->units, &u, sizeof u) || bp_fail_memory(err);
}

static bool is_real_script(hb_script_t script)
{
    return script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED &&
           script != HB_SCRIPT_UNKNOWN;
}

/* Characters of no script (digits, punctuation) take that before them, at the start that behind
 * them. */
static void settle_scripts(unit *units, size_t count, bool is_han)
{
    hb_script_t script = HB_SCRIPT_INVALID;
    for (size_t i = 0; i < count && script == HB_SCRIPT_INVALID; i++)
        if (is_real_script(units[i].script))
            script = units[i].script;
    for (size_t i = 0; i < count; i++) {
        if (is_real_script(units[i].script))
            script = units[i].script;
        else if (script != HB_SCRIPT_INVALID)
            units[i].script = script;
        else
            units[i].script = is_han && units[i].is_wide ? HB_SCRIPT_HAN : HB_SCRIPT_LATIN;
    }
}

static bool add_items(bp_shaper *shaper, size_t length, bp_error *err)
{
    const unit *units = BP_BUF_ITEMS(&shaper->units, unit);
    size_t count = BP_BUF_COUNT(&shaper->units, unit);
    for (size_t i = 0, k; i < count; i = k) {
        item one = {.start = units[i].start,
                    .script = units[i].script,
                    .font = units[i].font,
                    .is_missing = units[i].is_missing,
                    .is_wide = units[i].is_wide};
        for (k = i + 1; k < count; k++)
            if (units[k].font != one.font || units[k].script != one.script ||
                units[k].is_missing != one.is_missing || units[k].is_wide != one.is_wide ||
                units[k].start - one.start >= ITEM_BYTES_MOST)
                break;
        one.end = k < count ? units[k].start : (uint32_t)length;
        if (!bp_buf_add(&shaper->items, &one, sizeof one))
            return bp_fail_memory(err);
    }
    return true;
}

/* Finds the letters of a word that is of nothing else. */
static bool find_letters(bp_shaper *shaper, const bp_face_set *faces, const char *text,
                         size_t length)
{
    shaper->letters.length = 0;
    if (length > ITEM_BYTES_MOST || !bp_buf_reserve(&shaper->letters, length))
        return false; /* Without memory it goes the long way, and fails there. */
    char *letters = shaper->letters.bytes;
    for (size_t at = 0, size; at < length; at += size) {
        unsigned char c = bp_letter_code(text + at, length - at, &size);
        if (c == 0 || !(faces->letters[c / 32] >> c % 32 & 1))
            return false;
        *letters++ = (char)c;
    }
    shaper->letters.length = (size_t)(letters - shaper->letters.bytes);
    return true;
}

static bool itemize(bp_shaper *shaper, bp_face_set *faces, const char *text, size_t length,
                    bp_error *err)
{
    shaper->units.length = shaper->items.length = 0;
    if (length == 0)
        return true;
    if (find_letters(shaper, faces, text, length)) {
        item one = {.end = (uint32_t)length,
                    .script = HB_SCRIPT_LATIN,
                    .font = faces->fonts[0],
                    .is_plain = true};
        return bp_buf_add(&shaper->items, &one, sizeof one) || bp_fail_memory(err);
    }
    for (size_t at = 0, end; at < length; at = end) {
        end = bp_grapheme_end(text, length, at);
        if (!add_unit(shaper, faces, text, length, at, end, err))
            return false;
    }
    settle_scripts(BP_BUF_ITEMS(&shaper->units, unit), BP_BUF_COUNT(&shaper->units, unit),
                   faces->is_han);
    return add_items(shaper, length, err);
}

/* One mark per cluster of an item that no font has. */
static bool add_marks(bp_shaper *shaper, const item *it, const char *text, bool is_rtl,
                      bp_error *err)
{
    uint32_t glyph = bp_missing_mark(it->font);
    size_t first = BP_BUF_COUNT(&shaper->glyphs, bp_glyph);
    for (size_t at = it->start, end; at < it->end; at = end) {
        end = bp_grapheme_end(text, it->end, at);
        size_t offset = at - it->start;
        bp_glyph g = {.id = (uint16_t)glyph,
                      .cluster = offset > UINT16_MAX ? UINT16_MAX : (uint16_t)offset,
                      .advance = (float)bp_font_advance(it->font, glyph)};
        if (!bp_buf_add(&shaper->glyphs, &g, sizeof g))
            return bp_fail_memory(err);
    }
    size_t last = BP_BUF_COUNT(&shaper->glyphs, bp_glyph);
    bp_glyph *glyphs = BP_BUF_ITEMS(&shaper->glyphs, bp_glyph);
    for (; is_rtl && first + 1 < last; first++, last--) {
        bp_glyph swapped = glyphs[first];
        glyphs[first] = glyphs[last - 1];
        glyphs[last - 1] = swapped;
    }
    return true;
}

/* The last place a cluster may begin at: one that begins beyond what a glyph can tell is joined to
 * the one before. Only a cluster of thousands of marks comes near. */
static unsigned find_last(const hb_glyph_info_t *infos, unsigned count, unsigned start)
{
    unsigned last = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned offset = infos[i].cluster - start;
        if (offset <= UINT16_MAX && offset > last)
            last = offset;
    }
    return last;
}

static int16_t fit_offset(hb_position_t offset)
{
    return (int16_t)(offset > INT16_MAX ? INT16_MAX : offset < INT16_MIN ? INT16_MIN : offset);
}

static bool add_shaped(bp_shaper *shaper, const bp_face_set *faces, const item *it,
                       const char *text, size_t length, unsigned form, const hb_feature_t *features,
                       unsigned feature_count, bp_error *err)
{
    static const char joiner[] = "\xe2\x80\x8d"; /* U+200D, as what stands around the word. */
    bool is_rtl = (form & BP_FORM_RTL) != 0;
    hb_buffer_t *buffer = shaper->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_direction(buffer, is_rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, it->script);
    hb_buffer_set_language(buffer, faces->language);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    if (form & BP_FORM_JOINS_BEFORE && it->start == 0)
        hb_buffer_add_utf8(buffer, joiner, 3, 3, 0);
    hb_buffer_add_utf8(buffer, text, (int)length, it->start, (int)(it->end - it->start));
    if (form & BP_FORM_JOINS_BEHIND && it->end == length)
        hb_buffer_add_utf8(buffer, joiner, 3, 0, 0);
    hb_shape(bp_font_shaping(it->font), buffer, features, feature_count);
    if (!hb_buffer_allocation_successful(buffer))
        return bp_fail_memory(err);
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    if (!bp_buf_reserve(&shaper->glyphs, count * sizeof(bp_glyph)))
        return bp_fail_memory(err);
    unsigned last = find_last(infos, count, it->start);
    for (unsigned i = 0; i < count; i++) {
        size_t at = infos[i].cluster;
        if (infos[i].codepoint == 0 || infos[i].codepoint >= bp_font_glyph_count(it->font))
            return bp_fail(err, BP_ERR_RESOURCE, bp_font_file(it->font),
                           "the font shapes the character U+%04X to no glyph",
                           (unsigned)bp_utf8_next(text, length, &at));
        unsigned offset = infos[i].cluster - it->start;
        bp_glyph g = {.id = (uint16_t)infos[i].codepoint,
                      .cluster = (uint16_t)(offset < last ? offset : last),
                      .advance = (float)positions[i].x_advance,
                      .dx = fit_offset(positions[i].x_offset),
                      .dy = fit_offset(positions[i].y_offset)};
        (void)bp_buf_add(&shaper->glyphs, &g, sizeof g); /* Reserved above. */
    }
    return true;
}

/* Shapes with all features of the style. */
static bool add_whole(bp_shaper *shaper, const bp_face_set *faces, const item *it, const char *text,
                      size_t length, unsigned form, bp_error *err)
{
    size_t before = BP_BUF_COUNT(&shaper->glyphs, bp_glyph);
    if (!bp_word_features(faces, text, it->start, it->end, it->is_wide, &shaper->features))
        return bp_fail_memory(err);
    if (!add_shaped(shaper, faces, it, text, length, form,
                    BP_BUF_ITEMS(&shaper->features, hb_feature_t),
                    (unsigned)BP_BUF_COUNT(&shaper->features, hb_feature_t), err))
        return false;
    if (it->is_wide && faces->is_han)
        bp_word_squeeze(faces, it->font, &shaper->features, it->start,
                        BP_BUF_ITEMS(&shaper->glyphs, bp_glyph) + before,
                        BP_BUF_COUNT(&shaper->glyphs, bp_glyph) - before);
    return true;
}

/* Has HarfBuzz shape what is not known of a calm word, and takes note of it. */
static bool ask(bp_shaper *shaper, bp_face_set *faces, const item *it, bp_error *err)
{
    size_t before = shaper->glyphs.length;
    unsigned count = 0;
    const hb_feature_t *features = bp_plain_features(faces->plain, &count);
    bp_buf *asked = &shaper->asked;
    asked->length = 0;
    if (!bp_plain_ask(faces->plain, shaper->letters.bytes, shaper->letters.length, asked))
        return bp_fail_memory(err);
    size_t length = asked->length;
    for (size_t i = 0; i < length; i++) { /* Behind them the text that they are. */
        char bytes[4];
        uint32_t c = bp_letter_character((unsigned char)asked->bytes[i]);
        if (!bp_buf_add(asked, bytes, bp_utf8_put(c, bytes)))
            return bp_fail_memory(err);
    }
    item whole = *it;
    whole.start = 0;
    whole.end = (uint32_t)(asked->length - length);
    if (!add_shaped(shaper, faces, &whole, asked->bytes + length, whole.end, 0, features, count,
                    err))
        return false;
    bp_plain_learn(faces->plain, asked->bytes, length,
                   (const bp_glyph *)(const void *)(shaper->glyphs.bytes + before),
                   (shaper->glyphs.length - before) / sizeof(bp_glyph));
    shaper->glyphs.length = before;
    return true;
}

/* A plain word from what is known of others, where it can be. */
static bool add_plain(bp_shaper *shaper, bp_face_set *faces, const item *it, const char *text,
                      size_t length, bp_error *err)
{
    if (faces->plain_count < PLAIN_WORDS_LEAST && ++faces->plain_count == PLAIN_WORDS_LEAST)
        faces->plain = bp_plain_new(shaper, faces);
    if (shaper->shapes_whole || faces->plain == NULL ||
        !bp_plain_is_calm(faces->plain, shaper->letters.bytes, shaper->letters.length))
        return add_whole(shaper, faces, it, text, length, 0, err);
    size_t before = shaper->glyphs.length, count = shaper->letters.length;
    for (int round = 0; round < 2; round++) {
        if (!bp_buf_reserve(&shaper->glyphs, count * sizeof(bp_glyph)))
            return bp_fail_memory(err);
        if (bp_plain_set(faces->plain, shaper->letters.bytes, count,
                         (bp_glyph *)(void *)(shaper->glyphs.bytes + before))) {
            shaper->glyphs.length += count * sizeof(bp_glyph);
            shaper->stats.recalled += round == 0;
            return true;
        }
        if (round == 0 && !ask(shaper, faces, it, err))
            return false;
    }
    return add_whole(shaper, faces, it, text, length, 0, err);
}

bp_word *bp_word_make(bp_shaper *shaper, bp_face_set *faces, const char *text, size_t length,
                      unsigned form, bool is_own, bp_error *err)
{
    bool is_rtl = (form & BP_FORM_RTL) != 0;
    if (!itemize(shaper, faces, text, length, err))
        return NULL;
    shaper->glyphs.length = shaper->runs.length = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(&shaper->items, item); i++) {
        const item *it = &BP_BUF_ITEMS(&shaper->items, item)[i];
        size_t first = BP_BUF_COUNT(&shaper->glyphs, bp_glyph);
        if (!(it->is_missing            ? add_marks(shaper, it, text, is_rtl, err)
              : it->is_plain && !is_rtl ? add_plain(shaper, faces, it, text, length, err)
                                        : add_whole(shaper, faces, it, text, length, form, err)))
            return NULL;
        bp_run run = {.font = it->font,
                      .glyph_count = (uint32_t)(BP_BUF_COUNT(&shaper->glyphs, bp_glyph) - first),
                      .text_length = it->end - it->start,
                      .is_rtl = is_rtl,
                      .is_wide = it->is_wide,
                      .is_missing = it->is_missing};
        if (!bp_buf_add(&shaper->runs, &run, sizeof run)) {
            (void)bp_fail_memory(err);
            return NULL;
        }
    }
    bp_word *word = bp_word_store(shaper, text, length, is_rtl, is_own);
    if (word == NULL)
        (void)bp_fail_memory(err);
    return word;
}
