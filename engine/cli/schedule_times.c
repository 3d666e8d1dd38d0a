/* When a schedule runs, in words: the next times, the time zone, and what happens when the clocks
 * change. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/messages.h"
#include "cli/schedule.h"

#define YEAR ((int64_t)366 * 86400)

const char *bp_schedule_time(int64_t when, char out[80])
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    time_t seconds = (time_t)when;
    struct tm t = {0};
    (void)localtime_r(&seconds, &t);
    long ahead = t.tm_gmtoff / 60, size = ahead < 0 ? -ahead : ahead;
    bool has_name = t.tm_zone != NULL && t.tm_zone[0] >= 'A' && strcmp(t.tm_zone, "UTC") != 0;
    (void)snprintf(out, 80, "%s %04d-%02d-%02d %02d:%02d %s%sUTC%c%02ld:%02ld%s",
                   days[t.tm_wday % 7], t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
                   t.tm_min, has_name ? t.tm_zone : "", has_name ? " (" : "", ahead < 0 ? '-' : '+',
                   size / 60, size % 60, has_name ? ")" : "");
    return out;
}

/* "02:30" of a time that is counted as if it were UTC. */
static const char *clock_time(int64_t local, char out[8])
{
    bp_moment moment = bp_moment_from_epoch(local);
    (void)snprintf(out, 8, "%02d:%02d", moment.hour % 100, moment.minute % 100);
    return out;
}

/* The name of the machine's time zone, as "Europe/Berlin"; that of UTC where nothing says. */
static void zone_name(char *out, size_t size)
{
    char link[256];
    ssize_t length = readlink("/etc/localtime", link, sizeof link - 1);
    link[length > 0 ? length : 0] = '\0';
    const char *name = strstr(link, "zoneinfo/");
    (void)snprintf(out, size, "%s", name ? name + strlen("zoneinfo/") : "");
    FILE *file = out[0] == '\0' ? fopen("/etc/timezone", "re") : NULL;
    if (file != NULL) {
        if (fgets(out, (int)size, file) != NULL)
            out[strcspn(out, "\r\n")] = '\0';
        (void)fclose(file);
    }
    if (out[0] == '\0')
        (void)snprintf(out, size, "%s", tzname[0]);
}

static void tell_change(const bp_cron_change *change, bool is_systemd)
{
    bp_moment day = bp_moment_from_epoch(change->local);
    char meant[8], from[8], to[8], ends[128];
    (void)clock_time(change->local, meant);
    (void)clock_time(change->from, from);
    (void)clock_time(change->to, to);
    if (is_systemd)
        (void)snprintf(ends, sizeof ends, "%s",
                       change->from < change->to ? "systemd does not run it that day"
                                                 : "systemd runs it the first time");
    else if (change->effect == BP_CRON_LATE)
        (void)snprintf(ends, sizeof ends, "Debian's cron runs it at %s", to);
    else
        (void)snprintf(ends, sizeof ends, "cron %s",
                       change->effect == BP_CRON_LOST   ? "does not run it"
                       : change->effect == BP_CRON_ONCE ? "runs it the first time"
                                                        : "runs it both times");
    bp_message_note("on %04d-%02d-%02d the clocks go from %s to %s, and %s %s: %s", day.year,
                    day.month, day.day, from, to, meant,
                    change->from < change->to ? "does not come" : "comes twice", ends);
}

void bp_schedule_tell_times(const bp_schedule *schedule, bool is_systemd)
{
    char zone[128], text[80], all[300] = "";
    bp_cron_run run;
    tzset();
    int64_t now = (int64_t)time(NULL), after = now;
    for (int i = 0; i < 3 && bp_cron_next(&schedule->cron, after, &run); i++) {
        size_t length = strlen(all);
        (void)snprintf(all + length, sizeof all - length, "%s%s", i > 0 ? ", then " : "",
                       bp_schedule_time(run.when, text));
        after = run.when;
    }
    zone_name(zone, sizeof zone);
    bp_message_note("%s runs next on %s", schedule->name.bytes, all);
    bp_message_note("in the time zone of this machine, %s, whatever TZ says in a shell", zone);
    bp_cron_change change;
    after = now;
    for (int i = 0; i < 2 && bp_cron_change_next(&schedule->cron, after, now + YEAR, &change);
         i++) {
        tell_change(&change, is_systemd);
        after = change.when;
    }
}

void bp_schedule_warn_days(const bp_cron *cron, bp_faults *told)
{
    if (cron->either_day)
        bp_faults_add(
            told, BP_OK, "",
            "--at: both the day of the month and the day of the week are given: it runs on "
            "each day that fits either of them, not only where both fit");
}
