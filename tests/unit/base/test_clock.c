/* Calendar dates and the phases of a rendering. */
#include <time.h>

#include "base/clock.h"
#include "suite.h"

static const struct {
    int64_t seconds;
    bp_moment moment;
} known[] = {
    {0, {1970, 1, 1, 0, 0, 0}},          {-1, {1969, 12, 31, 23, 59, 59}},
    {951782400, {2000, 2, 29, 0, 0, 0}}, {1662163200, {2022, 9, 3, 0, 0, 0}},
    {4107542400, {2100, 3, 1, 0, 0, 0}}, {253402300799, {9999, 12, 31, 23, 59, 59}},
    {-62135596800, {1, 1, 1, 0, 0, 0}},
};

static void check_moment(bp_moment a, bp_moment b)
{
    ck_assert_int_eq(a.year, b.year);
    ck_assert_int_eq(a.month, b.month);
    ck_assert_int_eq(a.day, b.day);
    ck_assert_int_eq(a.hour, b.hour);
    ck_assert_int_eq(a.minute, b.minute);
    ck_assert_int_eq(a.second, b.second);
}

START_TEST(known_seconds_make_known_moments)
{
    check_moment(bp_moment_from_epoch(known[_i].seconds), known[_i].moment);
}
END_TEST

START_TEST(every_day_agrees_with_the_c_library)
{
    for (int64_t day = -800000; day < 2900000; day += 37) {
        time_t seconds = (time_t)(day * 86400 + 3723);
        struct tm parts;
        ck_assert_ptr_nonnull(gmtime_r(&seconds, &parts));
        check_moment(bp_moment_from_epoch(seconds),
                     (bp_moment){parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, 1, 2, 3});
    }
}
END_TEST

START_TEST(good_dates_are_read)
{
    bp_moment moment;
    ck_assert(bp_moment_read("2022-09-03", &moment));
    check_moment(moment, (bp_moment){2022, 9, 3, 0, 0, 0});
    ck_assert(bp_moment_read("2024-02-29T23:59:58Z", &moment));
    check_moment(moment, (bp_moment){2024, 2, 29, 23, 59, 58});
}
END_TEST

static const char *const bad[] = {
    "",           "2022",       "2022-9-3",    "2022-13-01",           "2022-00-10",
    "2022-02-29", "1900-02-29", "2022-04-31",  "2022-09-03T10:00:00",  "2022-09-03T24:00:00Z",
    "2022-09-00", "0000-01-01", "2022-09-03 ", "2022-09-03T10:60:00Z", "2022-09-03T10:00:00Zz",
    "+022-09-03", "20220903"};

START_TEST(bad_dates_are_refused_and_change_nothing)
{
    bp_moment moment = {1, 2, 3, 4, 5, 6};
    ck_assert_msg(!bp_moment_read(bad[_i], &moment), "\"%s\" was read", bad[_i]);
    check_moment(moment, (bp_moment){1, 2, 3, 4, 5, 6});
}
END_TEST

static void spend(uint64_t nanoseconds)
{
    uint64_t end = bp_clock_now() + nanoseconds;
    while (bp_clock_now() < end)
        ;
}

START_TEST(time_goes_to_the_running_phase)
{
    bp_phase_enable(true);
    bp_phase before = bp_phase_switch(BP_PHASE_SHAPE);
    ck_assert_int_eq(before, BP_PHASE_START);
    spend(2000000);
    ck_assert_int_eq(bp_phase_switch(before), BP_PHASE_SHAPE);
    uint64_t shape = bp_phase_time(BP_PHASE_SHAPE);
    ck_assert_uint_ge(shape, 2000000);
    spend(1000000);
    ck_assert_uint_eq(bp_phase_time(BP_PHASE_SHAPE), shape);
    ck_assert_uint_ge(bp_phase_time(BP_PHASE_START), 1000000);
    ck_assert_uint_eq(bp_phase_time(BP_PHASE_SAVE), 0);
}
END_TEST

START_TEST(phases_cost_nothing_while_off)
{
    bp_phase_enable(false);
    (void)bp_phase_switch(BP_PHASE_DATA);
    spend(1000000);
    for (int i = 0; i < BP_PHASE_COUNT; i++) {
        ck_assert_uint_eq(bp_phase_time((bp_phase)i), 0);
        ck_assert_str_ne(bp_phase_name((bp_phase)i), "?");
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("clock");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, known_seconds_make_known_moments, 0,
                        (int)(sizeof known / sizeof known[0]));
    tcase_add_test(tests, every_day_agrees_with_the_c_library);
    tcase_add_test(tests, good_dates_are_read);
    tcase_add_loop_test(tests, bad_dates_are_refused_and_change_nothing, 0,
                        (int)(sizeof bad / sizeof bad[0]));
    tcase_add_test(tests, time_goes_to_the_running_phase);
    tcase_add_test(tests, phases_cost_nothing_while_off);
    return run_suite("clock", tests);
}
