/* Values that are computed from others: their status, and functions of many observations. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "data/data.h"

static bp_data *parse(const char *json)
{
    bp_faults faults = {0};
    bp_error err = {0};
    bp_data *data = bp_data_parse("t.json", json, strlen(json), &faults, &err);
    ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
    ck_assert_uint_eq(bp_faults_count(&faults), 0);
    return data;
}

START_TEST(a_derived_value_has_the_status_of_its_inputs)
{
    static const struct {
        const char *expression;
        char status;
    } cases[] = {{"a + 1", 'A'}, {"a + p", 'P'}, {"p + e", 'E'}, {"e - a", 'E'}, {"of_p * 2", 'P'}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[900];
        (void)snprintf(
            json, sizeof json,
            "{\"indicators\":[{\"id\":\"a\",\"label\":\"x\",\"period\":\"2024\",\"value\":1},"
            "{\"id\":\"p\",\"label\":\"x\",\"period\":\"2024\",\"value\":1,\"status\":\"P\"},"
            "{\"id\":\"e\",\"label\":\"x\",\"period\":\"2024\",\"value\":1,\"status\":\"E\"},"
            "{\"id\":\"of_p\",\"label\":\"x\",\"derive\":\"p / 2\"},"
            "{\"id\":\"d\",\"label\":\"x\",\"derive\":\"%s\"}]}",
            cases[i].expression);
        bp_data *data = parse(json);
        ck_assert_int_eq(bp_data_find_indicator(data, "d")->observations[0].status,
                         cases[i].status);
        bp_data_free(data);
    }
}
END_TEST

#define MONTHS                                                                                     \
    "{\"indicators\":[{\"id\":\"m\",\"label\":\"x\",\"observations\":["                            \
    "{\"period\":\"2024-11\",\"value\":4},{\"period\":\"2025-01\",\"value\":1},"                   \
    "{\"period\":\"2025-02\",\"value\":7,\"status\":\"P\"}]},"                                     \
    "{\"id\":\"d\",\"label\":\"x\",\"derive\":{\"period\":\"2025\",\"expression\":\"%s\"}}]}"

START_TEST(functions_of_all_observations_and_of_a_range)
{
    static const struct {
        const char *expression;
        double value;
        char status;
    } cases[] = {{"sum(m)", 12, 'P'},
                 {"mean(m)", 4, 'P'},
                 {"min(m)", 1, 'P'},
                 {"max(m)", 7, 'P'},
                 {"count(m)", 3, 'P'},
                 {"mean(m[2024-11..2025-01])", 2.5, 'A'},
                 {"sum(m[ 2024 .. 2025 ])", 12, 'P'},
                 {"sum(m[2024..2024])", 4, 'A'},
                 {"sum(m[2025])", 8, 'P'},
                 {"mean(m[2025-01])", 1, 'A'},
                 {"count(m[2020..2021]) + m[2025-01]", 1, 'A'}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[900];
        (void)snprintf(json, sizeof json, MONTHS, cases[i].expression);
        bp_data *data = parse(json);
        const bp_indicator *made = bp_data_find_indicator(data, "d");
        ck_assert_msg(made->observations[0].value == cases[i].value, "%s: %g", cases[i].expression,
                      made->observations[0].value);
        ck_assert_int_eq(made->observations[0].status, cases[i].status);
        bp_data_free(data);
    }
}
END_TEST

START_TEST(ranges_that_hold_nothing_or_stand_alone_are_faults)
{
    static const struct {
        const char *expression, *text;
    } cases[] = {
        {"mean(m[2020..2021])",
         "at character 6: \"m\" has no value in \"2020..2021\"; it has 2024-11, 2025-01, 2025-02"},
        {"m[2024..2025]",
         "at character 1: a range of periods is for one of sum, mean, min, max and "
         "count, as in mean(m[2024..2025])"},
        {"mean(d)", "the derivation goes in a circle: d -> d"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[900];
        bp_faults faults = {0};
        bp_error err = {0};
        (void)snprintf(json, sizeof json, MONTHS, cases[i].expression);
        ck_assert_ptr_null(bp_data_parse("t.json", json, strlen(json), &faults, &err));
        ck_assert_msg(strstr(err.text, cases[i].text) != NULL, "%s", err.text);
        bp_faults_clear(&faults);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("derive");
    TCase *all = tcase_create("all");
    suite_add_tcase(suite, all);
    tcase_add_test(all, a_derived_value_has_the_status_of_its_inputs);
    tcase_add_test(all, functions_of_all_observations_and_of_a_range);
    tcase_add_test(all, ranges_that_hold_nothing_or_stand_alone_are_faults);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
