/* What data.c makes of files that have not come, or not yet. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "data/data.h"

/* A file in a folder of the test's own. */
static char folder[64], path[128];

static const char *put_file(const char *name, const char *bytes)
{
    strcpy(folder, "/tmp/bp-data-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, strlen(bytes), file), strlen(bytes));
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

/* A file that is late is not a file that is wrong. */
static const struct {
    const char *name, *table, *bytes, *text;
    bp_code code;
} late_cases[] = {
    {"a.json", NULL, "", "is empty; the data may not have been delivered yet", BP_ERR_NO_DATA},
    {"a.json", NULL, " \n\t\n", "is empty; the data may not have been delivered yet",
     BP_ERR_NO_DATA},
    {"a.csv", NULL, "", "is empty; the data may not have been delivered yet", BP_ERR_NO_DATA},
    {"a.csv", "t", "", "is empty; the data may not have been delivered yet", BP_ERR_NO_DATA},
    {"a.csv", "t", "a,b\n\n", "has a header and no rows; the data may not have been delivered yet",
     BP_ERR_NO_DATA},
    {"a.csv", "t", "a,\"b\nc\"",
     "has a header and no rows; the data may not have been delivered yet", BP_ERR_NO_DATA},
    {"a.json", NULL, "{\"dataset\":{\"id\":\"d\",\"title\":\"D\",\"languages\":[\"en\"]}}", NULL,
     BP_OK},
    {"a.json", NULL,
     "{\"dataset\":{\"id\":\"d\",\"title\":\"D\",\"languages\":[\"en\"]},\"indicators\":[]}",
     "holds no indicator, no row and no statement; the data may not have been delivered yet",
     BP_ERR_NO_DATA},
    {"a.json", NULL, "{\"tables\":[{\"id\":\"t\",\"columns\":[\"a\"],\"rows\":[]}]}",
     "holds no indicator, no row and no statement; the data may not have been delivered yet",
     BP_ERR_NO_DATA},
    {"a.json", NULL, "{", NULL, BP_ERR_DATA},
    {"a.csv", "t", "a,a\n", NULL, BP_ERR_DATA},
    {"a.csv", "t", "a\n1\n", NULL, BP_OK},
};

START_TEST(what_was_not_delivered_is_no_data)
{
    bp_faults faults = {0};
    bp_error err = {0};
    bp_data_input input = {.table = late_cases[_i].table,
                           .path = put_file(late_cases[_i].name, late_cases[_i].bytes)};
    bp_data *data = bp_data_load(&input, 1, &faults, &err);
    ck_assert_int_eq(err.code, late_cases[_i].code);
    ck_assert((data != NULL) == (err.code == BP_OK));
    if (late_cases[_i].text != NULL) {
        ck_assert_str_eq(err.text, late_cases[_i].text);
        ck_assert_str_eq(err.place, input.path);
        ck_assert_uint_eq(bp_faults_count(&faults), 1);
    }
    bp_faults_clear(&faults);
    bp_data_free(data);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("delivered");
    tcase_add_loop_test(tests, what_was_not_delivered_is_no_data, 0,
                        sizeof late_cases / sizeof late_cases[0]);
    return run_suite("delivered", tests);
}
