/* Widths of words and lines in points. The paragraph and bp_shape_width add up the same words in
 * the same way, so that a text fits into a column that was made as wide as the text. */
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/paragraph.h"
#include "text/shape_private.h"

#define GAP_EM 0.25 /* clreq, "Mixed Text Composition in Horizontal Writing Mode". */

static uint32_t character_before(const char *text, size_t length, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80);
    return bp_utf8_next(text, length, &at);
}

static bool is_latin(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '%' ||
           (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) ||
           (c >= 0x386 && c <= 0x52f && c != 0x387); /* Greek and Cyrillic. */
}

static bool is_ideograph(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3fffd) || c == 0x3005 ||
           c == 0x3007;
}

double bp_word_gap(const char *text, size_t length, size_t at)
{
    if (at == 0 || at >= length ||
        ((unsigned char)text[at - 1] < 0x80 && (unsigned char)text[at] < 0x80))
        return 0;
    uint32_t before = character_before(text, length, at), after = bp_utf8_next(text, length, &at);
    return (is_ideograph(before) && is_latin(after)) || (is_latin(before) && is_ideograph(after))
               ? GAP_EM
               : 0;
}

bool bp_text_has_rtl(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        if ((unsigned char)text[at] < 0xd6) { /* Below U+0590 nothing is. */
            at++;
            continue;
        }
        uint32_t c = bp_utf8_next(text, length, &at);
        if (c < 0x590 || (c >= 0x900 && c < 0x200f) || (c >= 0x2070 && c < 0xfb00))
            continue;
        UCharDirection direction = u_charDirection((UChar32)c);
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC ||
            direction == U_ARABIC_NUMBER || (c >= 0x202a && c <= 0x202e) ||
            (c >= 0x2066 && c <= 0x2069))
            return true;
    }
    return false;
}

bp_order_kind bp_text_order_kind(const char *text, size_t length)
{
    size_t at = 0;
    switch (length > 0 ? u_charDirection((UChar32)bp_utf8_next(text, length, &at))
                       : U_OTHER_NEUTRAL) {
    case U_LEFT_TO_RIGHT:
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC:
        return BP_ORDER_STRONG;
    case U_EUROPEAN_NUMBER:
    case U_ARABIC_NUMBER:
        return BP_ORDER_NUMBER;
    case U_EUROPEAN_NUMBER_SEPARATOR:
    case U_EUROPEAN_NUMBER_TERMINATOR:
    case U_COMMON_NUMBER_SEPARATOR:
        return BP_ORDER_SIGN;
    default:
        return BP_ORDER_NEUTRAL;
    }
}

double bp_word_advance(const bp_word *word, const bp_style_spec *spec)
{
    return spec->size * (word->advance + word->spaces * (spec->word_space - 1) +
                         word->cluster_count * spec->tracking / 1000);
}

double bp_word_hang(const bp_word *word, const bp_style_spec *spec)
{
    uint32_t dropped = word->trailing_count + (word->cluster_count > word->trailing_count);
    return spec->size * (word->trailing * spec->word_space + dropped * spec->tracking / 1000);
}

/* Where both directions meet, words are cut by them and letters join across the cuts. */
static bool measure_mixed(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                          double *width, bp_error *err)
{
    const bp_span span = {.style = style, .text = text, .length = length};
    const bp_paragraph_options options = {.direction = -1, .no_wrap = true};
    bp_paragraph *paragraph = bp_paragraph_new(shaper, &span, 1, &options, err);
    *width = paragraph != NULL ? bp_paragraph_max_width(paragraph) : 0;
    bp_paragraph_free(paragraph);
    return paragraph != NULL;
}

static bool measure_words(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                          double *width, bp_error *err)
{
    const bp_style_spec *spec = bp_style_values(style);
    bool is_han = bp_language_is_han(spec->language);
    double hang = 0, room = 0;
    for (size_t at = 0; at < length;) {
        size_t part = bp_word_length(text + at, length - at);
        const bp_word *word = bp_shape_word(shaper, style, text + at, part, 0, err);
        if (word == NULL)
            return false;
        double advance = bp_word_advance(word, spec);
        bool is_space = word->trailing_count == word->cluster_count;
        hang = is_space ? hang + advance : bp_word_hang(word, spec);
        if (is_han && !is_space) {
            if (!bp_marks_learn(shaper, style, text + at, part, err))
                return false;
            *width -= at == 0 ? bp_word_room(style, word, true) : 0;
            room = bp_word_room(style, word, false);
        }
        at += part;
        double gap = is_han ? spec->size * bp_word_gap(text, length, at) : 0;
        *width += advance + gap;
    }
    /* As a paragraph's line, whose trailing spaces take no room, nor what marks leave empty at its
     * edges. */
    *width -= hang + room;
    return true;
}

bool bp_shape_width(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                    double *width, bp_error *err)
{
    *width = 0;
    if (bp_text_has_rtl(text, length))
        return measure_mixed(shaper, style, text, length, width, err);
    bp_shaper_read_from(shaper, text, length);
    bool ok = measure_words(shaper, style, text, length, width, err);
    bp_shaper_read_from(shaper, NULL, 0);
    return ok;
}

bool bp_shape_lead(bp_shaper *shaper, const bp_style *style, const char *text, size_t length,
                   double *lead, bp_error *err)
{
    size_t part = bp_word_length(text, length), at = 0;
    *lead = 0;
    if (part == 0 || !bp_language_is_han(bp_style_values(style)->language) ||
        bp_mark_kind_of(bp_utf8_next(text, length, &at)) == BP_MARK_NONE)
        return true;
    const bp_word *word = bp_shape_word(shaper, style, text, part, 0, err);
    if (word == NULL || !bp_marks_learn(shaper, style, text, part, err))
        return false;
    *lead = bp_word_room(style, word, true);
    return true;
}
