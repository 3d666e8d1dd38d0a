/* Ages: when an indicator is due by its frequency, bounds in days, and what is told of it. */
#include <stdio.h>
#include <string.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "data/age.h"
#include "data/data.h"

static bp_data *load(const char *frequency, const char *period, const char *published)
{
    char json[1024];
    bp_error err = {0};
    (void)snprintf(
        json, sizeof json,
        "{\"dataset\":{\"id\":\"d\",\"title\":\"D\",\"languages\":[\"en\"]%s%s%s},"
        "\"sources\":[{\"id\":\"s\",\"title\":\"S\"}],\n\"indicators\":[{\"id\":\"ships\","
        "\"label\":\"Ships\",\"source\":\"s\",%s%s%s\"observations\":["
        "{\"period\":\"1999\",\"value\":1},{\"period\":\"%s\",\"value\":2}]}]}",
        published ? ",\"published\":\"" : "", published ? published : "", published ? "\"" : "",
        frequency ? "\"frequency\":\"" : "", frequency ? frequency : "", frequency ? "\"," : "",
        period);
    bp_data *data = bp_data_parse("a.json", json, strlen(json), NULL, &err);
    ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
    return data;
}

/* The last day on which it is fresh, and the first on which it is not. */
static const struct {
    const char *frequency, *period, *fresh, *stale;
} due_cases[] = {
    {"A", "2021", "2023-07-02", "2023-07-03"},
    {"A", "2021-12-31", "2023-07-02", "2023-07-03"},
    {"A", "2017/2021", "2023-07-02", "2023-07-03"},
    {"S", "2021-S2", "2022-09-29", "2022-09-30"},
    {"Q", "2021-Q3", "2022-02-14", "2022-02-15"},
    {"Q", "2021-Q4", "2022-05-15", "2022-05-16"},
    {"M", "2021-12", "2022-02-15", "2022-02-16"},
    {"M", "2023-12", "2024-02-15", "2024-02-16"},
    {"M", "2024-01", "2024-03-15", "2024-03-16"},
    {"W", "2020-W53", "2021-01-14", "2021-01-15"},
    {"W", "2022-W01", "2022-01-20", "2022-01-21"},
    {"B", "2022-09-02", "2022-09-07", "2022-09-08"},
    {"D", "2022-09-03", "2022-09-05", "2022-09-06"},
    {"D", "2024-02-28", "2024-03-01", "2024-03-02"},
};

START_TEST(an_indicator_comes_of_age_on_its_day)
{
    bp_data *data = load(due_cases[_i].frequency, due_cases[_i].period, NULL);
    bp_age_limit limit = {.rule = BP_AGE_REFUSE};
    bp_moment fresh, stale;
    bp_error err = {0};
    int64_t until = 0;
    ck_assert(bp_moment_read(due_cases[_i].fresh, &fresh));
    ck_assert(bp_moment_read(due_cases[_i].stale, &stale));
    ck_assert_msg(bp_data_check_age(data, limit, &fresh, &until, NULL, &err), "%s", err.text);
    const bp_moment day = bp_moment_from_epoch(until);
    ck_assert_int_eq(day.year * 10000 + day.month * 100 + day.day,
                     stale.year * 10000 + stale.month * 100 + stale.day);
    ck_assert(!bp_data_check_age(data, limit, &stale, NULL, NULL, &err));
    ck_assert_int_eq(err.code, BP_ERR_NO_DATA);
    bp_data_free(data);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(what_is_too_old_is_named)
{
    bp_data *data = load("M", "2021-12", NULL);
    bp_faults faults = {0};
    bp_error err = {0};
    const bp_moment now = {2022, 3, 1, 0, 0, 0};
    ck_assert(
        !bp_data_check_age(data, (bp_age_limit){.rule = BP_AGE_REFUSE}, &now, NULL, &faults, &err));
    ck_assert_str_eq(err.text, "the newest value of \"ships\" is of 2021-12, which ended 60 days "
                               "ago; it is monthly, and the next was due 28 days ago");
    ck_assert_int_eq(strncmp(err.place, "a.json:2:", 9), 0);
    ck_assert_int_eq(bp_faults_at(&faults, 0)->code, BP_ERR_NO_DATA);
    bp_faults_clear(&faults);
    err = (bp_error){0};
    ck_assert(
        bp_data_check_age(data, (bp_age_limit){.rule = BP_AGE_WARN}, &now, NULL, &faults, &err));
    ck_assert_int_eq(bp_faults_at(&faults, 0)->code, BP_OK);
    bp_faults_clear(&faults);
    bp_data_free(data);
}
END_TEST

START_TEST(without_a_frequency_or_a_rule_nothing_is_too_old)
{
    const bp_moment now = {2099, 1, 1, 0, 0, 0};
    int64_t until = 1;
    bp_data *data = load(NULL, "2000", NULL);
    ck_assert(
        bp_data_check_age(data, (bp_age_limit){.rule = BP_AGE_REFUSE}, &now, &until, NULL, NULL));
    ck_assert_int_eq(until, 0);
    bp_data_free(data);
    data = load("D", "2000", NULL);
    ck_assert(bp_data_check_age(data, (bp_age_limit){0}, &now, &until, NULL, NULL));
    ck_assert_int_eq(until, 0);
    bp_data_free(data);
}
END_TEST

static const struct {
    const char *period, *published, *now, *text;
} bound_cases[] = {
    {"2022-08-01", NULL, "2022-09-15", ""},
    {"2022-08-01", NULL, "2022-09-16",
     "the newest value of all, of \"ships\", is of 2022-08-01, which ended 46 days ago; --max-age "
     "allows 45"},
    {"2021", "2022-08-01", "2022-09-15", ""},
    {"2021", "2022-08-01", "2022-09-16",
     "the data was published on 2022-08-01, 46 days ago; --max-age allows 45"},
    {"2022-09", "2022-08-01", "2022-09-16", ""},
};

START_TEST(a_bound_in_days_is_for_what_is_newest)
{
    bp_data *data = load(NULL, bound_cases[_i].period, bound_cases[_i].published);
    bp_age_limit limit;
    bp_moment now;
    bp_error err = {0};
    ck_assert(bp_age_limit_read("45d", &limit));
    ck_assert(bp_moment_read(bound_cases[_i].now, &now));
    bool is_fresh = bound_cases[_i].text[0] == '\0';
    ck_assert(bp_data_check_age(data, limit, &now, NULL, NULL, &err) == is_fresh);
    ck_assert_str_eq(err.text, bound_cases[_i].text);
    bp_data_free(data);
}
END_TEST

START_TEST(rules_are_read_strictly)
{
    static const char *const bad[] = {"", "d", "45", "0d", "-1d", "45x", "45dd", "123456d", "Warn"};
    bp_age_limit limit;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!bp_age_limit_read(bad[i], &limit), "%s", bad[i]);
    ck_assert(bp_age_limit_read("6w", &limit) && limit.days == 42 && limit.rule == BP_AGE_REFUSE);
    ck_assert(bp_age_limit_read("warn", &limit) && limit.rule == BP_AGE_WARN && limit.days == 0);
    ck_assert(bp_age_limit_read("refuse", &limit) && limit.rule == BP_AGE_REFUSE);
}
END_TEST

START_TEST(refused_memory_hides_no_age)
{
    bp_data *data = load("D", "2000-01-01", NULL);
    const bp_moment now = {2022, 1, 1, 0, 0, 0};
    long live = bp_mem.live;
    for (long n = 1;; n++) {
        bp_error err = {0};
        bp_faults faults = {0};
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        ck_assert(!bp_data_check_age(data, (bp_age_limit){.rule = BP_AGE_REFUSE}, &now, NULL,
                                     &faults, &err));
        ck_assert_int_ne(err.code, BP_OK);
        bp_mem.fail_at = 0;
        bp_faults_clear(&faults);
        ck_assert_int_eq(bp_mem.live, live);
        if (bp_mem.refused == 0)
            break;
    }
    bp_data_free(data);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("age");
    tcase_add_loop_test(tests, an_indicator_comes_of_age_on_its_day, 0,
                        sizeof due_cases / sizeof due_cases[0]);
    tcase_add_test(tests, what_is_too_old_is_named);
    tcase_add_test(tests, without_a_frequency_or_a_rule_nothing_is_too_old);
    tcase_add_loop_test(tests, a_bound_in_days_is_for_what_is_newest, 0,
                        sizeof bound_cases / sizeof bound_cases[0]);
    tcase_add_test(tests, rules_are_read_strictly);
    tcase_add_test(tests, refused_memory_hides_no_age);
    return run_suite("age", tests);
}
