/* Shaping one word: a font for each grapheme cluster, then stretches of one font and script through
 * HarfBuzz. The result is one block: the word, its runs, their glyphs and the text, found again
 * through the cache. */
#include <assert.h>
#include <hb.h>
#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
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
    bool is_plain; /* Printable ASCII in the first font. */
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

static bool is_plain(const bp_face_set *faces, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x80 || !(faces->ascii[c / 32] >> c % 32 & 1))
            return false;
    }
    return length <= ITEM_BYTES_MOST;
}

static bool itemize(bp_shaper *shaper, bp_face_set *faces, const char *text, size_t length,
                    bp_error *err)
{
    shaper->units.length = shaper->items.length = 0;
    if (length == 0)
        return true;
    if (is_plain(faces, text, length)) {
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
        bp_glyph g = {.id = glyph,
                      .cluster = (uint32_t)(at - it->start),
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
    for (unsigned i = 0; i < count; i++) {
        size_t at = infos[i].cluster;
        if (infos[i].codepoint == 0 || infos[i].codepoint >= bp_font_glyph_count(it->font))
            return bp_fail(err, BP_ERR_RESOURCE, bp_font_file(it->font),
                           "the font shapes the character U+%04X to no glyph",
                           (unsigned)bp_utf8_next(text, length, &at));
        bp_glyph g = {.id = infos[i].codepoint,
                      .cluster = infos[i].cluster - it->start,
                      .advance = (float)positions[i].x_advance,
                      .dx = (float)positions[i].x_offset,
                      .dy = (float)positions[i].y_offset};
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
static bool ask(bp_shaper *shaper, bp_face_set *faces, const item *it, const char *text,
                size_t length, bp_error *err)
{
    size_t before = shaper->glyphs.length;
    unsigned count = 0;
    const hb_feature_t *features = bp_plain_features(faces->plain, &count);
    shaper->asked.length = 0;
    if (!bp_plain_ask(faces->plain, text, length, &shaper->asked))
        return bp_fail_memory(err);
    item asked = *it;
    asked.start = 0;
    asked.end = (uint32_t)shaper->asked.length;
    if (!add_shaped(shaper, faces, &asked, shaper->asked.bytes, asked.end, 0, features, count, err))
        return false;
    bp_plain_learn(faces->plain, shaper->asked.bytes, asked.end,
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
        !bp_plain_is_calm(faces->plain, text, length))
        return add_whole(shaper, faces, it, text, length, 0, err);
    size_t before = shaper->glyphs.length;
    for (int round = 0; round < 2; round++) {
        if (!bp_buf_reserve(&shaper->glyphs, length * sizeof(bp_glyph)))
            return bp_fail_memory(err);
        if (bp_plain_set(faces->plain, text, length,
                         (bp_glyph *)(void *)(shaper->glyphs.bytes + before))) {
            shaper->glyphs.length += length * sizeof(bp_glyph);
            shaper->stats.recalled += round == 0;
            return true;
        }
        if (round == 0 && !ask(shaper, faces, it, text, length, err))
            return false;
    }
    return add_whole(shaper, faces, it, text, length, 0, err);
}

/* Measures a run and adds it to its word. */
static void count_run(bp_word *word, bp_run *run)
{
    double units = bp_font_measures(run->font)->units, spaces = 0;
    for (size_t i = 0; i < run->glyph_count; i++) {
        run->advance += run->glyphs[i].advance;
        run->cluster_count += bp_run_ends_cluster(run, i);
        if (bp_run_is_space(run, i)) {
            run->space_count++;
            spaces += run->glyphs[i].advance;
        }
    }
    word->advance += run->advance / units;
    word->spaces += spaces / units;
    word->space_count += run->space_count;
    word->cluster_count += run->cluster_count;
}

/* Trailing spaces are the last in logical order. */
static void count_trailing(bp_word *word, const char *text, size_t length)
{
    size_t end = length;
    while (end > 0 && text[end - 1] == ' ')
        end--;
    for (uint32_t r = 0; end < length && r < word->run_count; r++) {
        const bp_run *run = &word->runs[r];
        size_t offset = (size_t)(run->text - word->runs[0].text);
        if (run->is_rtl) /* Visual order: the last run begins the text. */
            offset = (size_t)(run->text - word->runs[word->run_count - 1].text);
        for (size_t i = 0; i < run->glyph_count; i++)
            if (offset + run->glyphs[i].cluster >= end) {
                word->trailing += run->glyphs[i].advance / bp_font_measures(run->font)->units;
                word->trailing_count++;
            }
    }
}

/* Copies what was shaped into one block. */
static bp_word *store(bp_shaper *shaper, const char *text, size_t length, bool is_rtl, bool is_own)
{
    size_t run_count = BP_BUF_COUNT(&shaper->runs, bp_run);
    size_t run_bytes = shaper->runs.length, glyph_bytes = shaper->glyphs.length;
    size_t size = sizeof(bp_word) + run_bytes + glyph_bytes + length + 1;
    char *block = is_own ? bp_alloc(size) : bp_generation_alloc(shaper, size);
    if (block == NULL)
        return NULL;
    bp_word *word = (bp_word *)(void *)block;
    bp_run *runs = (bp_run *)(void *)(block + sizeof *word);
    bp_glyph *glyphs = (bp_glyph *)(void *)(block + sizeof *word + run_bytes);
    char *copy = block + sizeof *word + run_bytes + glyph_bytes;
    static_assert(alignof(bp_run) <= 8 && sizeof(bp_word) % 8 == 0, "blocks are packed");
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (glyph_bytes != 0)
        memcpy(glyphs, shaper->glyphs.bytes, glyph_bytes);
    *word = (bp_word){.runs = runs, .run_count = (uint32_t)run_count};
    size_t glyph_at = 0, text_at = 0;
    for (size_t i = 0; i < run_count; i++) { /* Scratch runs are in logical order. */
        const bp_run *from = &BP_BUF_ITEMS(&shaper->runs, bp_run)[i];
        bp_run *run = &runs[is_rtl ? run_count - 1 - i : i];
        *run = *from;
        run->glyphs = glyphs + glyph_at;
        run->text = copy + text_at;
        run->serial = ++shaper->next_serial;
        glyph_at += run->glyph_count;
        text_at += run->text_length;
        count_run(word, run);
    }
    count_trailing(word, text, length);
    shaper->stats.glyphs += glyph_at;
    return word;
}

/* A word is one block, so its copy is the same bytes with pointers moved. */
bp_word *bp_word_copy(bp_shaper *shaper, const bp_word *word, bool is_rtl)
{
    size_t size = sizeof *word;
    if (word->run_count != 0) { /* The text is last: it ends with the run that is last in it. */
        const bp_run *last = &word->runs[is_rtl ? 0 : word->run_count - 1];
        size = (size_t)(last->text + last->text_length + 1 - (const char *)word);
    }
    char *block = bp_generation_alloc(shaper, size);
    if (block == NULL)
        return NULL;
    memcpy(block, word, size);
    bp_word *copy = (bp_word *)(void *)block;
    bp_run *runs = (bp_run *)(void *)(block + sizeof *copy);
    copy->runs = runs;
    for (uint32_t r = 0; r < copy->run_count; r++) {
        runs[r].glyphs =
            (const void *)(block + ((const char *)runs[r].glyphs - (const char *)word));
        runs[r].text = block + (runs[r].text - (const char *)word);
        runs[r].serial = ++shaper->next_serial;
    }
    return copy;
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
                      .glyph_count = BP_BUF_COUNT(&shaper->glyphs, bp_glyph) - first,
                      .text_length = it->end - it->start,
                      .is_rtl = is_rtl,
                      .is_wide = it->is_wide,
                      .is_missing = it->is_missing};
        if (!bp_buf_add(&shaper->runs, &run, sizeof run)) {
            (void)bp_fail_memory(err);
            return NULL;
        }
    }
    bp_word *word = store(shaper, text, length, is_rtl, is_own);
    if (word == NULL)
        (void)bp_fail_memory(err);
    return word;
}
