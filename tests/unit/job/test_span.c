/* Periods on the calendar. */
#include "../base/suite.h"
#include "base/clock.h"
#include "job/span.h"

#include <string.h>

static const struct {
    const char *text;
    int from[3], to[3];
} spans[] = {
    {"2022", {2022, 1, 1}, {2022, 12, 31}},
    {"2022-S1", {2022, 1, 1}, {2022, 6, 30}},
    {"2022-S2", {2022, 7, 1}, {2022, 12, 31}},
    {"2022-Q1", {2022, 1, 1}, {2022, 3, 31}},
    {"2022-Q3", {2022, 7, 1}, {2022, 9, 30}},
    {"2022-Q4", {2022, 10, 1}, {2022, 12, 31}},
    {"2022-02", {2022, 2, 1}, {2022, 2, 28}},
    {"2024-02", {2024, 2, 1}, {2024, 2, 29}},
    {"2000-02", {2000, 2, 1}, {2000, 2, 29}},
    {"2100-02", {2100, 2, 1}, {2100, 2, 28}},
    {"2022-12", {2022, 12, 1}, {2022, 12, 31}},
    {"2022-W35", {2022, 8, 29}, {2022, 9, 4}},
    {"2020-W53", {2020, 12, 28}, {2021, 1, 3}},
    {"2021-W01", {2021, 1, 4}, {2021, 1, 10}},
    {"2015-W01", {2014, 12, 29}, {2015, 1, 4}},
    {"2016-W01", {2016, 1, 4}, {2016, 1, 10}},
    {"2015-W53", {2015, 12, 28}, {2016, 1, 3}},
    {"1969-12-31", {1969, 12, 31}, {1969, 12, 31}},
    {"2022-08-31", {2022, 8, 31}, {2022, 8, 31}},
    {"9999-12-31", {9999, 12, 31}, {9999, 12, 31}},
    {"0001", {1, 1, 1}, {1, 12, 31}},
};

START_TEST(periods_have_their_days)
{
    bp_span span;
    char text[BP_SPAN_SIZE];
    const int *from = spans[_i].from, *to = spans[_i].to;
    ck_assert(bp_span_read(spans[_i].text, strlen(spans[_i].text), &span));
    ck_assert_int_eq(span.first, bp_day_number(from[0], from[1], from[2]));
    ck_assert_int_eq(span.last, bp_day_number(to[0], to[1], to[2]));
    bp_span_put(&span, text);
    ck_assert_str_eq(text, spans[_i].text);
}
END_TEST

START_TEST(other_texts_are_none)
{
    static const char *const bad[] = {
        "",       "22",     "2022-13",   "2022-W54", "2021-W53", "2022-Q5", "2022-S3", "2022-02-29",
        "2022-8", "spring", "2021/2022", "2022-08 ", "-2022",    "0000",    "2022-W00"};
    bp_span span;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!bp_span_read(bad[i], strlen(bad[i]), &span), "%s", bad[i]);
}
END_TEST

/* Of each kind, over 800 years: every day is in its period, and the periods follow one another. (An
 * assertion costs more than what it asserts: one for all.) */
START_TEST(periods_follow_one_another)
{
    bp_period_unit unit = (bp_period_unit)_i;
    bp_span span = bp_span_at(unit, bp_day_number(2401, 1, 1));
    size_t wrong = 0;
    while (span.first > bp_day_number(1600, 1, 1)) {
        char text[BP_SPAN_SIZE];
        bp_span again, before = bp_span_before(&span);
        bp_span_put(&before, text);
        int64_t middle = before.first + (before.last - before.first) / 2;
        bool is_right = before.last == span.first - 1 && before.first <= before.last &&
                        bp_span_read(text, strlen(text), &again) && again.first == before.first &&
                        again.last == before.last && bp_span_at(unit, middle).first == before.first;
        wrong += is_right ? 0 : 1;
        span = before;
    }
    ck_assert_uint_eq(wrong, 0);
}
END_TEST

START_TEST(days_are_numbered_as_the_calendar_has_them)
{
    int64_t expected = bp_day_number(1, 1, 1);
    size_t wrong = 0;
    ck_assert_int_eq(bp_day_number(1970, 1, 1), 0);
    for (int year = 1; year <= 2500; year++)
        for (int month = 1; month <= 12; month++) {
            bool is_right = bp_day_number(year, month, 1) == expected;
            expected += bp_days_in_month(year, month);
            bp_moment last = bp_moment_from_epoch((expected - 1) * 86400);
            wrong += is_right && last.year == year && last.month == month ? 0 : 1;
        }
    ck_assert_uint_eq(wrong, 0);
}
END_TEST

static const struct {
    int today[3];
    const char *word, *period;
} words[] = {
    {{2022, 9, 3}, "today", "2022-09-03"},       {{2022, 3, 1}, "yesterday", "2022-02-28"},
    {{2024, 3, 1}, "yesterday", "2024-02-29"},   {{2022, 1, 1}, "yesterday", "2021-12-31"},
    {{2022, 3, 31}, "last-month", "2022-02"},    {{2022, 1, 31}, "last-month", "2021-12"},
    {{2022, 9, 1}, "last-month", "2022-08"},     {{2022, 9, 1}, "this-month", "2022-09"},
    {{2022, 2, 14}, "last-quarter", "2021-Q4"},  {{2022, 4, 1}, "last-quarter", "2022-Q1"},
    {{2022, 12, 31}, "this-quarter", "2022-Q4"}, {{2022, 7, 1}, "last-half", "2022-S1"},
    {{2022, 6, 30}, "last-half", "2021-S2"},     {{2022, 6, 30}, "this-half", "2022-S1"},
    {{2021, 1, 3}, "this-week", "2020-W53"},     {{2021, 1, 4}, "last-week", "2020-W53"},
    {{2021, 1, 3}, "last-week", "2020-W52"},     {{2016, 1, 4}, "last-week", "2015-W53"},
    {{2022, 9, 3}, "last-year", "2021"},         {{2022, 9, 3}, "this-year", "2022"},
    {{2022, 9, 3}, "2019-Q2", "2019-Q2"},
};

START_TEST(words_are_counted_from_the_day)
{
    const int *today = words[_i].today;
    bp_span span;
    bp_error err = {0};
    char text[BP_SPAN_SIZE];
    ck_assert(
        bp_span_resolve(words[_i].word, bp_day_number(today[0], today[1], today[2]), &span, &err));
    bp_span_put(&span, text);
    ck_assert_str_eq(text, words[_i].period);
}
END_TEST

START_TEST(words_that_are_none_get_a_suggestion)
{
    bp_span span;
    bp_error err = {0};
    ck_assert(!bp_span_resolve("last-mont", 0, &span, &err));
    ck_assert_int_eq(err.code, BP_ERR_USAGE);
    ck_assert_str_eq(err.text, "\"last-mont\" is no period; did you mean \"last-month\"?");
    err = (bp_error){0};
    ck_assert(!bp_span_resolve("2022-13", 0, &span, &err));
    ck_assert(strstr(err.text, "expected 2022, 2022-S2") != NULL);
}
END_TEST

/* The clock stands on an hour of which the day depends on the zone. */
START_TEST(today_is_the_day_it_is_here)
{
    ck_assert_int_eq(setenv("TZ", "UTC0", 1), 0);
    int64_t day = bp_day_today();
    ck_assert_int_eq(setenv("TZ", "EAST-24", 1), 0);
    int64_t ahead = bp_day_today();
    ck_assert_int_eq(setenv("TZ", "WEST24", 1), 0);
    int64_t behind = bp_day_today();
    /* A test that runs over midnight is a day off. */
    ck_assert(ahead - day == 1 || ahead - day == 2);
    ck_assert(day - behind == 1 || day - behind == 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("span");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, periods_have_their_days, 0, sizeof spans / sizeof *spans);
    tcase_add_test(tests, other_texts_are_none);
    tcase_add_loop_test(tests, periods_follow_one_another, BP_PERIOD_YEAR, BP_PERIOD_DAY + 1);
    tcase_add_test(tests, days_are_numbered_as_the_calendar_has_them);
    tcase_add_loop_test(tests, words_are_counted_from_the_day, 0, sizeof words / sizeof *words);
    tcase_add_test(tests, words_that_are_none_get_a_suggestion);
    tcase_add_test(tests, today_is_the_day_it_is_here);
    return run_suite("span", tests);
}
