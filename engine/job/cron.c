/* Reading the fields of a crontab's line: see cron.h. */
#include "job/cron.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"

typedef struct {
    const char *name;
    int least, most;
    const char *const *names; /* Of `least` and so on; NULL: none. */
    int name_count;
} field;

static const char *const month_names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec"};
static const char *const day_names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

enum { MINUTE, HOUR, DAY, MONTH, WEEKDAY, FIELDS };
static const field fields[FIELDS] = {{"minute", 0, 59, NULL, 0},
                                     {"hour", 0, 23, NULL, 0},
                                     {"day of the month", 1, 31, NULL, 0},
                                     {"month", 1, 12, month_names, 12},
                                     {"day of the week", 0, 7, day_names, 7}};

static const struct {
    const char *name, *fields;
} shorthands[] = {{"@hourly", "0 * * * *"},  {"@daily", "0 0 * * *"},   {"@midnight", "0 0 * * *"},
                  {"@weekly", "0 0 * * 0"},  {"@monthly", "0 0 1 * *"}, {"@yearly", "0 0 1 1 *"},
                  {"@annually", "0 0 1 1 *"}};

/* One field that is being read, for messages. */
typedef struct {
    const field *of;
    const char *text;
    int length;
    bp_error *err;
} place;

__attribute__((format(printf, 2, 3))) static bool fail(const place *at, const char *format, ...)
{
    char said[256];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(said, sizeof said, format, args);
    va_end(args);
    return bp_fail(at->err, BP_ERR_USAGE, NULL, "--at: %s \"%.*s\": %s", at->of->name, at->length,
                   at->text, said);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A number or a name at `*text`, which goes past it. */
static bool read_value(const place *at, const char **text, const char *end, int *value)
{
    const char *from = *text;
    while (*text < end && (is_digit(**text) || is_letter(**text)))
        ++*text;
    int length = (int)(*text - from);
    if (length == 0 && from < end && strchr("?LW#~H", *from) != NULL)
        return fail(at, "\"%c\" is no sign of cron", *from);
    if (length == 0)
        return fail(at, "expected a number of %d to %d%s", at->of->least, at->of->most,
                    at->of->names ? ", or a name" : "");
    for (int i = 0; i < at->of->name_count; i++)
        if (length == 3 && strncasecmp(from, at->of->names[i], 3) == 0) {
            *value = i + at->of->least;
            return true;
        }
    *value = 0;
    for (int i = 0; i < length; i++) {
        if (!is_digit(from[i]))
            return at->of->names
                       ? fail(at, "\"%.*s\" is no name; names have three letters, as %s and %s",
                              length, from, at->of->names[0], at->of->names[1])
                       : fail(at, "\"%.*s\" is no number", length, from);
        *value = *value < 10000 ? *value * 10 + (from[i] - '0') : *value;
    }
    return (*value >= at->of->least && *value <= at->of->most) ||
           fail(at, "%.*s is not between %d and %d", length, from, at->of->least, at->of->most);
}

/* "/15" at `*text`, or nothing, which is 1. */
static bool read_step(const place *at, const char **text, const char *end, int first, int last,
                      int *step)
{
    *step = 1;
    if (*text == end || **text != '/')
        return true;
    const char *from = ++*text;
    for (*step = 0; *text < end && is_digit(**text); ++*text)
        *step = *step < 10000 ? *step * 10 + (**text - '0') : *step;
    if (*text == from || *step == 0)
        return fail(at, "expected a step above 0 behind \"/\"");
    if (*step > last - first)
        return fail(at, "a step of %.*s leaves nothing of %d-%d but %d; write %d",
                    (int)(*text - from), from, first, last, first, first);
    return true;
}

/* One element of a list: "*", "5", "1-5", with a step or without. Adds to `bits`. */
static bool read_element(const place *at, const char *text, const char *end, uint64_t *bits)
{
    int first = at->of->least, last = at->of->most, step;
    bool is_range = true;
    if (text < end && *text == '*') {
        text++;
        last = at->of == &fields[WEEKDAY] ? 6 : last;
    } else {
        if (!read_value(at, &text, end, &first))
            return false;
        last = first;
        is_range = text < end && *text == '-';
        if (is_range) {
            text++;
            if (!read_value(at, &text, end, &last))
                return false;
        }
        if (first > last && at->of == &fields[WEEKDAY] && last == 0)
            return fail(at, "the range ends before it begins; Sunday is 7, too: write %d-7", first);
        if (first > last)
            return fail(at, "the range ends before it begins; write %d-%d,%d-%d", first,
                        at->of->most, at->of->least, last);
        if (!is_range && text < end && *text == '/')
            return fail(at, "a step needs a range in front of it; write %d-%d%.*s", first,
                        at->of->most, (int)(end - text), text);
    }
    if (!read_step(at, &text, end, first, last, &step))
        return false;
    if (text < end)
        return strchr("?LW#~", *text) != NULL
                   ? fail(at, "\"%c\" is no sign of cron", *text)
                   : fail(at, "\"%.*s\" is too much", (int)(end - text), text);
    for (int value = first; value <= last; value += step)
        *bits |= (uint64_t)1 << value;
    return true;
}

static bool read_field(const place *at, uint64_t *bits)
{
    const char *text = at->text, *end = text + at->length;
    *bits = 0;
    for (;;) {
        const char *comma = memchr(text, ',', (size_t)(end - text));
        if (!read_element(at, text, comma ? comma : end, bits))
            return false;
        if (comma == NULL)
            return true;
        text = comma + 1;
    }
}

/* Splits at blanks; answers how many there are, of which at most FIELDS + 1 are kept. */
static int split(const char *text, size_t length, const char *from[], int lengths[])
{
    int count = 0;
    for (size_t at = 0; at < length && count <= FIELDS;) {
        while (at < length && is_blank(text[at]))
            at++;
        size_t start = at;
        while (at < length && !is_blank(text[at]))
            at++;
        if (at == start)
            break;
        from[count] = text + start;
        lengths[count++] = (int)(at - start);
    }
    return count;
}

static const char *unfold(const char *text, int length)
{
    for (size_t i = 0; i < sizeof shorthands / sizeof shorthands[0]; i++)
        if (strlen(shorthands[i].name) == (size_t)length &&
            strncmp(text, shorthands[i].name, (size_t)length) == 0)
            return shorthands[i].fields;
    return NULL;
}

/* Whether the days that are asked for are any of the calendar, which repeats after 400 years. */
static bool ever_comes(const bp_cron *cron)
{
    for (int64_t day = 0; day < 146097; day++) {
        bp_moment moment = bp_moment_from_epoch(day * 86400);
        bool fits_day = (cron->days >> moment.day & 1) != 0;
        bool fits_weekday = (cron->weekdays >> ((day + 4) % 7) & 1) != 0;
        if ((cron->months >> moment.month & 1) != 0 &&
            (cron->either_day ? fits_day || fits_weekday : fits_day && fits_weekday))
            return true;
    }
    return false;
}

bool bp_cron_read(const char *text, bp_cron *out, bp_error *err)
{
    const char *from[FIELDS + 1];
    int lengths[FIELDS + 1];
    size_t length = strlen(text);
    int count = split(text, length, from, lengths);
    if (count == 1 && from[0][0] == '@') {
        const char *unfolded = unfold(from[0], lengths[0]);
        if (unfolded != NULL)
            return bp_cron_read(unfolded, out, err);
        if (strncmp(from[0], "@reboot", 7) == 0)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "--at: @reboot is no time; give five fields, or a name as @daily");
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--at: \"%s\" is no name of cron; there are @hourly, @daily, @weekly, "
                       "@monthly and @yearly",
                       text);
    }
    if (count != FIELDS)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--at: expected minute, hour, day of the month, month and day of the week, "
                       "as \"0 7 * * 1\"; got %s%s",
                       count > FIELDS ? "more than five fields" : "fewer than five fields",
                       count > FIELDS ? " (cron knows neither seconds nor years)" : "");
    uint64_t bits[FIELDS];
    for (int i = 0; i < FIELDS; i++)
        if (!read_field(&(place){&fields[i], from[i], lengths[i], err}, &bits[i]))
            return false;
    bp_cron cron = {.minutes = bits[MINUTE],
                    .hours = (uint32_t)bits[HOUR],
                    .days = (uint32_t)bits[DAY],
                    .months = (uint32_t)bits[MONTH],
                    .weekdays = (uint32_t)((bits[WEEKDAY] | bits[WEEKDAY] >> 7) & 0x7f),
                    /* By the first sign alone: "1,*" restricts for cron. */
                    .either_day = from[DAY][0] != '*' && from[WEEKDAY][0] != '*',
                    .is_wild = from[MINUTE][0] == '*' || from[HOUR][0] == '*'};
    if (!ever_comes(&cron))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--at: \"%s\" never comes: no month of these has such a day", text);
    *out = cron;
    return true;
}

bool bp_cron_put(const char *text, bp_buf *out)
{
    const char *from[FIELDS + 1];
    int lengths[FIELDS + 1];
    int count = split(text, strlen(text), from, lengths);
    for (int i = 0; i < count; i++)
        if ((i > 0 && !bp_buf_char(out, ' ')) || !bp_buf_add(out, from[i], (size_t)lengths[i]))
            return false;
    return true;
}

size_t bp_cron_fields(const char *line, size_t length)
{
    const char *from[FIELDS + 1];
    int lengths[FIELDS + 1];
    int count = split(line, length, from, lengths);
    int last = count > 0 && from[0][0] == '@' ? 0 : FIELDS - 1;
    return count > last ? (size_t)(from[last] + lengths[last] - line) : 0;
}
