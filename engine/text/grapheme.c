/* Cutting text into what is shaped as one: grapheme clusters (UAX 29, by ICU's properties, which
 * are compiled in and need no data files) and words. A word is cut by its characters alone, never
 * by its surroundings, so that a text and its measure are always made of the same words. */
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/shape_private.h"

#define WORD_BYTES_MOST 1024
#define CLUSTER_BYTES_MOST 512 /* Real ones have some forty; a heap of marks must stay bounded. */

static int break_class(uint32_t c)
{
    return u_getIntPropertyValue((UChar32)c, UCHAR_GRAPHEME_CLUSTER_BREAK);
}

static bool is_joined(int before, int after)
{
    if (before == U_GCB_CR && after == U_GCB_LF)
        return true;
    if (before == U_GCB_CONTROL || before == U_GCB_CR || before == U_GCB_LF ||
        after == U_GCB_CONTROL || after == U_GCB_CR || after == U_GCB_LF)
        return false;
    if (before == U_GCB_L)
        if (after == U_GCB_L || after == U_GCB_V || after == U_GCB_LV || after == U_GCB_LVT)
            return true;
    if ((before == U_GCB_LV || before == U_GCB_V) && (after == U_GCB_V || after == U_GCB_T))
        return true;
    if ((before == U_GCB_LVT || before == U_GCB_T) && after == U_GCB_T)
        return true;
    return after == U_GCB_EXTEND || after == U_GCB_ZWJ || after == U_GCB_SPACING_MARK ||
           before == U_GCB_PREPEND;
}

size_t bp_grapheme_end(const char *text, size_t length, size_t at)
{
    size_t most = length - at > CLUSTER_BYTES_MOST ? at + CLUSTER_BYTES_MOST : length;
    uint32_t c = bp_utf8_next(text, length, &at);
    if (c < 0x300 && (at == length || (unsigned char)text[at] < 0x80) && c != '\r')
        return at;
    int before = break_class(c), flags = before == U_GCB_REGIONAL_INDICATOR;
    bool is_picture = u_hasBinaryProperty((UChar32)c, UCHAR_EXTENDED_PICTOGRAPHIC);
    while (at < most) {
        size_t next = at;
        uint32_t d = bp_utf8_next(text, length, &next);
        int after = break_class(d);
        bool is_pair = flags == 1 && before == U_GCB_REGIONAL_INDICATOR && after == before;
        bool is_sequence = is_picture && before == U_GCB_ZWJ &&
                           u_hasBinaryProperty((UChar32)d, UCHAR_EXTENDED_PICTOGRAPHIC);
        if (!is_joined(before, after) && !is_pair && !is_sequence)
            break;
        flags += is_pair;
        is_picture = is_sequence || (is_picture && (after == U_GCB_EXTEND || after == U_GCB_ZWJ));
        before = after;
        at = next;
    }
    return at;
}

size_t bp_marks_end(const char *text, size_t length, size_t at)
{
    while (at < length && (unsigned char)text[at] >= 0xcc) { /* Marks begin at U+0300. */
        size_t next = at;
        int class = break_class(bp_utf8_next(text, length, &next));
        if (class != U_GCB_EXTEND && class != U_GCB_SPACING_MARK && class != U_GCB_ZWJ)
            break;
        at = next;
    }
    return at;
}

#define JOIN_REACH 16 /* Marks looked over for the letter they stand on. */

static int join_type(uint32_t c)
{
    return u_getIntPropertyValue((UChar32)c, UCHAR_JOINING_TYPE);
}

bool bp_text_joins(const char *text, size_t length, size_t at)
{
    if (at == 0 || at >= length || (unsigned char)text[at - 1] < 0x80 ||
        (unsigned char)text[at] < 0x80)
        return false;
    int before = U_JT_TRANSPARENT, after = U_JT_TRANSPARENT;
    size_t left = at;
    for (int n = 0; n < JOIN_REACH && left > 0 && before == U_JT_TRANSPARENT; n++) {
        do
            left--;
        while (left > 0 && ((unsigned char)text[left] & 0xc0) == 0x80);
        size_t next = left;
        before = join_type(bp_utf8_next(text, length, &next));
    }
    for (int n = 0; n < JOIN_REACH && at < length && after == U_JT_TRANSPARENT; n++)
        after = join_type(bp_utf8_next(text, length, &at));
    return (before == U_JT_DUAL_JOINING || before == U_JT_LEFT_JOINING ||
            before == U_JT_JOIN_CAUSING) &&
           (after == U_JT_DUAL_JOINING || after == U_JT_RIGHT_JOINING ||
            after == U_JT_JOIN_CAUSING);
}

bool bp_is_wide(uint32_t c)
{
    if (c < 0x2e80)
        return false;
    return c <= 0x303e || (c >= 0x3041 && c <= 0xa4cf) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xfe30 && c <= 0xfe4f) || (c >= 0xff01 && c <= 0xff60) ||
           (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x20000 && c <= 0x3fffd);
}

static bool is_wide_punctuation(uint32_t c)
{
    return (c >= 0x3001 && c <= 0x3002) || (c >= 0x3008 && c <= 0x3011) ||
           (c >= 0x3014 && c <= 0x301f) || (c >= 0xff01 && c <= 0xff0f) ||
           (c >= 0xff1a && c <= 0xff20) || (c >= 0xff3b && c <= 0xff40) ||
           (c >= 0xff5b && c <= 0xff60);
}

/* Quotation marks that take Chinese form in Chinese: beside Chinese punctuation they are shaped
 * with it. */
static bool is_quote(uint32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x201c || c == 0x201d;
}

static bool is_cut(uint32_t before, uint32_t after)
{
    if ((is_quote(before) && is_wide_punctuation(after)) ||
        (is_wide_punctuation(before) && is_quote(after)))
        return false;
    bool wide_before = bp_is_wide(before), wide_after = bp_is_wide(after);
    if (!wide_before && !wide_after)
        return false;
    return !(wide_before && wide_after && is_wide_punctuation(before) &&
             is_wide_punctuation(after));
}

size_t bp_word_length(const char *text, size_t length)
{
    size_t at = 0, most = length < WORD_BYTES_MOST ? length : WORD_BYTES_MOST;
    uint32_t before = 0;
    while (at + 1 < most && text[at] != ' ' &&
           (((unsigned char)text[at] | (unsigned char)text[at + 1]) & 0x80) == 0)
        at++; /* Nearly all text; the rest looks closer. */
    if (at > 0)
        before = (unsigned char)text[at - 1];
    while (at < length) {
        unsigned char first = (unsigned char)text[at];
        if (first == ' ') {
            while (at < length && text[at] == ' ' && at < WORD_BYTES_MOST)
                at++;
            return at;
        }
        if (first < 0x80 && before < 0x80 && at + 1 < length && at < WORD_BYTES_MOST &&
            (unsigned char)text[at + 1] < 0x80) {
            before = first;
            at++;
            continue;
        }
        size_t next = at + 1;
        uint32_t c = first;
        if (first >= 0x80) {
            next = bp_grapheme_end(text, length, at);
            size_t start = at;
            c = bp_utf8_next(text, length, &start);
        } else if (next < length && (unsigned char)text[next] >= 0x80) {
            next = bp_grapheme_end(text, length, at);
        }
        if (at != 0 && (next > WORD_BYTES_MOST || is_cut(before, c)))
            return at;
        before = c;
        at = next;
    }
    return at;
}
