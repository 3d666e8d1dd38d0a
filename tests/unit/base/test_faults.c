/* The list of faults: what it keeps, and in which order it can be told. */
#include <stdio.h>
#include <string.h>

#include "base/faults.h"
#include "suite.h"

START_TEST(sorted_faults_follow_file_line_and_column)
{
    static const char *const given[] = {"b.lua:2",    "a.lua:10", "a.lua:9",    "",
                                        "a.lua:9:12", "a.lua",    "a.lua:9:3",  "a.lua.lua:1",
                                        "a.lua:9",    "C:x:7",    "a.lua:9999", "a.lua:1234567890"};
    static const char *const wanted[] = {
        "",           "C:x:7",    "a.lua",      "a.lua:9",     "a.lua:9",          "a.lua:9:3",
        "a.lua:9:12", "a.lua:10", "a.lua:9999", "a.lua.lua:1", "a.lua:1234567890", "b.lua:2"};
    bp_faults faults = {0};
    size_t count = sizeof given / sizeof given[0];
    for (size_t i = 0; i < count; i++)
        bp_faults_add(&faults, BP_ERR_FINDINGS, given[i], "%zu", i);
    bp_faults_sort(&faults);
    ck_assert_uint_eq(bp_faults_count(&faults), count);
    for (size_t i = 0; i < count; i++)
        ck_assert_str_eq(bp_faults_at(&faults, i)->place, wanted[i]);
    bp_faults_clear(&faults);
}
END_TEST

START_TEST(faults_of_one_place_stay_as_they_came)
{
    bp_faults faults = {0};
    bp_faults_sort(&faults); /* None. */
    for (int i = 0; i < 100; i++)
        bp_faults_add(&faults, BP_OK, i % 2 ? "a:2" : "a:1", "%d", i);
    bp_faults_sort(&faults);
    for (int i = 0; i < 50; i++) {
        char text[16];
        (void)snprintf(text, sizeof text, "%d", 2 * i);
        ck_assert_str_eq(bp_faults_at(&faults, (size_t)i)->text, text);
        (void)snprintf(text, sizeof text, "%d", 2 * i + 1);
        ck_assert_str_eq(bp_faults_at(&faults, (size_t)i + 50)->text, text);
    }
    bp_faults_clear(&faults);
}
END_TEST

START_TEST(faults_past_the_most_are_counted)
{
    bp_faults faults = {0};
    for (int i = 0; i < BP_FAULTS_MOST + 3; i++)
        bp_faults_add(&faults, BP_OK, "a:1", "x");
    ck_assert_uint_eq(bp_faults_count(&faults), BP_FAULTS_MOST);
    ck_assert_uint_eq(faults.dropped, 3);
    bp_faults_clear(&faults);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("faults");
    tcase_add_test(tests, sorted_faults_follow_file_line_and_column);
    tcase_add_test(tests, faults_of_one_place_stay_as_they_came);
    tcase_add_test(tests, faults_past_the_most_are_counted);
    return run_suite("faults", tests);
}
