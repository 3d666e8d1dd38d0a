/* When a line of a crontab runs: the five fields of cron, read strictly, and the moments they come
 * to in the local time zone, as Debian's cron has them, through changes of the clocks too. */
#ifndef BP_JOB_CRON_H
#define BP_JOB_CRON_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    uint64_t minutes;             /* Bit n: at minute n. So the others. */
    uint32_t hours, days, months; /* Days from bit 1, months from bit 1. */
    uint32_t weekdays;            /* Bit 0: Sunday, to bit 6. */
    bool either_day; /* Both fields of days restrict: cron runs on a day that fits one of them. */
    bool is_wild; /* The minute or the hour begins with "*": cron runs it by what the clock shows,
                   * and makes up for nothing when the clocks change. */
} bp_cron;

/* Reads five fields, or a name as @daily. Stricter than cron, which takes a range from "fri" to
 * "sun" for no day at all and runs a line for 31 February never: both are refused. BP_ERR_USAGE,
 * with what to write instead where that is known. */
bool bp_cron_read(const char *text, bp_cron *out, bp_error *err);

/* Puts the fields of `text`, which was read, with one space between them. False without memory. */
bool bp_cron_put(const char *text, bp_buf *out);

/* The fields as they stand at the beginning of `line`, blanks in front of them included: their
 * length; 0 where there are none. What they say is not looked at. */
size_t bp_cron_fields(const char *line, size_t length);

typedef enum {
    BP_CRON_PLAIN,
    BP_CRON_MOVED, /* The clocks skip the time: it runs as soon as they have. */
    BP_CRON_FIRST, /* The clocks show the time twice: this is the first. */
    BP_CRON_AGAIN  /* The second, which only wild ones have. */
} bp_cron_kind;

typedef struct {
    int64_t when;  /* Seconds since 1970. */
    int64_t local; /* What the crontab says, counted as if it were UTC. */
    bp_cron_kind kind;
} bp_cron_run;

/* The first run after `after` (seconds since 1970), in the time zone that tzset has set. False
 * where there is none in 400 years. */
bool bp_cron_next(const bp_cron *cron, int64_t after, bp_cron_run *run);

/* What a change of the clocks does to a schedule. */
typedef enum {
    BP_CRON_LATE, /* The time is skipped: cron runs it when the clocks have changed. */
    BP_CRON_LOST, /* The same of a wild one: it does not run that day. */
    BP_CRON_ONCE, /* The time comes twice, and cron runs it the first time. */
    BP_CRON_TWICE /* The same of a wild one: it runs both times. */
} bp_cron_effect;

typedef struct {
    int64_t when;     /* When the clocks change, in seconds since 1970. */
    int64_t local;    /* The first scheduled time it meets, counted as if it were UTC. */
    int64_t from, to; /* What the clocks show at `when` before and after, counted likewise. */
    bp_cron_effect effect;
} bp_cron_change;

/* The first change of the clocks after `after` and before `until` that meets a scheduled time. A
 * schedule of all hours is met by none: it goes on with the clocks. */
bool bp_cron_change_next(const bp_cron *cron, int64_t after, int64_t until, bp_cron_change *change);

/* Seconds that the local time zone is ahead of UTC at `when`. */
int64_t bp_cron_offset(int64_t when);

/* The same times as systemd has them, each line behind "OnCalendar="; two lines where either day
 * counts. False without memory. */
bool bp_cron_on_calendar(const bp_cron *cron, const char *before, bp_buf *out);

#endif
