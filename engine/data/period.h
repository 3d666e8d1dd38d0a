/* Periods as the data writes them: ISO 8601 years, months, weeks and days, SDMX halves and
 * quarters, and intervals of any two of them. */
#ifndef BP_DATA_PERIOD_H
#define BP_DATA_PERIOD_H

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    BP_PERIOD_YEAR,    /* 2021 */
    BP_PERIOD_HALF,    /* 2021-S1 */
    BP_PERIOD_QUARTER, /* 2021-Q3 */
    BP_PERIOD_MONTH,   /* 2021-07 */
    BP_PERIOD_WEEK,    /* 2021-W36 */
    BP_PERIOD_DAY      /* 2021-12-31 */
} bp_period_unit;

typedef struct {
    bp_period_unit unit;
    int year;
    int part; /* The half, quarter, month or week, from 1; 0 for a year. */
    int day;  /* 0 but for days. */
} bp_point;

typedef struct {
    bp_point start, end; /* The same but for intervals. */
    bool is_interval;
} bp_period;

/* Reads all of `text`. False where it is no period, or a day the calendar does not have, or an
 * interval that ends before it starts. */
bool bp_period_read(const char *text, size_t length, bp_period *out);

/* Days in a month (1 to 12) of the Gregorian calendar; ISO weeks in a year. */
int bp_days_in_month(int year, int month);
int bp_weeks_in_year(int year);

#endif
