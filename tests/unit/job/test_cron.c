/* Schedules: what is refused, and when the others run, held against a scan of every minute that
 * follows the clock as Debian's cron does, and against systemd's own calendar. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../base/suite.h"
#include "job/cron.h"

#define DAY 86400

static const char *const good[] = {
    "* * * * *",
    "*/5 * * * *",
    "*/7 * * * *",
    "0 * * * *",
    "59 * * * *",
    "15,45 * * * *",
    "0 7 * * 1",
    "30 2 * * *",
    "0 2 * * *",
    "59 2 * * *",
    "0 3 * * *",
    "59 1 * * *",
    "0,30 1,2,3 * * *",
    "*/10 2 * * *",
    "*/20 1-3 * * *",
    "30 2 * * 0",
    "30 2 * * sun",
    "30 2 * * 7",
    "30 2 * * Sun,Mon",
    "0 0 * * *",
    "30 0 * * *",
    "30 23 * * *",
    "*/15 0 * * *",
    "*/15 23 * * *",
    "0 0 1 * *",
    "0 0 1 1 *",
    "0 0 31 * *",
    "0 0 29 2 *",
    "0 12 29 feb *",
    "0 12 28-31 2 *",
    "0 7 1,15 * *",
    "0 7 1,15 * 5",
    "0 7 13 * 5",
    "0 7 13 * fri",
    "0 7 */2 * 1",
    "0 7 1 * *",
    "0 7 1 */3 *",
    "0 7 1 jan,APR,Jul,oct *",
    "0 7 * * 1-5",
    "0 7 * * mon-fri",
    "0 7 * * 5-7",
    "0 7 * * 6,7",
    "0 7 * * 0-6",
    "0 7 * * 1-6/2",
    "0 7 * * */2",
    "0 7 31 1,3,5 *",
    "5-59/10 6-22/4 * * *",
    "0-4,30-34 * * * *",
    "1-1 1-1 1-1 1-1 *",
    "00 07 01 01 *",
    "0 0 1-7 * *",
    "0 0 *,1 * 1",
    "0 0 1,* * 1",
    "59 23 31 12 *",
    "  0\t7   * *  1 ",
    "@hourly",
    "@daily",
    "@midnight",
    "@weekly",
    "@monthly",
    "@yearly",
    "@annually",
    "30 2 28-31 3 *",
    "30 2 25-31 10 *",
    "0 4 31 3 *",
    "0 */6 * * *",
    "30 */6 * * *",
    "0 0-23 * * *",
    "0 2,14 * 3,10 0",
};

/* Weeks with changes of the clocks: at night, at midnight, by half an hour, over the date line, by
 * an odd offset, and none. */
static const struct {
    const char *zone;
    int64_t from;
} places[] = {
    {"Europe/Berlin", 1792629040},       {"Europe/Berlin", 1805934640},
    {"Asia/Shanghai", 1792000000},       {"Asia/Shanghai", 544901420},
    {"America/Havana", 1793248240},      {"America/Havana", 1804739400},
    {"Australia/Lord_Howe", 1806503420}, {"America/St_Johns", 1288836060},
    {"Pacific/Apia", 1324978200},
};
#define PLACES ((int)(sizeof places / sizeof places[0]))
#define GOOD ((int)(sizeof good / sizeof good[0]))

static void stand_in(const char *zone)
{
    ck_assert_int_eq(setenv("TZ", zone, 1), 0);
    tzset();
}

static bp_cron read_good(const char *text)
{
    bp_cron cron;
    bp_error err = {0};
    ck_assert_msg(bp_cron_read(text, &cron, &err), "\"%s\": %s", text, err.text);
    return cron;
}

/* Whether the clock's time fits, by the parts of the C library. */
static bool fits(const bp_cron *cron, int64_t local)
{
    struct tm t;
    time_t seconds = (time_t)local;
    if ((cron->minutes >> (local / 60 % 60) & 1) == 0 || gmtime_r(&seconds, &t) == NULL)
        return false;
    bool date = (cron->days >> t.tm_mday & 1) != 0;
    bool weekday = (cron->weekdays >> t.tm_wday & 1) != 0;
    return (cron->hours >> t.tm_hour & 1) != 0 && (cron->months >> (t.tm_mon + 1) & 1) != 0 &&
           (cron->either_day ? date || weekday : date && weekday);
}

/* Debian's cron, minute for minute: its virtual clock follows the one on the wall, which shows
 * `shown` minutes. */
static bool runs_at(const bp_cron *cron, int64_t *virtual_minute, int64_t shown)
{
    int64_t difference = shown - *virtual_minute;
    if (difference > 180 || difference <= -180) { /* Corrected by much: begin anew. */
        *virtual_minute = shown;
        return fits(cron, shown * 60);
    }
    bool runs = cron->is_wild && fits(cron, shown * 60);
    while (*virtual_minute < shown) {
        ++*virtual_minute;
        runs = runs || (!cron->is_wild && fits(cron, *virtual_minute * 60));
    }
    return runs;
}

#define SCANNED (6 * 1440)

START_TEST(next_times_are_those_of_a_scan_of_every_minute)
{
    static int64_t shown[SCANNED];
    const char *zone = places[_i].zone;
    int64_t from = places[_i].from / 60;
    stand_in(zone);
    for (int64_t i = 0; i < SCANNED; i++)
        shown[i] = from + i + bp_cron_offset((from + i) * 60) / 60;
    for (int i = 0; i < GOOD; i++) {
        bp_cron cron = read_good(good[i]);
        bp_cron_run run;
        int64_t virtual_minute = shown[0];
        bool is_any = bp_cron_next(&cron, from * 60, &run);
        for (int64_t minute = 1; minute < SCANNED; minute++) {
            if (!runs_at(&cron, &virtual_minute, shown[minute]))
                continue;
            int64_t when = (from + minute) * 60;
            ck_assert_msg(is_any && run.when == when,
                          "\"%s\" in %s: the scan finds %lld, the schedule %lld", good[i], zone,
                          (long long)when, (long long)run.when);
            is_any = bp_cron_next(&cron, when, &run);
        }
        ck_assert_msg(!is_any || run.when >= (from + SCANNED) * 60, "\"%s\" in %s: %lld is none",
                      good[i], zone, (long long)run.when);
    }
}
END_TEST

/* Rare days are beyond such a scan. */
static const struct {
    const char *text;
    int64_t after, when;
} rare[] = {
    {"0 12 29 2 *", 1700000000, 1709208000},
    {"0 12 29 2 *", 1709208000, 1835438400},
    {"0 0 29 2 *", 4000000000, 4233686400}, /* 2100 has none: 2096 is followed by 2104. */
    {"0 12 29 2 */6", 1709208000, 1961668800 + 0},
};

START_TEST(rare_days_are_found)
{
    stand_in("UTC");
    bp_cron cron = read_good(rare[_i].text);
    bp_cron_run run;
    ck_assert(bp_cron_next(&cron, rare[_i].after, &run));
    time_t seconds = (time_t)run.when;
    struct tm t;
    (void)gmtime_r(&seconds, &t);
    ck_assert_msg(t.tm_mday == 29 && t.tm_mon == 1, "%lld", (long long)run.when);
    ck_assert_msg(run.when == rare[_i].when, "%lld", (long long)run.when);
}
END_TEST

static const struct {
    const char *text, *says;
} bad[] = {
    {"", "fewer than five"},
    {"0 7 * *", "fewer than five"},
    {"0 7 * * 1 2026", "more than five"},
    {"0 0 7 * * 1", "neither seconds"},
    {"60 7 * * *", "60 is not between 0 and 59"},
    {"0 24 * * *", "24 is not between 0 and 23"},
    {"0 7 0 * *", "0 is not between 1 and 31"},
    {"0 7 32 * *", "32 is not"},
    {"0 7 * 0 *", "0 is not between 1 and 12"},
    {"0 7 * 13 *", "13 is not"},
    {"0 7 * * 8", "8 is not between 0 and 7"},
    {"0 7 31 2 *", "never comes"},
    {"0 7 30 feb *", "never comes"},
    {"0 7 31 4,6,9,11 *", "never comes"},
    {"0 7 30 2 */2", "never comes"},
    {"5/10 * * * *", "write 5-59/10"},
    {"*/0 * * * *", "above 0"},
    {"*/ * * * *", "above 0"},
    {"*/60 * * * *", "leaves nothing of 0-59 but 0"},
    {"0 */24 * * *", "leaves nothing"},
    {"10-5 * * * *", "write 10-59,0-5"},
    {"0 22-6 * * *", "write 22-23,0-6"},
    {"0 7 * * fri-sun", "write 5-7"},
    {"0 7 * * sat-mon", "write 6-7,0-1"},
    {"0 7 * * monday", "three letters"},
    {"0 7 * july *", "three letters"},
    {"0 7 mon * *", "no number"},
    {"mon 7 * * *", "no number"},
    {"0 7 ? * 1", "\"?\" is no sign"},
    {"0 7 L * *", "no number"},
    {"0 7 1W * *", "no number"},
    {"0 7 * * 1#2", "\"#\" is no sign"},
    {"0 7 * * 5L", "no name"},
    {"0~10 7 * * *", "\"~\" is no sign"},
    {"H 7 * * *", "no number"},
    {"1,,2 * * * *", "expected a number"},
    {",1 * * * *", "expected a number"},
    {"1, * * * *", "expected a number"},
    {"1- * * * *", "expected a number"},
    {"-1 * * * *", "expected a number"},
    {"+1 * * * *", "expected a number"},
    {"1.5 * * * *", "\".5\" is too much"},
    {"** * * * *", "\"*\" is too much"},
    {"*5 * * * *", "\"5\" is too much"},
    {"1-5-9 * * * *", "\"-9\" is too much"},
    {"99999999999999999999 * * * *", "is not between"},
    {"*/99999999999999999999 * * * *", "leaves nothing"},
    {"0 7 * * 1%", "too much"},
    {"0\n7 * * 1 *", "too much"},
    {"@reboot", "no time"},
    {"@Daily", "no name"},
    {"@every_minute", "no name"},
    {"@daily 5", "fewer than five"},
    {"Mon *-*-* 07:00:00", "fewer than five"},
};

START_TEST(what_cron_would_take_and_never_run_is_refused)
{
    bp_cron cron = {.hours = 77};
    bp_error err = {0};
    ck_assert_msg(!bp_cron_read(bad[_i].text, &cron, &err), "\"%s\" was read", bad[_i].text);
    ck_assert_int_eq(err.code, BP_ERR_USAGE);
    ck_assert_msg(strstr(err.text, bad[_i].says) != NULL, "\"%s\": %s", bad[_i].text, err.text);
    ck_assert_uint_eq(cron.hours, 77);
}
END_TEST

static const struct {
    const char *text, *calendar;
} calendars[] = {
    {"0 7 * * 1", "Mon *-*-* 07:00:00\n"},
    {"*/15 * * * *", "*-*-* *:00,15,30,45:00\n"},
    {"0 7 1,15 * 5", "*-*-01,15 07:00:00\nFri *-*-* 07:00:00\n"},
    {"0 7 */2 * 1", "Mon *-*-01,03,05,07,09,11,13,15,17,19,21,23,25,27,29,31 07:00:00\n"},
    {"30 6-18 * 1-3,12 mon-fri", "Mon..Fri *-01..03,12-* 06..18:30:00\n"},
    {"0 0 * * 5-7", "Fri..Sun *-*-* 00:00:00\n"},
    {"0 0 * * 0,1", "Mon,Sun *-*-* 00:00:00\n"},
    {"@hourly", "*-*-* *:00:00\n"},
};

START_TEST(calendars_of_systemd_say_the_same)
{
    bp_cron cron = read_good(calendars[_i].text);
    bp_buf out = {0};
    ck_assert(bp_cron_on_calendar(&cron, "", &out));
    ck_assert_str_eq(out.bytes, calendars[_i].calendar);
    bp_buf_clear(&out);
}
END_TEST

static int compare_moments(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return (one > other) - (one < other);
}

/* The moments that systemd itself finds for the lines, in order. */
static size_t ask_systemd(char *lines, int64_t from, int64_t *found, size_t most)
{
    size_t count = 0;
    for (char *line = strtok(lines, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char command[512], answer[256];
        (void)snprintf(command, sizeof command,
                       "systemd-analyze calendar --base-time=@%lld --iterations=6 '%s'",
                       (long long)from, line);
        FILE *pipe = popen(command, "r"); // NOLINT(bugprone-command-processor,cert-env33-c)
        ck_assert_ptr_nonnull(pipe);
        while (fgets(answer, sizeof answer, pipe) != NULL) {
            struct tm t = {0};
            char *at = strstr(answer, "Next elapse: ");
            at = at ? at + strlen("Next elapse: ") : strstr(answer, "Iter. #");
            if (at == NULL || (strncmp(at, "Iter", 4) == 0 && (at = strstr(at, ": ")) == NULL))
                continue;
            at = strptime(at[0] == ':' ? at + 2 : at, "%a %Y-%m-%d %H:%M:%S UTC", &t);
            if (at != NULL && count < most)
                found[count++] = timegm(&t);
        }
        ck_assert_msg(pclose(pipe) == 0, "systemd-analyze refuses %s", line);
    }
    qsort(found, count, sizeof found[0], compare_moments);
    return count;
}

START_TEST(systemd_finds_the_same_times)
{
    stand_in("UTC");
    bp_cron cron = read_good(good[_i]);
    bp_buf lines = {0};
    int64_t from = 1790000000, found[12] = {0};
    ck_assert(bp_cron_on_calendar(&cron, "", &lines));
    size_t count = ask_systemd(lines.bytes, from, found, 12);
    ck_assert_uint_ge(count, 6);
    int64_t last = from;
    size_t compared = 0;
    for (size_t i = 0; i < count && compared < 6; i++) {
        bp_cron_run run;
        if (found[i] == last)
            continue; /* Both lines of an either-day schedule. */
        ck_assert(bp_cron_next(&cron, last, &run));
        ck_assert_msg(run.when == found[i], "\"%s\": %lld, systemd: %lld", good[_i],
                      (long long)run.when, (long long)found[i]);
        last = run.when;
        compared++;
    }
    bp_buf_clear(&lines);
}
END_TEST

/* Berlin, 2027: 28 March 02:00 to 03:00, 31 October 03:00 to 02:00. */
static const struct {
    const char *zone, *text;
    bool meets;
    bp_cron_effect effect;
    int64_t when, local;
} changes[] = {
    {"Europe/Berlin", "30 2 * * *", true, BP_CRON_LATE, 1806195600, 1806201000},
    {"Europe/Berlin", "30 2 * 6-12 *", true, BP_CRON_ONCE, 1824944400, 1824949800},
    {"Europe/Berlin", "*/10 2 * * *", true, BP_CRON_LOST, 1806195600, 1806199200},
    {"Europe/Berlin", "*/10 2 * 6-12 *", true, BP_CRON_TWICE, 1824944400, 1824948000},
    {"Europe/Berlin", "0 3 * * *", false, BP_CRON_LATE, 0, 0},
    {"Europe/Berlin", "59 1 * * *", false, BP_CRON_LATE, 0, 0},
    {"Europe/Berlin", "30 2 * * 1", false, BP_CRON_LATE, 0, 0},
    {"Europe/Berlin", "0 * * * *", false, BP_CRON_LATE, 0, 0},
    {"Asia/Shanghai", "30 2 * * *", false, BP_CRON_LATE, 0, 0},
};

START_TEST(changes_of_the_clocks_that_meet_a_schedule_are_told)
{
    stand_in(changes[_i].zone);
    bp_cron cron = read_good(changes[_i].text);
    bp_cron_change change;
    bool meets = bp_cron_change_next(&cron, 1798000000, 1798000000 + 365 * DAY, &change);
    ck_assert_int_eq(meets, changes[_i].meets);
    if (!meets)
        return;
    ck_assert_int_eq(change.effect, changes[_i].effect);
    ck_assert_int_eq(change.when, changes[_i].when);
    ck_assert_int_eq(change.local, changes[_i].local);
    ck_assert_int_eq(llabs(change.to - change.from), 3600);
}
END_TEST

START_TEST(runs_say_what_the_clocks_do_to_them)
{
    stand_in("Europe/Berlin");
    bp_cron_run run;
    bp_cron cron = read_good("30 2 * * *");
    ck_assert(bp_cron_next(&cron, 1806195600 - 3600, &run)); /* 28 March 2027, 01:00. */
    ck_assert_int_eq(run.when, 1806195600);
    ck_assert_int_eq(run.kind, BP_CRON_MOVED);
    ck_assert(bp_cron_next(&cron, 1824944400 - 7200, &run)); /* 31 October 2027, 01:00. */
    ck_assert_int_eq(run.when, 1824944400 - 1800);
    ck_assert_int_eq(run.kind, BP_CRON_FIRST);
    ck_assert(bp_cron_next(&cron, run.when, &run));
    ck_assert_int_eq(run.when, 1824944400 + DAY + 1800);
    ck_assert_int_eq(run.kind, BP_CRON_PLAIN);
    cron = read_good("*/30 2 * * *");
    ck_assert(bp_cron_next(&cron, 1824944400 - 1800, &run));
    ck_assert_int_eq(run.when, 1824944400);
    ck_assert_int_eq(run.kind, BP_CRON_AGAIN);
}
END_TEST

START_TEST(fields_are_found_and_put_in_order)
{
    bp_buf out = {0};
    ck_assert(bp_cron_put(" 0\t7 *  * 1 ", &out));
    ck_assert_str_eq(out.bytes, "0 7 * * 1");
    bp_buf_clear(&out);
    const char *line = " 0 7\t* * 1 /bin/true x";
    ck_assert_uint_eq(bp_cron_fields(line, strlen(line)), strlen(" 0 7\t* * 1"));
    ck_assert_uint_eq(bp_cron_fields("@daily x", 8), 6);
    ck_assert_uint_eq(bp_cron_fields("0 7 * *", 7), 0);
    ck_assert_uint_eq(bp_cron_fields("", 0), 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("cron");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, next_times_are_those_of_a_scan_of_every_minute, 0, PLACES);
    tcase_add_loop_test(tests, rare_days_are_found, 0, (int)(sizeof rare / sizeof rare[0]));
    tcase_add_loop_test(tests, what_cron_would_take_and_never_run_is_refused, 0,
                        (int)(sizeof bad / sizeof bad[0]));
    tcase_add_loop_test(tests, calendars_of_systemd_say_the_same, 0,
                        (int)(sizeof calendars / sizeof calendars[0]));
    if (access("/usr/bin/systemd-analyze", X_OK) == 0)
        tcase_add_loop_test(tests, systemd_finds_the_same_times, 0, GOOD);
    else
        (void)fputs("skipped: systemd-analyze is not installed\n", stderr);
    tcase_add_loop_test(tests, changes_of_the_clocks_that_meet_a_schedule_are_told, 0,
                        (int)(sizeof changes / sizeof changes[0]));
    tcase_add_test(tests, runs_say_what_the_clocks_do_to_them);
    tcase_add_test(tests, fields_are_found_and_put_in_order);
    return run_suite("cron", tests);
}
