/* Dates and periods: see format.h. A date is printed with what it says and no more: "MMMM" of a
 * year is an error, not January. Patterns are built in (format_built_in.c) or ICU's; days in the
 * named styles use its ready styles, the rest its pattern generator. Years before 1583 are
 * Gregorian too, and weeks are those of ISO 8601 whatever the language's own weeks are. */
#include <stdio.h>
#include <string.h>

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "data/format_private.h"

enum { TEXT = 256, SKELETON = 32 };
#define NOON 43200000.0 /* Milliseconds; far from both borders of the day. */
#define DAY 86400000.0

/* Days from 1970-01-01 (Gregorian, also before 1583). */
static long days_of(int year, int month, int day)
{
    long y = month <= 2 ? year - 1 : year;
    long era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    long of_year = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* A moment inside the point: its first day; for a week its Thursday, which is in the week's own
 * year. */
static UDate date_of(const bp_point *point)
{
    long days = 0;
    switch (point->unit) {
    case BP_PERIOD_YEAR:
        days = days_of(point->year, 1, 1);
        break;
    case BP_PERIOD_HALF:
        days = days_of(point->year, point->part * 6 - 5, 1);
        break;
    case BP_PERIOD_QUARTER:
        days = days_of(point->year, point->part * 3 - 2, 1);
        break;
    case BP_PERIOD_MONTH:
        days = days_of(point->year, point->part, 1);
        break;
    case BP_PERIOD_WEEK: {
        long fourth = days_of(point->year, 1, 4);          /* Always in week 1. */
        long monday = fourth - ((fourth + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday. */
        days = monday + 3 + 7L * (point->part - 1);
        break;
    }
    case BP_PERIOD_DAY:
        days = days_of(point->year, point->part, point->day);
        break;
    }
    return (double)days * DAY + NOON;
}

/* The fields a point has, as letters of a skeleton. */
static const char *fields_of(bp_period_unit unit)
{
    switch (unit) {
    case BP_PERIOD_YEAR:
        return "GyYuU";
    case BP_PERIOD_QUARTER:
        return "GyYuUQq";
    case BP_PERIOD_WEEK:
        return "GyYuUw";
    case BP_PERIOD_HALF:
    case BP_PERIOD_MONTH:
        return "GyYuUQqML";
    default:
        return "GyYuUQqMLwWdDFEec";
    }
}

static const char *named_skeleton(bp_period_unit unit, const char *style)
{
    bool is_short = strcmp(style, "short") == 0, is_medium = strcmp(style, "medium") == 0;
    if (strcmp(style, "year") == 0 || unit == BP_PERIOD_YEAR)
        return unit == BP_PERIOD_WEEK ? "Y" : "y";
    if (unit == BP_PERIOD_WEEK)
        return "Yw";
    if (unit == BP_PERIOD_QUARTER)
        return is_short || is_medium ? "yQQQ" : "yQQQQ";
    if (unit == BP_PERIOD_DAY && strcmp(style, "month") != 0)
        return is_short                     ? "yMd"
               : is_medium                  ? "yMMMd"
               : strcmp(style, "full") == 0 ? "yMMMMEEEEd"
                                            : "yMMMMd";
    return is_short ? "yM" : is_medium ? "yMMM" : "yMMMM";
}

static bool is_named(const char *style)
{
    static const char *const names[] = {"long", "medium", "short", "full", "month", "year"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], style) == 0)
            return true;
    return false;
}

/* The skeleton for a point: that of a named style, or the caller's without fields the point does
 * not have. */
static bool find_skeleton(bp_period_unit unit, const char *style, const char *date,
                          char out[SKELETON], bp_error *err)
{
    size_t length = 0;
    if (is_named(style)) {
        (void)snprintf(out, SKELETON, "%s", named_skeleton(unit, style));
        return true;
    }
    size_t style_length = strlen(style);
    if (style_length >= SKELETON || strspn(style, fields_of(BP_PERIOD_DAY)) != style_length)
        return bp_fail(
            err, BP_ERR_USAGE, NULL,
            "unknown date style \"%.40s\"; expected long, medium, short, full, month, year or a "
            "skeleton such as yMMMM",
            style);
    for (size_t i = 0; i < style_length; i++)
        if (strchr(fields_of(unit), style[i]) != NULL)
            out[length++] = style[i];
    out[length] = '\0';
    return length != 0 ||
           bp_fail(err, BP_ERR_USAGE, NULL, "the date %.40s has nothing that \"%.40s\" could print",
                   date, style);
}

/* Gregorian throughout, with the weeks of ISO 8601. */
static void set_calendar(UDateFormat *format)
{
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar = ucal_clone(udat_getCalendar(format), &status);
    if (U_FAILURE(status))
        return;
    ucal_setGregorianChange(calendar, -8.64e15, &status); /* Other calendars refuse, rightly. */
    ucal_setAttribute(calendar, UCAL_FIRST_DAY_OF_WEEK, UCAL_MONDAY);
    ucal_setAttribute(calendar, UCAL_MINIMAL_DAYS_IN_FIRST_WEEK, 4);
    udat_setCalendar(format, calendar);
    ucal_close(calendar);
}

/* ICU has no pattern for weeks; those of CLDR for some languages, elsewhere the week as ISO 8601
 * writes it. */
static int32_t week_pattern(const char *locale, UChar out[TEXT], UErrorCode *status)
{
    static const struct {
        const char *language, *pattern;
    } patterns[] = {{"en", "'week' w 'of' Y"},
                    {"zh", "Y\xE5\xB9\xB4\xE7\xAC\xACw\xE5\x91\xA8"},
                    {"de", "'Woche' w 'des' 'Jahres' Y"},
                    {"", "Y-'W'ww"}};
    size_t i = 0;
    int32_t length = 0;
    while (patterns[i].language[0] != '\0' && (strncmp(locale, patterns[i].language, 2) != 0 ||
                                               (locale[2] != '\0' && locale[2] != '_')))
        i++;
    u_strFromUTF8(out, TEXT, &length, patterns[i].pattern, -1, status);
    return length;
}

static UDateFormat *open_date(bp_format *format, const char *skeleton, UDateFormatStyle ready,
                              UErrorCode *status)
{
    UChar utc[4], letters[SKELETON], pattern[TEXT];
    int32_t length = 0;
    u_uastrcpy(utc, "UTC");
    if (strcmp(skeleton, "Yw") == 0) {
        length = week_pattern(format->word_locale, pattern, status);
    } else if (ready == UDAT_PATTERN) {
        if (format->patterns == NULL)
            format->patterns = udatpg_open(format->word_locale, status);
        u_uastrcpy(letters, skeleton);
        if (U_SUCCESS(*status))
            length = udatpg_getBestPattern(format->patterns, letters, -1, pattern, TEXT, status);
    }
    if (U_FAILURE(*status))
        return NULL;
    UDateFormat *date =
        ready == UDAT_PATTERN
            ? udat_open(UDAT_PATTERN, UDAT_PATTERN, format->word_locale, utc, 3, pattern, length,
                        status)
            : udat_open(UDAT_NONE, ready, format->word_locale, utc, 3, NULL, 0, status);
    if (date != NULL && U_SUCCESS(*status))
        set_calendar(date);
    return date;
}

static UDateFormatStyle ready_style(bp_period_unit unit, const char *style)
{
    if (unit != BP_PERIOD_DAY)
        return UDAT_PATTERN;
    return strcmp(style, "long") == 0     ? UDAT_LONG
           : strcmp(style, "medium") == 0 ? UDAT_MEDIUM
           : strcmp(style, "short") == 0  ? UDAT_SHORT
           : strcmp(style, "full") == 0   ? UDAT_FULL
                                          : UDAT_PATTERN;
}

/* The built-in pattern for a skeleton or ready style; NULL: ICU is asked. */
static const char *built_in_pattern(const bp_format *format, const bp_point *point,
                                    const char *skeleton, UDateFormatStyle ready)
{
    const bp_dates *dates = format->dates;
    if (dates == NULL || point->year < 1)
        return NULL;
    switch (ready) {
    case UDAT_LONG:
        return dates->day;
    case UDAT_MEDIUM:
        return dates->day_medium;
    case UDAT_SHORT:
        return dates->day_short;
    case UDAT_PATTERN:
        return strcmp(skeleton, "y") == 0       ? dates->year
               : strcmp(skeleton, "yMMMM") == 0 ? dates->month
               : strcmp(skeleton, "yMMM") == 0  ? dates->month_medium
               : strcmp(skeleton, "yM") == 0    ? dates->month_short
                                                : NULL;
    default:
        return NULL;
    }
}

static bool put_interval(bp_format *format, const bp_point *start, const bp_point *end,
                         const char *skeleton, bp_buf *out, bp_error *err)
{
    char key[64];
    UErrorCode status = U_ZERO_ERROR;
    UChar text[TEXT], letters[SKELETON], utc[4];
    if (format->dates != NULL && strcmp(skeleton, "y") == 0 && start->year >= 1) {
        const bp_dates *dates = format->dates;
        const char *pattern = start->year == end->year ? dates->year : dates->years;
        return bp_dates_put(dates, pattern, start, end->year, out) || bp_fail_memory(err);
    }
    (void)snprintf(key, sizeof key, "interval %s", skeleton);
    bp_kept_format *kept = bp_format_keep(format, key);
    if (kept->interval == NULL) {
        u_uastrcpy(letters, skeleton);
        u_uastrcpy(utc, "UTC");
        kept->interval = udtitvfmt_open(format->word_locale, letters, -1, utc, 3, &status);
    }
    int32_t length = 0;
    if (U_SUCCESS(status))
        length = udtitvfmt_format(kept->interval, date_of(start), date_of(end), text, TEXT, NULL,
                                  &status);
    if (U_FAILURE(status))
        return bp_format_fail(err, status, "the interval");
    return bp_format_add(out, text, length, err);
}

static bool put_point(bp_format *format, const bp_point *point, const char *style, const char *date,
                      bp_buf *out, bp_error *err)
{
    char skeleton[SKELETON], key[64];
    UErrorCode status = U_ZERO_ERROR;
    UChar text[TEXT];
    if (!find_skeleton(point->unit, style, date, skeleton, err))
        return false;
    if (point->unit ==
        BP_PERIOD_HALF) { /* No language has a word for it that ICU knows: its months. */
        bp_point first = {BP_PERIOD_MONTH, point->year, point->part * 6 - 5, 0}, last = first;
        last.part += 5;
        return put_interval(format, &first, &last, skeleton, out, err);
    }
    UDateFormatStyle ready = ready_style(point->unit, style);
    const char *pattern = built_in_pattern(format, point, skeleton, ready);
    if (pattern != NULL)
        return bp_dates_put(format->dates, pattern, point, 0, out) || bp_fail_memory(err);
    (void)snprintf(key, sizeof key, "date %s %d", skeleton, (int)ready);
    bp_kept_format *kept = bp_format_keep(format, key);
    if (kept->date == NULL)
        kept->date = open_date(format, skeleton, ready, &status);
    int32_t length = 0;
    if (U_SUCCESS(status))
        length = udat_format(kept->date, date_of(point), text, TEXT, NULL, &status);
    if (U_FAILURE(status))
        return bp_format_fail(err, status, "the date");
    return bp_format_add(out, text, length, err);
}

bool bp_format_date(bp_format *format, const char *date, const char *style, bp_buf *out,
                    bp_error *err)
{
    bp_period period;
    char skeleton[SKELETON];
    if (style == NULL || *style == '\0')
        style = "long";
    if (!bp_period_read(date, strlen(date), &period))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "\"%.40s\" is no date; expected one such as 2022-09-03, 2022-09, 2022-Q3, "
                       "2022 or 2017/2022",
                       date);
    if (!period.is_interval)
        return put_point(format, &period.start, style, date, out, err);
    bp_period_unit unit = period.start.unit;
    bool is_joint = unit == period.end.unit && period.start.year > 1582 &&
                    (unit == BP_PERIOD_YEAR || unit == BP_PERIOD_MONTH || unit == BP_PERIOD_DAY);
    if (is_joint)
        return find_skeleton(unit, style, date, skeleton, err) &&
               put_interval(format, &period.start, &period.end, skeleton, out, err);
    return put_point(format, &period.start, style, date, out, err) &&
           (bp_buf_text(out, " \xE2\x80\x93 ") || bp_fail_memory(err)) &&
           put_point(format, &period.end, style, date, out, err);
}
