/* From a path back to the values that a pattern may have made it of: see pattern.h. Tried with the
 * longest value first, and given up in the end: what is foreign and odd is just foreign. */
#include <string.h>

#include "base/utf8.h"
#include "job/pattern_private.h"
#include "job/span.h"

#define MATCH_STEPS 5000 /* Nobody's pattern needs more; a hostile one ends. */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* True where these bytes end in the mark of a value that was cut. */
static bool is_cut(const char *text, size_t length)
{
    if (length < BP_PATTERN_CUT_LENGTH ||
        memcmp(text + length - BP_PATTERN_CUT_LENGTH, "%~", 2) != 0)
        return false;
    for (size_t i = length - BP_PATTERN_HASH_DIGITS; i < length; i++)
        if (strchr("0123456789abcdef", text[i]) == NULL)
            return false;
    return true;
}

/* True where put_value can have written this. */
static bool is_value(const char *text, size_t length)
{
    size_t end = is_cut(text, length) ? length - BP_PATTERN_CUT_LENGTH : length;
    char plain[BP_PATTERN_NAME_MOST + 1];
    size_t count = 0;
    if (length == 0 || length > BP_PATTERN_NAME_MOST)
        return false;
    for (size_t at = 0; at < end;) {
        bool is_digits = text[at] == '%';
        if (is_digits) {
            int high = at + 2 < end ? hex_digit(text[at + 1]) : -1;
            int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
            if (low < 0)
                return false;
            plain[count++] = (char)(high << 4 | low);
            at += 3;
        } else
            plain[count++] = text[at++];
    }
    /* Written anew it must be the same: no byte too few or too many is in digits. */
    const char *at_text = text;
    for (size_t at = 0; at < count;) {
        size_t from = at;
        uint32_t character = bp_utf8_next(plain, count, &at);
        if (character == BP_UTF8_BAD || character == 0 ||
            (*at_text == '%') != bp_pattern_is_escaped(character, from == 0))
            return false;
        for (size_t i = from; i < at; i++) {
            if ((*at_text == '%') != bp_pattern_is_escaped(character, from == 0))
                return false;
            at_text += *at_text == '%' ? 3 : 1;
        }
    }
    return true;
}

/* True where a value of that name can be written so. The period and the date of an edition are told
 * from what stands beside them by what they are. */
static bool is_fitting(const bp_pattern_value *value)
{
    bp_span span;
    if (value->format != NULL)
        return bp_pattern_format_fits(value, value->text, value->length);
    if (!is_value(value->text, value->length))
        return false;
    bool is_date = bp_pattern_is_named(value, "date");
    if (!is_date && !bp_pattern_is_named(value, "period"))
        return true;
    return bp_span_read(value->text, value->length, &span) &&
           (!is_date || span.unit == BP_PERIOD_DAY);
}

typedef struct {
    const char *pattern;
    bp_pattern_value *values;
    size_t count;
    int steps;
} matching;

static bool is_alike(const bp_pattern_value *a, const bp_pattern_value *b)
{
    if (a->name_length != b->name_length || memcmp(a->name, b->name, a->name_length) != 0)
        return true;
    if (a->format_length != b->format_length ||
        (a->format != NULL && memcmp(a->format, b->format, a->format_length) != 0))
        return true; /* Two forms of one date. */
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static bool match_from(matching *on, const char *at, const char *text);

static bool match_value(matching *on, const char *at, const char *text, bp_pattern_value value)
{
    if (on->count == BP_PATTERN_VALUES_MOST)
        return false;
    value.text = text;
    for (value.length = strcspn(text, "/"); value.length > 0 && ++on->steps <= MATCH_STEPS;
         value.length--) {
        bool ok = is_fitting(&value);
        for (size_t i = 0; ok && i < on->count; i++)
            ok = is_alike(&on->values[i], &value);
        if (!ok)
            continue;
        on->values[on->count++] = value;
        if (match_from(on, at, text + value.length))
            return true;
        on->count--;
    }
    return false;
}

static bool match_from(matching *on, const char *at, const char *text)
{
    bp_piece item;
    if (!bp_piece_next(on->pattern, &at, &item, NULL))
        return false;
    switch (item.kind) {
    case BP_PIECE_END:
        return *text == '\0';
    case BP_PIECE_SLASH:
        return *text == '/' && match_from(on, at, text + 1);
    case BP_PIECE_TEXT:
        return strncmp(text, item.text, item.length) == 0 && match_from(on, at, text + item.length);
    case BP_PIECE_VALUE:
        return match_value(on, at, text, item.value);
    }
    return false;
}

bool bp_pattern_match(const char *pattern, const char *path,
                      bp_pattern_value values[BP_PATTERN_VALUES_MOST], size_t *count)
{
    bp_pattern_value own[BP_PATTERN_VALUES_MOST];
    matching on = {.pattern = pattern, .values = values != NULL ? values : own};
    bool ok = match_from(&on, pattern, path);
    if (count != NULL)
        *count = ok ? on.count : 0;
    return ok;
}
