/* Chinese punctuation stands in squares of which it leaves half empty. What kind a mark is, where
 * its empty part lies, and what marks beside each other give up of it. The font says by its feature
 * "halt"; where it has none the ink does. */
#include <hb.h>
#include <math.h>

#include "base/utf8.h"
#include "text/font_private.h"
#include "text/shaper_private.h"

#define SQUARE_LEAST 0.9 /* Em: what is narrower is no full-width mark. */
#define INK_SLACK 0.03   /* Em that the ink may reach out of its half. */

typedef struct {
    uint16_t character;
    uint8_t kind;
} known_mark;

/* In the order of their numbers. */
static const known_mark known[] = {
    {0xb7, BP_MARK_MIDDLE},    {0x2014, BP_MARK_JOINT},   {0x2018, BP_MARK_OPENING},
    {0x2019, BP_MARK_CLOSING}, {0x201c, BP_MARK_OPENING}, {0x201d, BP_MARK_CLOSING},
    {0x2027, BP_MARK_MIDDLE},  {0x3001, BP_MARK_PAUSE},   {0x3002, BP_MARK_STOP},
    {0x3008, BP_MARK_OPENING}, {0x3009, BP_MARK_CLOSING}, {0x300a, BP_MARK_OPENING},
    {0x300b, BP_MARK_CLOSING}, {0x300c, BP_MARK_OPENING}, {0x300d, BP_MARK_CLOSING},
    {0x300e, BP_MARK_OPENING}, {0x300f, BP_MARK_CLOSING}, {0x3010, BP_MARK_OPENING},
    {0x3011, BP_MARK_CLOSING}, {0x3014, BP_MARK_OPENING}, {0x3015, BP_MARK_CLOSING},
    {0x3016, BP_MARK_OPENING}, {0x3017, BP_MARK_CLOSING}, {0x3018, BP_MARK_OPENING},
    {0x3019, BP_MARK_CLOSING}, {0x301a, BP_MARK_OPENING}, {0x301b, BP_MARK_CLOSING},
    {0x301c, BP_MARK_JOINT},   {0x30fb, BP_MARK_MIDDLE},  {0xff01, BP_MARK_STOP},
    {0xff08, BP_MARK_OPENING}, {0xff09, BP_MARK_CLOSING}, {0xff0c, BP_MARK_PAUSE},
    {0xff0d, BP_MARK_JOINT},   {0xff0e, BP_MARK_STOP},    {0xff0f, BP_MARK_JOINT},
    {0xff1a, BP_MARK_PAUSE},   {0xff1b, BP_MARK_PAUSE},   {0xff1f, BP_MARK_STOP},
    {0xff3b, BP_MARK_OPENING}, {0xff3d, BP_MARK_CLOSING}, {0xff5b, BP_MARK_OPENING},
    {0xff5d, BP_MARK_CLOSING}, {0xff5e, BP_MARK_JOINT},   {0xff5f, BP_MARK_OPENING},
    {0xff60, BP_MARK_CLOSING},
};

bp_mark_kind bp_mark_kind_of(uint32_t c)
{
    if (c > 0xff60 || (c > 0x30fb && c < 0xff01) || (c < 0x3001 && c > 0x2027))
        return BP_MARK_NONE;
    size_t low = 0, high = sizeof known / sizeof *known;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (known[middle].character == c)
            return known[middle].kind;
        if (known[middle].character < c)
            low = middle + 1;
        else
            high = middle;
    }
    return BP_MARK_NONE;
}

/* Squeezing ----------------------------------------------------------------------------------- */

/* What of two marks beside each other gives up half of its square: -1 the first, 1 the second, 0
 * none. The closing one of two does, and of two opening ones the second. Question and exclamation
 * marks give theirs up for a bracket alone, and only where they stand at the left of the square. */
static int squeezed_of(const bp_face_set *faces, uint32_t before, uint32_t after)
{
    bp_mark_kind first = bp_mark_kind_of(before), second = bp_mark_kind_of(after);
    bool is_loud = before == 0xff01 || before == 0xff1f;
    if (second < BP_MARK_OPENING || second > BP_MARK_STOP)
        return 0;
    if (is_loud)
        return faces->is_simplified && second == BP_MARK_CLOSING ? -1 : 0;
    if (first == BP_MARK_CLOSING || first == BP_MARK_PAUSE || first == BP_MARK_STOP)
        return -1;
    return first == BP_MARK_OPENING && second == BP_MARK_OPENING;
}

int bp_marks_squeezed(const bp_style *style, uint32_t before, uint32_t after)
{
    return style->faces->is_han ? squeezed_of(style->faces, before, after) : 0;
}

bool bp_word_features(const bp_face_set *faces, const char *text, size_t start, size_t end,
                      bool is_wide, bp_buf *features)
{
    features->length = 0;
    if (!bp_buf_add(features, faces->features, faces->feature_count * sizeof(hb_feature_t)))
        return false;
    if (!is_wide || !faces->is_han)
        return true;
    uint32_t before = 0;
    for (size_t at = start, last = at; at < end;) {
        size_t here = at;
        uint32_t c = bp_utf8_next(text, end, &at);
        int which = squeezed_of(faces, before, c);
        size_t squeezed = which < 0 ? last : which > 0 ? here : SIZE_MAX;
        if (faces->is_simplified && bp_mark_kind_of(c) == BP_MARK_MIDDLE)
            squeezed = here; /* The middle dot is always half a square wide there. */
        hb_feature_t halt = {HB_TAG('h', 'a', 'l', 't'), 1, (unsigned)squeezed,
                             (unsigned)squeezed + 1};
        if (squeezed != SIZE_MAX && !bp_buf_add(features, &halt, sizeof halt))
            return false;
        before = c;
        last = here;
    }
    return true;
}

/* What of a glyph of full width is empty, told by its ink: font units before and behind it. */
static void find_by_ink(const bp_font *font, uint32_t glyph, double advance, double *before,
                        double *behind)
{
    hb_glyph_extents_t ink;
    double units = bp_font_measures(font)->units, slack = INK_SLACK * units;
    *before = *behind = 0;
    if (advance < SQUARE_LEAST * units ||
        !hb_font_get_glyph_extents(bp_font_shaping(font), glyph, &ink) || ink.width <= 0)
        return;
    double left = ink.x_bearing, right = left + ink.width;
    if (right <= advance / 2 + slack)
        *behind = advance / 2;
    else if (left >= advance / 2 - slack)
        *before = advance / 2;
    else if (left >= advance / 4 - slack && right <= advance * 3 / 4 + slack)
        *before = *behind = advance / 4;
}

void bp_word_squeeze(const bp_face_set *faces, const bp_font *font, const bp_buf *features,
                     size_t start, bp_glyph *glyphs, size_t count)
{
    const hb_feature_t *list = BP_BUF_ITEMS(features, hb_feature_t);
    for (size_t f = faces->feature_count; f < BP_BUF_COUNT(features, hb_feature_t); f++)
        for (size_t i = 0; i < count; i++) {
            double advance = bp_font_advance(font, glyphs[i].id), before, behind;
            if (glyphs[i].cluster + start != list[f].start ||
                (double)glyphs[i].advance < advance * SQUARE_LEAST)
                continue; /* Another one, or the font knew. */
            find_by_ink(font, glyphs[i].id, advance, &before, &behind);
            glyphs[i].advance -= (float)(before + behind);
            glyphs[i].dx = (int16_t)(glyphs[i].dx - lround(before));
        }
}

/* Rooms --------------------------------------------------------------------------------------- */

static const bp_mark *find_mark(const bp_face_set *faces, uint32_t c)
{
    const bp_mark *marks = BP_BUF_ITEMS(&faces->marks, bp_mark);
    for (size_t i = 0; i < BP_BUF_COUNT(&faces->marks, bp_mark); i++)
        if (marks[i].character == c)
            return &marks[i];
    return NULL;
}

/* Measures a mark by shaping it with half of its square and without. */
static bool measure_mark(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                         bp_mark *mark, bp_error *err)
{
    const bp_word *word = bp_shape_word(shaper, style, text, length, 0, err);
    if (word == NULL)
        return false;
    if (word->run_count != 1 || !word->runs[0].is_wide || word->runs[0].glyph_count != 1)
        return true;
    const bp_run *run = &word->runs[0];
    double units = bp_font_measures(run->font)->units, advance = (double)run->glyphs[0].advance;
    double before = 0, behind = 0;
    if (advance < SQUARE_LEAST * units)
        return true;
    hb_feature_t halt = {HB_TAG('h', 'a', 'l', 't'), 1, 0, (unsigned)length};
    hb_buffer_t *buffer = shaper->buffer;
    if (!bp_word_features(style->faces, text, 0, length, true, &shaper->features) ||
        !bp_buf_add(&shaper->features, &halt, sizeof halt))
        return bp_fail_memory(err);
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
    hb_buffer_set_language(buffer, style->faces->language);
    hb_buffer_add_utf8(buffer, text, (int)length, 0, (int)length);
    hb_shape(bp_font_shaping(run->font), buffer, BP_BUF_ITEMS(&shaper->features, hb_feature_t),
             (unsigned)BP_BUF_COUNT(&shaper->features, hb_feature_t));
    unsigned count = 0;
    if (!hb_buffer_allocation_successful(buffer))
        return bp_fail_memory(err);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    if (count == 1 && positions[0].x_advance < advance) {
        before = (double)run->glyphs[0].dx - positions[0].x_offset;
        behind = advance - positions[0].x_advance - before;
    } else if (mark->kind != BP_MARK_JOINT) {
        find_by_ink(run->font, run->glyphs[0].id, advance, &before, &behind);
    }
    mark->advance = (float)(advance / units);
    mark->before = (float)(fmax(before, 0) / units);
    mark->behind = (float)(fmax(behind, 0) / units);
    return true;
}

bool bp_marks_learn(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                    bp_error *err)
{
    bp_face_set *faces = style->faces;
    for (size_t at = 0; faces->is_han && at < length;) {
        size_t start = at;
        uint32_t c = bp_utf8_next(text, length, &at);
        bp_mark mark = {.character = c, .kind = (uint8_t)bp_mark_kind_of(c)};
        if (mark.kind == BP_MARK_NONE || find_mark(faces, c) != NULL)
            continue;
        if (!measure_mark(shaper, style, text + start, at - start, &mark, err))
            return false;
        if (!bp_buf_add(&faces->marks, &mark, sizeof mark))
            return bp_fail_memory(err);
    }
    return true;
}

const bp_mark *bp_mark_of_glyph(const bp_style *style, const bp_run *run, size_t i, bool *is_whole)
{
    *is_whole = false;
    size_t at = run->glyphs[i].cluster;
    if (!run->is_wide || run->is_rtl || (unsigned char)run->text[at] < 0xc2)
        return NULL;
    uint32_t c = bp_utf8_next(run->text, run->text_length, &at);
    if (bp_mark_kind_of(c) == BP_MARK_NONE)
        return NULL;
    const bp_mark *mark = find_mark(style->faces, c);
    if (mark != NULL)
        *is_whole = (double)run->glyphs[i].advance / bp_font_measures(run->font)->units >
                    (double)mark->advance * SQUARE_LEAST;
    return mark;
}
