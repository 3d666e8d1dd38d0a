/* Periods: see period.h. */
#include "data/period.h"

#include <string.h>

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int bp_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int bp_weeks_in_year(int year)
{
    /* A year has 53 weeks where its 31 December, or that of the year before, decides so. */
    int y = year, last = (y + y / 4 - y / 100 + y / 400) % 7;
    y--;
    int before = (y + y / 4 - y / 100 + y / 400) % 7;
    return last == 4 || before == 3 ? 53 : 52;
}

/* Reads exactly `count` digits; -1 where there are other characters. */
static int read_digits(const char *text, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static bool read_part(const char *text, size_t length, bp_point *out)
{
    if (length == 2 && (text[0] == 'Q' || text[0] == 'S')) {
        out->unit = text[0] == 'Q' ? BP_PERIOD_QUARTER : BP_PERIOD_HALF;
        out->part = read_digits(text + 1, 1);
        return out->part >= 1 && out->part <= (text[0] == 'Q' ? 4 : 2);
    }
    if (length == 3 && text[0] == 'W') {
        out->unit = BP_PERIOD_WEEK;
        out->part = read_digits(text + 1, 2);
        return out->part >= 1 && out->part <= bp_weeks_in_year(out->year);
    }
    if (length != 2 && (length != 5 || text[2] != '-'))
        return false;
    out->unit = BP_PERIOD_MONTH;
    out->part = read_digits(text, 2);
    if (out->part < 1 || out->part > 12)
        return false;
    if (length == 2)
        return true;
    out->unit = BP_PERIOD_DAY;
    out->day = read_digits(text + 3, 2);
    return out->day >= 1 && out->day <= bp_days_in_month(out->year, out->part);
}

static bool read_point(const char *text, size_t length, bp_point *out)
{
    *out = (bp_point){.unit = BP_PERIOD_YEAR};
    if (length < 4)
        return false;
    out->year = read_digits(text, 4);
    if (out->year < 1)
        return false;
    if (length == 4)
        return true;
    return text[4] == '-' && read_part(text + 5, length - 5, out);
}

/* The first and last day of a point as year * 10000 + month * 100 + day; weeks are placed roughly,
 * which is enough to tell an interval that runs backwards. */
static long first_day(const bp_point *point)
{
    int month = 1, day = 1;
    switch (point->unit) {
    case BP_PERIOD_YEAR:
        break;
    case BP_PERIOD_HALF:
        month = point->part * 6 - 5;
        break;
    case BP_PERIOD_QUARTER:
        month = point->part * 3 - 2;
        break;
    case BP_PERIOD_WEEK:
        month = (point->part - 1) * 7 / 31 + 1;
        day = (point->part - 1) * 7 % 31 + 1;
        break;
    case BP_PERIOD_MONTH:
        month = point->part;
        break;
    case BP_PERIOD_DAY:
        month = point->part;
        day = point->day;
        break;
    }
    return point->year * 10000L + month * 100L + day;
}

bool bp_period_read(const char *text, size_t length, bp_period *out)
{
    const char *slash = length ? memchr(text, '/', length) : NULL;
    out->is_interval = slash != NULL;
    if (slash == NULL) {
        if (!read_point(text, length, &out->start))
            return false;
        out->end = out->start;
        return true;
    }
    size_t first = (size_t)(slash - text);
    return read_point(text, first, &out->start) &&
           read_point(slash + 1, length - first - 1, &out->end) &&
           (out->start.unit != out->end.unit ? out->start.year <= out->end.year
                                             : first_day(&out->start) <= first_day(&out->end));
}
