/* Other forms of letters. What a font has is asked of the shaper, not read from its tables: a
 * feature counts where it changes what is seen, in this script and language. */
#include "text/forms.h"

#include <hb.h>
#include <limits.h>
#include <math.h>
#include <unicode/ucasemap.h>

#include "text/font_private.h"

/* True where all glyphs of a run but spaces are replaced; `seen` counts them. */
static bool is_replaced(const bp_run *plain, const bp_run *formed, size_t *seen)
{
    if (plain->font != formed->font || plain->glyph_count != formed->glyph_count)
        return false;
    for (size_t i = 0; i < plain->glyph_count; i++) {
        if (bp_run_is_space(plain, i))
            continue;
        if (plain->glyphs[i].id == formed->glyphs[i].id)
            return false;
        ++*seen;
    }
    return true;
}

bool bp_text_has_forms(bp_shaper *shaper, const bp_style *plain, const bp_style *formed,
                       const char *text, size_t length, bool *has, bp_error *err)
{
    size_t seen = 0;
    *has = false;
    for (size_t at = 0; at < length;) {
        const bp_run *before, *after;
        size_t before_count, after_count, part = bp_word_length(text + at, length - at);
        int level = bp_text_has_rtl(text + at, part);
        if (!bp_shape(shaper, plain, text + at, part, level, &before, &before_count, err) ||
            !bp_shape(shaper, formed, text + at, part, level, &after, &after_count, err))
            return false;
        if (before_count != after_count)
            return true;
        for (size_t r = 0; r < before_count; r++)
            if (!is_replaced(&before[r], &after[r], &seen))
                return true;
        at += part;
    }
    *has = seen > 0;
    return true;
}

bool bp_text_ink(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                 double *bottom, double *top, bp_error *err)
{
    double size = bp_style_values(style)->size;
    bool is_seen = false;
    *bottom = *top = 0;
    for (size_t at = 0; at < length;) {
        const bp_run *runs;
        size_t count, part = bp_word_length(text + at, length - at);
        int level = bp_text_has_rtl(text + at, part);
        if (!bp_shape(shaper, style, text + at, part, level, &runs, &count, err))
            return false;
        for (size_t r = 0; r < count; r++)
            for (size_t i = 0; i < runs[r].glyph_count; i++) {
                const bp_glyph *glyph = &runs[r].glyphs[i];
                double scale = size / bp_font_measures(runs[r].font)->units;
                hb_glyph_extents_t ink;
                if (!hb_font_get_glyph_extents(bp_font_shaping(runs[r].font), glyph->id, &ink) ||
                    ink.height == 0)
                    continue;
                double above = (ink.y_bearing + glyph->dy) * scale;
                double below = (ink.y_bearing + ink.height + glyph->dy) * scale;
                *top = is_seen ? fmax(*top, above) : above;
                *bottom = is_seen ? fmin(*bottom, below) : below;
                is_seen = true;
            }
        at += part;
    }
    return true;
}

bool bp_text_upper(const char *text, size_t length, const char *language, bp_buf *out,
                   bp_error *err)
{
    if (length > INT32_MAX / 4)
        return bp_fail(err, BP_ERR_LIMIT, NULL, "a text in capitals is too long");
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap *map = ucasemap_open(language, 0, &status);
    size_t start = out->length;
    int32_t room = (int32_t)length * 3 + 16; /* No letter grows by more. */
    bool ok = U_SUCCESS(status) && bp_buf_reserve(out, (size_t)room);
    if (ok) {
        int32_t size =
            ucasemap_utf8ToUpper(map, out->bytes + start, room, text, (int32_t)length, &status);
        ok = U_SUCCESS(status);
        out->length = start + (ok ? (size_t)size : 0);
    }
    ucasemap_close(map);
    return ok || (status == U_INVALID_CHAR_FOUND ? bp_fail(err, BP_ERR_DATA, NULL, "no UTF-8")
                                                 : bp_fail_memory(err));
}
