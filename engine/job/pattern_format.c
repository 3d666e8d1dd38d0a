/* Formats of dates in patterns, as "{date:%Y-%m}". They are few, of digits alone and of fixed
 * width, so that no locale has a say and a name can be read back. A period stands for its first
 * day. */
#include "job/pattern_private.h"

#include <string.h>

#include "base/clock.h"
#include "job/span.h"

static const struct {
    char letter;
    size_t width;
} directives[] = {
    {'Y', 4}, {'m', 2}, {'d', 2}, {'H', 2}, {'M', 2}, {'S', 2}, /* Of the date and the time. */
    {'q', 1}, {'G', 4}, {'V', 2}, {'j', 3} /* Quarter; ISO week and its year; day of the year. */
};

/* 0: there is none of that letter. */
static size_t width_of(char letter)
{
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (directives[i].letter == letter)
            return directives[i].width;
    return 0;
}

const char *bp_pattern_format_fault(const char *format, size_t length)
{
    static const char fault[] =
        "a format has %Y, %m, %d, %H, %M, %S, %q (quarter), %G and %V (week), %j (day of the "
        "year), and what stands between them: no \"/\" or brace, and no \".\" first";
    bool has_directive = false;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)format[i];
        if (byte == '/' || byte == '{' || byte < ' ' || byte == 0x7f)
            return fault;
        if (byte != '%')
            continue;
        if (++i >= length || width_of(format[i]) == 0)
            return fault;
        has_directive = true;
    }
    return has_directive && format[0] != '.' ? NULL : fault;
}

static int number_of(char letter, const bp_moment *moment)
{
    int64_t day = bp_day_number(moment->year, moment->month, moment->day);
    bp_span week = bp_span_at(BP_PERIOD_WEEK, day);
    bp_moment thursday = bp_moment_from_epoch((week.first + 3) * 86400);
    switch (letter) {
    case 'Y':
        return moment->year;
    case 'm':
        return moment->month;
    case 'd':
        return moment->day;
    case 'H':
        return moment->hour;
    case 'M':
        return moment->minute;
    case 'S':
        return moment->second;
    case 'q':
        return (moment->month - 1) / 3 + 1;
    case 'G':
        return thursday.year;
    case 'V':
        return (int)(week.first + 3 - bp_day_number(thursday.year, 1, 1)) / 7 + 1;
    default:
        return (int)(day - bp_day_number(moment->year, 1, 1)) + 1;
    }
}

bool bp_pattern_format_put(bp_buf *out, const bp_pattern_value *value, const char *text,
                           bp_error *err)
{
    bp_moment moment;
    bp_span span;
    bool has_time = false;
    if (bp_span_read(text, strlen(text), &span))
        moment = bp_moment_from_epoch(span.first * 86400);
    else if (bp_moment_read(text, &moment))
        has_time = true;
    else
        return bp_pattern_fail_value(
            value, text, "expected a date or a period, as 2022-08-31 or 2022-Q3, for its format",
            err);
    for (size_t i = 0; i < value->format_length; i++) {
        char letter = value->format[i];
        bool is_literal = letter != '%';
        if (!is_literal)
            letter = value->format[++i];
        if (!is_literal && !has_time && strchr("HMS", letter) != NULL)
            return bp_pattern_fail_value(value, text,
                                         "expected a time of day, as 2022-08-31T07:00:00Z", err);
        bool ok = is_literal ? bp_buf_char(out, letter)
                             : bp_buf_format(out, "%0*d", (int)width_of(letter),
                                             number_of(letter, &moment));
        if (!ok)
            return bp_fail_memory(err);
    }
    return true;
}

bool bp_pattern_format_fits(const bp_pattern_value *value, const char *text, size_t length)
{
    size_t at = 0;
    for (size_t i = 0; i < value->format_length; i++) {
        if (value->format[i] != '%') {
            if (at >= length || text[at++] != value->format[i])
                return false;
            continue;
        }
        size_t width = width_of(value->format[++i]);
        if (width > length - at)
            return false;
        for (; width > 0; width--, at++)
            if (text[at] < '0' || text[at] > '9')
                return false;
    }
    return at == length;
}
