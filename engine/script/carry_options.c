/* The options of a rendering as the colophon has them, there and back. What is not given is not
 * noted, so that an option that is new changes nothing for reports that do without it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/colophon.h"
#include "script/script_private.h"

#define RANGES_MOST 10000

static bool put_ranges(const bp_script_options *options, bp_buf *text)
{
    bool ok = true;
    for (size_t i = 0; ok && i < options->range_count; i++) {
        const bp_page_range *range = &options->ranges[i];
        ok = (i == 0 || bp_buf_char(text, ',')) && bp_buf_format(text, "%zu", range->first) &&
             (range->last == range->first || bp_buf_char(text, '-')) &&
             (range->last == range->first || range->last == SIZE_MAX ||
              bp_buf_format(text, "%zu", range->last));
    }
    return ok;
}

/* One instant has one spelling: a date, or the seconds of SOURCE_DATE_EPOCH. */
static const char *put_date(const bp_script_options *options, char out[32])
{
    bp_moment moment;
    if (options->date == NULL || !bp_moment_read(options->date, &moment))
        return NULL;
    (void)snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", moment.year % 10000,
                   moment.month % 100, moment.day % 100, moment.hour % 100, moment.minute % 100,
                   moment.second % 100);
    return out;
}

bool bp_script_options_note(const bp_script_options *options, bp_buf *pairs)
{
    char level[16], date[32];
    bp_buf ranges = {0}, standards = {0};
    bool has_level = options->deflate_level >= 0 && options->deflate_level != BP_DEFLATE_USUAL;
    (void)snprintf(level, sizeof level, "%d", options->deflate_level);
    bool ok = put_ranges(options, &ranges) &&
              (options->standards == 0 || bp_standards_put(&standards, options->standards));
    const struct {
        const char *name, *value; /* NULL: it was not given. */
    } given[] = {{"lang", options->language},
                 {"date", put_date(options, date)},
                 {"pages", ranges.length != 0 ? ranges.bytes : NULL},
                 {"standard", standards.length != 0 ? standards.bytes : NULL},
                 {"no-tags", options->no_tags ? "true" : NULL},
                 {"allow-missing", options->allow_missing ? "true" : NULL},
                 {"boxes", options->boxes ? "true" : NULL},
                 {"deflate", has_level ? level : NULL},
                 {"web", options->is_linear ? "true" : NULL},
                 {"no-system-fonts", options->no_system_fonts ? "true" : NULL}};
    for (size_t i = 0; ok && i < sizeof given / sizeof given[0]; i++)
        ok = given[i].value == NULL || bp_colophon_add(pairs, given[i].name, given[i].value);
    bp_buf_clear(&ranges);
    bp_buf_clear(&standards);
    return ok;
}

/* Reading ------------------------------------------------------------------------------------- */

/* A number of at most nine digits; false where there is none. */
static bool take_number(const char **at, size_t *number)
{
    size_t digits = strspn(*at, "0123456789");
    if (digits == 0 || digits > 9)
        return false;
    *number = strtoul(*at, NULL, 10);
    *at += digits;
    return true;
}

/* "3", "2-5", "7-", joined by commas. Answers false where they are none; `*refused` where memory
 * is. */
static bool take_ranges(const char *text, bp_buf *ranges, bool *refused)
{
    for (bool is_more = true; is_more; text += is_more) {
        bp_page_range range = {0};
        if (!take_number(&text, &range.first) || range.first == 0 ||
            BP_BUF_COUNT(ranges, bp_page_range) >= RANGES_MOST)
            return false;
        range.last = range.first;
        if (*text == '-') {
            text++;
            range.last = SIZE_MAX;
            if (*text >= '0' && *text <= '9' && !take_number(&text, &range.last))
                return false;
        }
        *refused = !bp_buf_add(ranges, &range, sizeof range);
        is_more = *text == ',';
        if (*refused || range.last < range.first || (!is_more && *text != '\0'))
            return false;
    }
    return true;
}

static bool take_level(const char *text, int *level)
{
    size_t number = 0;
    bool ok = take_number(&text, &number) && *text == '\0' && number <= 12;
    *level = (int)number;
    return ok;
}

static bool take_flag(const char *text, bool *flag)
{
    *flag = true;
    return strcmp(text, "true") == 0;
}

static bool take_date(const char *text, const char **date)
{
    bp_moment moment;
    *date = text;
    return bp_moment_read(text, &moment);
}

static bool take_option(const bp_colophon_pair *pair, bp_script_options *options, bp_buf *ranges,
                        bool *is_known, bool *refused)
{
    const char *name = pair->name, *text = pair->text;
    if (strcmp(name, "lang") == 0) {
        options->language = text;
        return true;
    }
    if (strcmp(name, "date") == 0)
        return take_date(text, &options->date);
    if (strcmp(name, "pages") == 0)
        return take_ranges(text, ranges, refused);
    if (strcmp(name, "standard") == 0)
        return bp_standards_read(text, &options->standards, NULL);
    if (strcmp(name, "no-tags") == 0)
        return take_flag(text, &options->no_tags);
    if (strcmp(name, "allow-missing") == 0)
        return take_flag(text, &options->allow_missing);
    if (strcmp(name, "boxes") == 0)
        return take_flag(text, &options->boxes);
    if (strcmp(name, "deflate") == 0)
        return take_level(text, &options->deflate_level);
    if (strcmp(name, "web") == 0)
        return take_flag(text, &options->is_linear);
    if (strcmp(name, "no-system-fonts") == 0)
        return take_flag(text, &options->no_system_fonts);
    *is_known = false;
    return false;
}

bool bp_script_options_take(const bp_buf *pairs, bp_script_options *options, bp_buf *ranges,
                            bp_error *err)
{
    options->deflate_level = -1;
    for (size_t i = 0; i < BP_BUF_COUNT(pairs, bp_colophon_pair); i++) {
        const bp_colophon_pair *pair = &BP_BUF_ITEMS(pairs, const bp_colophon_pair)[i];
        bool is_known = true, refused = false;
        if (take_option(pair, options, ranges, &is_known, &refused))
            continue;
        if (refused)
            return bp_fail_memory(err);
        return bp_fail(err, BP_ERR_DATA, BP_COLOPHON_FILE,
                       is_known ? "the option %.80s cannot be \"%.80s\""
                                : "the report was made with an option that this version does not "
                                  "know: %.80s",
                       pair->name, pair->text);
    }
    options->ranges = BP_BUF_ITEMS(ranges, bp_page_range);
    options->range_count = BP_BUF_COUNT(ranges, bp_page_range);
    return true;
}
