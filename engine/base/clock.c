/* Phases and calendar dates: see clock.h. Dates are counted by hand, for mktime and localtime ask
 * the time zone. */
#include "base/clock.h"

#include <time.h>

static struct {
    bool is_on;
    bp_phase current;
    uint64_t since;
    uint64_t spent[BP_PHASE_COUNT];
} phases;

uint64_t bp_clock_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* Cannot fail for this clock. */
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bp_phase bp_phase_switch(bp_phase next)
{
    if (!phases.is_on)
        return BP_PHASE_START;
    uint64_t now = bp_clock_now();
    bp_phase before = phases.current;
    phases.spent[before] += now - phases.since;
    phases.since = now;
    phases.current = next;
    return before;
}

void bp_phase_enable(bool is_on)
{
    for (int i = 0; i < BP_PHASE_COUNT; i++)
        phases.spent[i] = 0;
    phases.is_on = is_on;
    phases.current = BP_PHASE_START;
    phases.since = is_on ? bp_clock_now() : 0;
}

uint64_t bp_phase_time(bp_phase phase)
{
    uint64_t running = phases.is_on && phase == phases.current ? bp_clock_now() - phases.since : 0;
    return phases.spent[phase] + running;
}

const char *bp_phase_name(bp_phase phase)
{
    static const char *const names[BP_PHASE_COUNT] = {
        [BP_PHASE_START] = "start",   [BP_PHASE_DATA] = "data",     [BP_PHASE_SCRIPT] = "script",
        [BP_PHASE_SHAPE] = "shape",   [BP_PHASE_LAYOUT] = "layout", [BP_PHASE_EMIT] = "emit",
        [BP_PHASE_SUBSET] = "subset", [BP_PHASE_SAVE] = "save"};
    return (unsigned)phase < BP_PHASE_COUNT ? names[phase] : "?";
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Reads exactly `count` digits and steps over them. */
static bool read_digits(const char **at, int count, int *out)
{
    int value = 0;
    for (int i = 0; i < count; i++, ++*at) {
        if (**at < '0' || **at > '9')
            return false;
        value = value * 10 + (**at - '0');
    }
    *out = value;
    return true;
}

static bool skip(const char **at, char c)
{
    if (**at != c)
        return false;
    ++*at;
    return true;
}

bool bp_moment_read(const char *text, bp_moment *out)
{
    bp_moment moment = {0};
    const char *at = text;
    if (!read_digits(&at, 4, &moment.year) || !skip(&at, '-') ||
        !read_digits(&at, 2, &moment.month) || !skip(&at, '-') || !read_digits(&at, 2, &moment.day))
        return false;
    if (moment.year < 1 || moment.month < 1 || moment.month > 12 || moment.day < 1 ||
        moment.day > days_in(moment.year, moment.month))
        return false;
    if (*at != '\0') {
        if (!skip(&at, 'T') || !read_digits(&at, 2, &moment.hour) || !skip(&at, ':') ||
            !read_digits(&at, 2, &moment.minute) || !skip(&at, ':') ||
            !read_digits(&at, 2, &moment.second) || !skip(&at, 'Z') || *at != '\0')
            return false;
        if (moment.hour > 23 || moment.minute > 59 || moment.second > 59)
            return false;
    }
    *out = moment;
    return true;
}

/* Days become a date by the civil calendar of 400-year eras that begin on 1 March (Howard Hinnant's
 * days_from_civil, turned round). */
bp_moment bp_moment_from_epoch(int64_t seconds)
{
    int64_t day = seconds / 86400;
    int64_t rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        day--;
    }
    day += 719468; /* From 0000-03-01. */
    int64_t era = (day >= 0 ? day : day - 146096) / 146097;
    int64_t of_era = day - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * of_year + 2) / 153; /* Month counted from March. */
    int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    return (bp_moment){.year = (int)(year_of_era + era * 400 + (month <= 2)),
                       .month = (int)month,
                       .day = (int)(of_year - (153 * shifted + 2) / 5 + 1),
                       .hour = (int)(rest / 3600),
                       .minute = (int)(rest / 60 % 60),
                       .second = (int)(rest % 60)};
}
