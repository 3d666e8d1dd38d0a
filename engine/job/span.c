/* Periods on the calendar: see span.h. */
#include "job/span.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/utf8.h"

#define DAY_SECONDS 86400

/* Monday is 0; 1 January 1970 was a Thursday. */
static int weekday(int64_t day)
{
    return (int)(((day + 3) % 7 + 7) % 7);
}

static bp_moment date_of(int64_t day)
{
    return bp_moment_from_epoch(day * DAY_SECONDS);
}

int64_t bp_day_number(int year, int month, int day)
{
    /* Years begin on 1 March here, so that a leap day is their last. */
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t months = month <= 2 ? month + 9 : month - 3;
    int64_t leaps = y / 4 - y / 100 + y / 400;
    return y * 365 + leaps + (153 * months + 2) / 5 + day - 719469;
}

int64_t bp_day_today(void)
{
    time_t now = time(NULL);
    struct tm here;
    tzset();
    if (localtime_r(&now, &here) == NULL)
        return now / DAY_SECONDS;
    return bp_day_number(here.tm_year + 1900, here.tm_mon + 1, here.tm_mday);
}

/* Months of a period that has some; 0 otherwise. */
static int month_count(bp_period_unit unit)
{
    static const int counts[] = {
        [BP_PERIOD_YEAR] = 12, [BP_PERIOD_HALF] = 6, [BP_PERIOD_QUARTER] = 3,
        [BP_PERIOD_MONTH] = 1, [BP_PERIOD_WEEK] = 0, [BP_PERIOD_DAY] = 0};
    return counts[unit];
}

bp_span bp_span_at(bp_period_unit unit, int64_t day)
{
    bp_span span = {.unit = unit, .first = day, .last = day};
    int months = month_count(unit);
    if (unit == BP_PERIOD_WEEK) {
        span.first = day - weekday(day);
        span.last = span.first + 6;
    } else if (months > 0) {
        bp_moment date = date_of(day);
        int first = date.month - (date.month - 1) % months, last = first + months - 1;
        span.first = bp_day_number(date.year, first, 1);
        span.last = bp_day_number(date.year, last, bp_days_in_month(date.year, last));
    }
    return span;
}

bp_span bp_span_before(const bp_span *span)
{
    return bp_span_at(span->unit, span->first - 1);
}

void bp_span_put(const bp_span *span, char out[BP_SPAN_SIZE])
{
    bp_moment date = date_of(span->first);
    int part = (date.month - 1) / (month_count(span->unit) > 0 ? month_count(span->unit) : 12) + 1;
    /* A week is of the year that its Thursday is in. */
    bp_moment thursday = date_of(span->first + 3);
    int64_t new_year = bp_day_number(thursday.year, 1, 1);
    switch (span->unit) {
    case BP_PERIOD_YEAR:
        (void)snprintf(out, BP_SPAN_SIZE, "%04d", date.year);
        break;
    case BP_PERIOD_HALF:
        (void)snprintf(out, BP_SPAN_SIZE, "%04d-S%d", date.year, part);
        break;
    case BP_PERIOD_QUARTER:
        (void)snprintf(out, BP_SPAN_SIZE, "%04d-Q%d", date.year, part);
        break;
    case BP_PERIOD_MONTH:
        (void)snprintf(out, BP_SPAN_SIZE, "%04d-%02d", date.year, part);
        break;
    case BP_PERIOD_WEEK:
        (void)snprintf(out, BP_SPAN_SIZE, "%04d-W%02d", thursday.year,
                       (int)((span->first + 3 - new_year) / 7 + 1));
        break;
    case BP_PERIOD_DAY:
        (void)snprintf(out, BP_SPAN_SIZE, "%04d-%02d-%02d", date.year, date.month, date.day);
        break;
    }
}

static int64_t first_day(const bp_point *point)
{
    int months = month_count(point->unit);
    if (point->unit == BP_PERIOD_DAY)
        return bp_day_number(point->year, point->part, point->day);
    if (point->unit == BP_PERIOD_WEEK) { /* The first has 4 January. */
        int64_t fourth = bp_day_number(point->year, 1, 4);
        return fourth - weekday(fourth) + 7 * (int64_t)(point->part - 1);
    }
    return bp_day_number(point->year, point->part > 0 ? (point->part - 1) * months + 1 : 1, 1);
}

bool bp_span_read(const char *text, size_t length, bp_span *out)
{
    bp_period period;
    if (!bp_period_read(text, length, &period) || period.is_interval)
        return false;
    *out = bp_span_at(period.start.unit, first_day(&period.start));
    return true;
}

static const char *const unit_names[] = {
    [BP_PERIOD_YEAR] = "year",   [BP_PERIOD_HALF] = "half", [BP_PERIOD_QUARTER] = "quarter",
    [BP_PERIOD_MONTH] = "month", [BP_PERIOD_WEEK] = "week", [BP_PERIOD_DAY] = "day"};

const char *bp_span_unit_name(bp_period_unit unit)
{
    return unit_names[unit];
}

/* "this-month" and the like, of which `before` are counted back. */
static bool read_words(const char *text, const char *head, int64_t today, int before, bp_span *out)
{
    size_t length = strlen(head);
    if (strncmp(text, head, length) != 0)
        return false;
    for (int unit = BP_PERIOD_YEAR; unit < BP_PERIOD_DAY; unit++)
        if (strcmp(text + length, unit_names[unit]) == 0) {
            *out = bp_span_at((bp_period_unit)unit, today);
            if (before > 0)
                *out = bp_span_before(out);
            return true;
        }
    return false;
}

static bool fail_words(const char *text, bp_error *err)
{
    static const char *const words[] = {"today",        "yesterday",  "this-week", "last-week",
                                        "this-month",   "last-month", "this-half", "this-quarter",
                                        "last-quarter", "last-half",  "this-year", "last-year"};
    const char *near = NULL;
    size_t best = 4;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t distance = bp_text_distance(text, words[i], best - 1);
        if (distance < best) {
            best = distance;
            near = words[i];
        }
    }
    if (near != NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL, "\"%.100s\" is no period; did you mean \"%s\"?",
                       text, near);
    return bp_fail(err, BP_ERR_USAGE, NULL,
                   "\"%.100s\" is no period; expected 2022, 2022-S2, 2022-Q3, 2022-08, 2022-W35, "
                   "2022-08-31, or today, yesterday, this-week, last-month, last-quarter, "
                   "last-half, last-year ...",
                   text);
}

bool bp_span_resolve(const char *text, int64_t today, bp_span *out, bp_error *err)
{
    if (strcmp(text, "today") == 0 || strcmp(text, "yesterday") == 0) {
        *out = bp_span_at(BP_PERIOD_DAY, text[0] == 't' ? today : today - 1);
        return true;
    }
    return bp_span_read(text, strlen(text), out) || read_words(text, "this-", today, 0, out) ||
           read_words(text, "last-", today, 1, out) || fail_words(text, err);
}
