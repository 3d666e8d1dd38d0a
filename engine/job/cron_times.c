/* The moments of a schedule: see cron.h. A day of the crontab is laid over the stretches between
 * changes of the clocks that it may meet: a time on the clock is then in none of them (it is
 * skipped), in one, or in two (it comes twice). */
#include <time.h>

#include "base/clock.h"
#include "job/cron.h"

#define DAY ((int64_t)86400)
#define HOUR 3600
/* Debian's cron takes a larger leap of the clock for a correction, not for summer time. */
#define LEAP_MOST (3 * HOUR)
/* No zone changes its clocks twice in as long. */
#define STEP (5 * HOUR)
#define YEARS_MOST 400
#define STRETCHES 8

/* Between two changes of the clocks, seen from one day. */
typedef struct {
    int64_t start, end; /* Seconds since 1970. */
    int64_t offset;     /* Ahead of UTC. */
} stretch;

typedef struct {
    stretch list[STRETCHES];
    int count;
} stretches;

int64_t bp_cron_offset(int64_t when)
{
    time_t seconds = (time_t)when;
    struct tm parts;
    return localtime_r(&seconds, &parts) != NULL ? (int64_t)parts.tm_gmtoff : 0;
}

static int64_t floor_day(int64_t seconds)
{
    return seconds >= 0 ? seconds / DAY : -((-seconds + DAY - 1) / DAY);
}

/* The first second of (start, end] with another offset than `start`, where `end` has another. */
static int64_t find_change(int64_t start, int64_t end)
{
    int64_t offset = bp_cron_offset(start);
    while (end - start > 1) {
        int64_t middle = start + (end - start) / 2;
        if (bp_cron_offset(middle) == offset)
            start = middle;
        else
            end = middle;
    }
    return end;
}

/* All stretches from `start` to `end`. */
static void find_stretches(int64_t start, int64_t end, stretches *found)
{
    found->list[0] = (stretch){start, end, bp_cron_offset(start)};
    found->count = 1;
    for (int64_t at = start; at < end && found->count < STRETCHES; at += STEP) {
        int64_t next = at + STEP < end ? at + STEP : end;
        stretch *last = &found->list[found->count - 1];
        if (bp_cron_offset(next) == last->offset)
            continue;
        int64_t change = find_change(at > last->start ? at : last->start, next);
        last->end = change;
        found->list[found->count++] = (stretch){change, end, bp_cron_offset(change)};
    }
}

/* The stretches in which the clock may show a time of the local `day`: time zones reach from 12
 * hours behind to 14 ahead. */
static void find_stretches_of_day(int64_t day, stretches *found)
{
    find_stretches(day * DAY - 16 * HOUR, (day + 1) * DAY + 14 * HOUR, found);
}

static bool fits_day(const bp_cron *cron, int64_t day)
{
    bp_moment moment = bp_moment_from_epoch(day * DAY);
    if ((cron->months >> moment.month & 1) == 0)
        return false;
    bool fits_date = (cron->days >> moment.day & 1) != 0;
    bool fits_weekday = (cron->weekdays >> (((day + 4) % 7 + 7) % 7) & 1) != 0;
    return cron->either_day ? fits_date || fits_weekday : fits_date && fits_weekday;
}

static bool fits_minute(const bp_cron *cron, int64_t local)
{
    int64_t minute = (local - floor_day(local) * DAY) / 60;
    return (cron->hours >> (minute / 60) & 1) != 0 && (cron->minutes >> (minute % 60) & 1) != 0;
}

static void take(bp_cron_run *best, bool *found, int64_t after, bp_cron_run run)
{
    if (run.when <= after || (*found && run.when >= best->when))
        return;
    *best = run;
    *found = true;
}

/* The runs that the crontab's time `local` leads to. */
static void take_time(const bp_cron *cron, const stretches *of, int64_t local, int64_t after,
                      bp_cron_run *best, bool *found)
{
    int64_t first = 0;
    int count = 0;
    for (int i = 0; i < of->count; i++) {
        int64_t when = local - of->list[i].offset;
        if (when < of->list[i].start || when >= of->list[i].end)
            continue;
        bool is_repeat = count > 0 && when - first <= LEAP_MOST;
        if (is_repeat && cron->is_wild)
            take(best, found, after, (bp_cron_run){when, local, BP_CRON_AGAIN});
        else if (!is_repeat)
            take(best, found, after, (bp_cron_run){when, local, BP_CRON_PLAIN});
        /* That the first has a second is known only now. */
        if (is_repeat && *found && best->when == first && best->local == local)
            best->kind = BP_CRON_FIRST;
        first = when;
        count++;
    }
    if (count > 0 || cron->is_wild)
        return;
    for (int i = 1; i < of->count; i++) {
        int64_t change = of->list[i].start;
        int64_t from = change + of->list[i - 1].offset, to = change + of->list[i].offset;
        if (local >= from && local < to && to - from < LEAP_MOST)
            take(best, found, after, (bp_cron_run){change, local, BP_CRON_MOVED});
    }
}

static void take_day(const bp_cron *cron, int64_t day, int64_t after, bp_cron_run *best,
                     bool *found)
{
    if (!fits_day(cron, day))
        return;
    stretches of;
    find_stretches_of_day(day, &of);
    int64_t local = day * DAY, end = (day + 1) * DAY;
    if (of.count ==
        1) { /* The days of nearly all years: the first time that is left is the next. */
        int64_t shown = after + of.list[0].offset;
        local = shown < local ? local : shown - shown % 60 + 60;
        while (local < end && !fits_minute(cron, local))
            local += 60;
        end = local < end ? local + 60 : local;
    }
    for (; local < end; local += 60)
        if (fits_minute(cron, local))
            take_time(cron, &of, local, after, best, found);
}

bool bp_cron_next(const bp_cron *cron, int64_t after, bp_cron_run *run)
{
    int64_t today = floor_day(after + bp_cron_offset(after));
    bool found = false;
    /* The clock may go back over midnight, so the day before and the day behind are looked at. */
    for (int64_t day = today - 1; !found && day <= today + YEARS_MOST * 366; day++) {
        take_day(cron, day, after, run, &found);
        if (found)
            take_day(cron, day + 1, after, run, &found);
    }
    return found;
}

bool bp_cron_change_next(const bp_cron *cron, int64_t after, int64_t until, bp_cron_change *change)
{
    const uint32_t all_hours = (1u << 24) - 1;
    if (cron->hours == all_hours)
        return false;
    for (int64_t start = after; start < until; start += DAY) {
        stretches of;
        find_stretches(start, start + DAY < until ? start + DAY : until, &of);
        for (int i = 1; i < of.count; i++) {
            int64_t when = of.list[i].start;
            int64_t from = when + of.list[i - 1].offset, to = when + of.list[i].offset;
            int64_t low = from < to ? from : to, high = from < to ? to : from;
            if (high - low >= LEAP_MOST)
                continue;
            for (int64_t local = low - low % 60; local < high; local += 60) {
                if (local < low || !fits_day(cron, floor_day(local)) || !fits_minute(cron, local))
                    continue;
                bp_cron_effect effect = from < to ? (cron->is_wild ? BP_CRON_LOST : BP_CRON_LATE)
                                                  : (cron->is_wild ? BP_CRON_TWICE : BP_CRON_ONCE);
                *change = (bp_cron_change){when, local, from, to, effect};
                return true;
            }
        }
    }
    return false;
}
