/* What a check says of data that is right: missing translations and values from nowhere. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/data.h"
#include "data/review.h"

static const char head[] =
    "{\"dataset\": {\"id\": \"x\", \"title\": {\"en\": \"X\", \"de\": \"Iks\"}, "
    "\"languages\": [\"en\", \"de\"]},\n";

/* Each stands on line 2 behind `head`; `said` is all that is to be found, "" nothing. */
static const struct {
    const char *json, *place, *said;
} cases[] = {
    {"\"sources\": [{\"id\": \"s\", \"title\": {\"en\": \"S\", \"de\": \"S\"}}]}", "", ""},
    {"\"sources\": [{\"id\": \"s\", \"title\": \"S\"}]}", "", ""},
    {"\"sources\": [{\"id\": \"s\", \"title\": {\"de\": \"S\"}}]}", "t.json:2:41",
     "the title of the source \"s\" has no text in \"en\""},
    {"\"sources\": [{\"id\": \"s\", \"title\": {\"de-CH\": \"S\", \"en-GB\": \"S\"}}]}", "", ""},
    {"\"event\": {\"name\": \"E\", \"start\": \"2025-03-01\", \"speakers\": [{\"name\": \"A\", "
     "\"role\": "
     "{\"en\": \"Warden\"}}]}}",
     "t.json:2:", "the role of a speaker has no text in \"de\""},
    {"\"themes\": [{\"id\": \"t\", \"title\": \"T\", \"summary\": {\"en\": \"S\"}}]}",
     "t.json:2:", "the summary of the theme \"t\" has no text in \"de\""},
    {"\"indicators\": [{\"id\": \"a\", \"label\": \"A\", \"period\": \"2024\", \"value\": 1}]}",
     "t.json:2:", "the value of \"a\" for 2024 names no source"},
    {"\"sources\": [{\"id\": \"s\", \"title\": \"S\"}], \"indicators\": [{\"id\": \"a\", "
     "\"label\": "
     "\"A\", \"source\": \"s\", \"locator\": {\"en\": \"page 1\"}, \"observations\": [{\"period\": "
     "\"2023\", \"value\": 1}, {\"period\": \"2024\", \"value\": 2}]}]}",
     "t.json:2:", "the locator of the indicator \"a\" has no text in \"de\""},
    {"\"sources\": [{\"id\": \"s\", \"title\": \"S\"}], \"indicators\": [{\"id\": \"a\", "
     "\"label\": "
     "\"A\", \"source\": \"s\", \"period\": \"2024\", \"value\": 1, \"unit\": {\"one\": {\"en\": "
     "\"u\", \"de\": \"u\"}, \"other\": {\"de\": \"u\"}}}, {\"id\": \"b\", \"label\": \"B\", "
     "\"derive\": \"a * 2\"}]}",
     "t.json:2:", "the unit of the indicator \"a\" has no text in \"en\""},
    {"\"policies\": [{\"id\": \"p\", \"title\": \"P\"}]}",
     "t.json:2:", "the policy \"p\" names no source"},
    {"\"checks\": [{\"id\": \"c\", \"expression\": \"1 == 1\", \"text\": {\"en\": \"C\"}}]}",
     "t.json:2:", "the text of the check \"c\" has no text in \"de\""},
    {"\"tables\": [{\"id\": \"t\", \"columns\": [{\"id\": \"n\", \"title\": {\"en\": \"N\"}}], "
     "\"rows\": [[\"x\"]]}]}",
     "t.json:2:", "the title of a column of the table \"t\" has no text in \"de\""},
    {"\"tables\": [{\"id\": \"t\", \"columns\": [\"n\"], \"rows\": [[{\"en\": \"N\"}], [\"S\"]]}]}",
     "t.json:2:59", "a cell of the table \"t\" has no text in \"de\""},
};

START_TEST(each_gap_is_found_once_with_its_place)
{
    char json[1024];
    strcpy(json, head);
    strcat(json, cases[_i].json);
    bp_faults faults = {0};
    bp_error err = {0};
    bp_data *data = bp_data_parse("t.json", json, strlen(json), &faults, &err);
    ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
    bp_data_review(data, &faults);
    ck_assert_uint_eq(bp_faults_count(&faults), cases[_i].said[0] != '\0');
    if (cases[_i].said[0] != '\0') {
        const bp_fault *found = bp_faults_at(&faults, 0);
        ck_assert_int_eq(found->code, BP_OK);
        ck_assert_msg(strncmp(found->place, cases[_i].place, strlen(cases[_i].place)) == 0, "%s",
                      found->place);
        ck_assert_msg(strncmp(found->text, cases[_i].said, strlen(cases[_i].said)) == 0, "%s",
                      found->text);
    }
    bp_faults_clear(&faults);
    bp_data_free(data);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(a_later_input_fills_the_gap)
{
    static const char first[] =
        "{\"dataset\": {\"id\": \"x\", \"title\": \"X\", \"languages\": [\"en\", \"de\"]},"
        "\"indicators\": [{\"id\": \"a\", \"label\": {\"en\": \"A\"}, \"period\": \"2024\", "
        "\"value\": 1}]}";
    static const char second[] =
        "{\"sources\": [{\"id\": \"s\", \"title\": \"S\"}], \"indicators\": [{\"id\": \"a\", "
        "\"label\": {\"en\": \"A\", \"de\": \"A\"}, \"source\": \"s\", \"period\": "
        "\"2024\", \"value\": 2}]}";
    const bp_data_bytes inputs[] = {{NULL, "1.json", first, sizeof first - 1},
                                    {NULL, "2.json", second, sizeof second - 1}};
    for (size_t count = 1; count <= 2; count++) {
        bp_faults faults = {0};
        bp_error err = {0};
        bp_data *data = bp_data_load_bytes(inputs, count, &faults, &err);
        ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
        bp_data_review(data, &faults);
        ck_assert_uint_eq(bp_faults_count(&faults), count == 1 ? 2 : 0);
        bp_faults_clear(&faults);
        bp_data_free(data);
    }
}
END_TEST

START_TEST(a_given_value_beside_a_derived_one_is_given)
{
    static const char json[] =
        "{\"dataset\": {\"id\": \"x\", \"title\": \"X\"}, \"indicators\": [{\"id\": \"a\", "
        "\"label\": \"A\", \"observations\": [{\"period\": \"2024\", \"value\": 8}], "
        "\"derive\": {\"expression\": \"a[2024] / 2\", \"period\": \"2023\"}}]}";
    bp_error err = {0};
    bp_data *data = bp_data_parse("t.json", json, sizeof json - 1, NULL, &err);
    ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
    const bp_indicator *a = bp_data_find_indicator(data, "a");
    ck_assert_uint_eq(a->observation_count, 2);
    ck_assert(a->observations[0].is_derived);
    ck_assert(!a->observations[1].is_derived);
    bp_data_free(data);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("review");
    TCase *tests = tcase_create("review");
    tcase_add_loop_test(tests, each_gap_is_found_once_with_its_place, 0,
                        (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tests, a_later_input_fills_the_gap);
    tcase_add_test(tests, a_given_value_beside_a_derived_one_is_given);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
