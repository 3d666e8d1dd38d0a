/* The age of data: see age.h. Days are counted from 1 January 1970, in the Gregorian calendar. */
#include "data/age.h"

#include <stdio.h>
#include <string.h>

#include "data/period.h"

#define SECONDS_A_DAY 86400

/* SDMX CL_FREQ: what passes until the next period has ended, and what is allowed for its data to
 * come. Business days go over weekends. */
static const struct {
    char code;
    const char *name;
    int months, days, grace;
} frequencies[] = {{'A', "annual", 12, 0, 183},  {'S', "half-yearly", 6, 0, 91},
                   {'Q', "quarterly", 3, 0, 45}, {'M', "monthly", 1, 0, 15},
                   {'W', "weekly", 0, 7, 4},     {'B', "daily on business days", 0, 3, 2},
                   {'D', "daily", 0, 1, 1}};
#define FREQUENCY_COUNT (sizeof frequencies / sizeof frequencies[0])

static size_t find_frequency(char code)
{
    size_t i = 0;
    while (i < FREQUENCY_COUNT && frequencies[i].code != code)
        i++;
    return i;
}

bool bp_is_frequency(char code)
{
    return find_frequency(code) < FREQUENCY_COUNT;
}

/* A month may lie outside its year: 14 is the February after. */
static long day_number(int year, int month, int day)
{
    year += (month - 1) / 12;
    month = (month - 1) % 12 + 1;
    /* Years that begin in March have the day that some lack at their end. */
    long y = month > 2 ? year : year - 1L, m = month > 2 ? month - 3 : month + 9;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719468;
}

/* 0 is Monday. */
static long weekday(long day)
{
    return ((day + 3) % 7 + 7) % 7;
}

/* The first month behind a point that is made of months, as a year and 1 to 13; 0: it is not. */
static int end_month(const bp_point *point)
{
    switch (point->unit) {
    case BP_PERIOD_YEAR:
        return 13;
    case BP_PERIOD_HALF:
        return point->part * 6 + 1;
    case BP_PERIOD_QUARTER:
        return point->part * 3 + 1;
    case BP_PERIOD_MONTH:
        return point->part + 1;
    case BP_PERIOD_WEEK:
    case BP_PERIOD_DAY:
        break;
    }
    return 0;
}

/* The day after the last one of a point, `months` later. Days of a month that the later one lacks
 * go into the next. */
static long day_after(const bp_point *point, int months)
{
    int month = end_month(point);
    if (month != 0)
        return day_number(point->year, month + months, 1);
    if (point->unit == BP_PERIOD_DAY)
        return day_number(point->year, point->part + months, point->day) + 1;
    long fourth = day_number(point->year, 1, 4); /* It is in the first week. */
    return fourth - weekday(fourth) + 7L * point->part + months * 61L / 2;
}

static bool read_end(const bp_indicator *indicator, bp_point *end)
{
    bp_period period;
    if (indicator->observation_count == 0)
        return false;
    const char *text = indicator->observations[indicator->observation_count - 1].period;
    if (!bp_period_read(text, strlen(text), &period))
        return false;
    *end = period.end;
    return true;
}

bool bp_age_limit_read(const char *text, bp_age_limit *out)
{
    size_t digits = strspn(text, "0123456789");
    int value = 0;
    *out = (bp_age_limit){.rule = BP_AGE_REFUSE};
    if (strcmp(text, "warn") == 0)
        out->rule = BP_AGE_WARN;
    if (strcmp(text, "warn") == 0 || strcmp(text, "refuse") == 0)
        return true;
    if (digits == 0 || digits > 5 || (text[digits] != 'd' && text[digits] != 'w') ||
        text[digits + 1] != '\0')
        return false;
    for (size_t i = 0; i < digits; i++)
        value = value * 10 + (text[i] - '0');
    out->days = text[digits] == 'w' ? value * 7 : value;
    return out->days > 0;
}

typedef struct {
    bp_age_limit limit;
    long today, first; /* `first`: the earliest day on which something is too old; 0: none. */
    size_t count;
    bp_faults *faults;
} age_check;

static void note(age_check *check, long day)
{
    if (check->first == 0 || day < check->first)
        check->first = day;
}

static bp_code code_of(const age_check *check)
{
    return check->limit.rule == BP_AGE_REFUSE ? BP_ERR_NO_DATA : BP_OK;
}

static void check_indicator(age_check *check, const bp_indicator *indicator)
{
    bp_point end;
    size_t at = find_frequency(indicator->frequency);
    if (at == FREQUENCY_COUNT || !read_end(indicator, &end))
        return;
    long due = day_after(&end, frequencies[at].months) + frequencies[at].days;
    long stale = due + frequencies[at].grace;
    note(check, stale);
    if (check->today < stale)
        return;
    check->count++;
    const bp_observation *last = &indicator->observations[indicator->observation_count - 1];
    char place[BP_ERROR_PLACE];
    (void)snprintf(place, sizeof place, "%s:%d:%d", last->where.file, last->where.line,
                   last->where.column);
    long age = check->today - day_after(&end, 0) + 1;
    bp_faults_add(
        check->faults, code_of(check), last->where.file != NULL ? place : "",
        "the newest value of \"%s\" is of %s, which ended %ld days ago; it is %s, and the "
        "next was due %ld days ago",
        indicator->id, last->period, age, frequencies[at].name, check->today - due);
}

/* By a bound in days: what is newest of all decides. */
static void check_newest(age_check *check, const bp_data *data)
{
    const bp_dataset *dataset = bp_data_dataset(data);
    const bp_indicator *newest = NULL;
    bp_moment published;
    long last = 0;
    for (size_t i = 0; i < bp_data_indicator_count(data); i++) {
        const bp_indicator *indicator = bp_data_indicator(data, i);
        bp_point end;
        if (read_end(indicator, &end) && (newest == NULL || day_after(&end, 0) - 1 > last)) {
            newest = indicator;
            last = day_after(&end, 0) - 1;
        }
    }
    bool is_published = bp_moment_read(dataset->published, &published);
    long day = is_published ? day_number(published.year, published.month, published.day) : 0;
    if (newest == NULL && !is_published)
        return;
    bool by_publication = is_published && (newest == NULL || day >= last);
    last = by_publication ? day : last;
    note(check, last + check->limit.days + 1);
    if (check->today <= last + check->limit.days)
        return;
    check->count++;
    if (by_publication) {
        bp_faults_add(check->faults, code_of(check), "",
                      "the data was published on %.10s, %ld days ago; --max-age allows %d",
                      dataset->published, check->today - last, check->limit.days);
        return;
    }
    const bp_observation *seen = &newest->observations[newest->observation_count - 1];
    char place[BP_ERROR_PLACE];
    (void)snprintf(place, sizeof place, "%s:%d:%d", seen->where.file, seen->where.line,
                   seen->where.column);
    bp_faults_add(
        check->faults, code_of(check), seen->where.file != NULL ? place : "",
        "the newest value of all, of \"%s\", is of %s, which ended %ld days ago; --max-age "
        "allows %d",
        newest->id, seen->period, check->today - last, check->limit.days);
}

bool bp_data_check_age(const bp_data *data, bp_age_limit limit, const bp_moment *now,
                       int64_t *fresh_until, bp_faults *faults, bp_error *err)
{
    bp_faults own = {0};
    age_check check = {.limit = limit,
                       .today = day_number(now->year, now->month, now->day),
                       .faults = faults != NULL ? faults : &own};
    size_t before = bp_faults_count(check.faults);
    if (limit.rule != BP_AGE_ANY && limit.days > 0)
        check_newest(&check, data);
    for (size_t i = 0;
         limit.rule != BP_AGE_ANY && limit.days == 0 && i < bp_data_indicator_count(data); i++)
        check_indicator(&check, bp_data_indicator(data, i));
    if (fresh_until != NULL)
        *fresh_until = (int64_t)check.first * SECONDS_A_DAY;
    bool ok = check.count == 0 || limit.rule != BP_AGE_REFUSE;
    if (!ok && check.faults->refused)
        bp_fail_memory(err);
    else if (!ok && check.count == 1 && before < bp_faults_count(check.faults)) {
        const bp_fault *only = bp_faults_at(check.faults, before);
        bp_fail(err, BP_ERR_NO_DATA, only->place, "%s", only->text);
    } else if (!ok) {
        bp_fail(err, BP_ERR_NO_DATA, NULL, "%zu indicators are too old", check.count);
    }
    bp_faults_clear(&own);
    return ok;
}
