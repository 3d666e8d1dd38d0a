/* The period that an edition is of, on the calendar: the days it has, the one before it, and the
 * words people say for it. Days are counted, never seconds: a day of 23 or 25 hours is a day. */
#ifndef BP_JOB_SPAN_H
#define BP_JOB_SPAN_H

#include <stdint.h>

#include "base/error.h"
#include "data/period.h"

#define BP_SPAN_SIZE 40

typedef struct {
    bp_period_unit unit;
    int64_t first, last; /* Its days, counted from 1 January 1970. */
} bp_span;

/* Reads a period as the data write it, "2022", "2022-S2", "2022-Q3", "2022-08", "2022-W35" or
 * "2022-08-31"; no interval. */
bool bp_span_read(const char *text, size_t length, bp_span *out);

/* As bp_span_read, and "today", "yesterday", "this-" and "last-" of "week", "month", "quarter",
 * "half", "year", counted from `today`. BP_ERR_USAGE, with the words there are. */
bool bp_span_resolve(const char *text, int64_t today, bp_span *out, bp_error *err);

/* The period of a kind that a day is in. Weeks are those of ISO 8601. */
bp_span bp_span_at(bp_period_unit unit, int64_t day);
/* The one before it. */
bp_span bp_span_before(const bp_span *span);
/* Writes it as bp_span_read reads it. */
void bp_span_put(const bp_span *span, char out[BP_SPAN_SIZE]);
/* "year", "half", "quarter", "month", "week", "day". Static. */
const char *bp_span_unit_name(bp_period_unit unit);

/* The number of a day of the Gregorian calendar, counted from 1 January 1970. */
int64_t bp_day_number(int year, int month, int day);
/* The day it is here, by the clock and the time zone of the process. */
int64_t bp_day_today(void);

#endif
