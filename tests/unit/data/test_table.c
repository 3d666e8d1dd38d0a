/* Tables and observations from CSV and NDJSON: types, quoting, faults in their place, and speed. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "data/data.h"

static char path[64];

static void put_bytes(const char *bytes, size_t length)
{
    strcpy(path, "/tmp/bp-table-XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes, length), (ssize_t)length);
    ck_assert_int_eq(close(fd), 0);
}

/* Loads a JSON file (may be NULL) and `bytes` as the table "t". */
static bp_data *load_table(const char *json, const char *bytes, size_t length, bp_faults *faults,
                           bp_error *err)
{
    char declared[64] = "/tmp/bp-table-XXXXXX";
    bp_data_input inputs[2];
    size_t count = 0;
    put_bytes(bytes, length);
    inputs[count++] = (bp_data_input){.table = "t", .path = path};
    if (json != NULL) {
        int fd = mkstemp(declared);
        ck_assert_int_eq(write(fd, json, strlen(json)), (ssize_t)strlen(json));
        ck_assert_int_eq(close(fd), 0);
        inputs[count++] = (bp_data_input){.path = declared};
    }
    bp_data *data = bp_data_load(inputs, count, faults, err);
    unlink(path);
    if (json != NULL)
        unlink(declared);
    return data;
}

/* The table as text: columns with their types, then rows; "~" is an empty cell. */
static void put_table(const bp_table *table, bp_buf *out)
{
    size_t columns = bp_table_column_count(table);
    for (size_t i = 0; i < columns; i++)
        ck_assert(bp_buf_format(out, "%s%s:%c", i ? "|" : "", bp_table_column(table, i)->id,
                                "tndb"[bp_table_column(table, i)->type]));
    for (size_t row = 0; row < bp_table_row_count(table); row++)
        for (size_t i = 0; i < columns; i++) {
            const char *text = NULL;
            double number = 0;
            ck_assert(bp_buf_char(out, i ? '|' : '\n'));
            if (!bp_table_cell(table, row, i, "en", &text, &number))
                ck_assert(bp_buf_char(out, '~'));
            else
                ck_assert(text ? bp_buf_text(out, text) : bp_buf_format(out, "%.15g", number));
        }
}

static const struct {
    const char *json, *bytes, *table;
} good_cases[] = {
    {NULL, "a,b\n1,x\n", "a:n|b:t\n1|x"},
    {NULL, "a,b\r\n1,x\r\n2,y", "a:n|b:t\n1|x\n2|y"},
    {NULL,
     "\xEF\xBB\xBF"
     "a,b\n1,\n,2\n",
     "a:n|b:n\n1|~\n~|2"},
    {NULL, "a\n\n1\n\n", "a:n\n1"},
    {NULL, "a,b\n\"x, y\",\"say \"\"no\"\"\"\n\"\",\"two\nlines\"\n",
     "a:t|b:t\nx, y|say \"no\"\n~|two\nlines"},
    {NULL, "zip\n007\n123\n", "zip:t\n007\n123"},
    {NULL, "code\n91110302MA0123456X\n911103020123456789\n",
     "code:t\n91110302MA0123456X\n911103020123456789"},
    {NULL, "code\n911103020123456789\n", "code:t\n911103020123456789"},
    {NULL, "n\n1\n-2.5\n1e3\n0.1\n", "n:n\n1\n-2.5\n1000\n0.1"},
    {NULL, "n\n1\nx\n", "n:t\n1\nx"},
    {NULL, "d\n2022-09-03\n2022-10\n", "d:d\n2022-09-03\n2022-10"},
    {NULL, "d\n2022-02-30\n", "d:t\n2022-02-30"},
    {NULL, "b\ntrue\nfalse\n\n", "b:b\n1\n0"},
    {NULL, "b\ntrue\nyes\n", "b:t\ntrue\nyes"},
    {NULL, "名称,数\n亦庄,1\n", "名称:t|数:n\n亦庄|1"},
    {"{\"tables\":[{\"id\":\"t\",\"columns\":[{\"id\":\"a\",\"type\":\"text\"},\"b\"]}]}",
     "b,a\n1,2\n", "a:t|b:n\n2|1"},
    {"{\"tables\":[{\"id\":\"t\",\"rows\":[{\"old\":1}]}]}", "a\n1\n", "a:n\n1"},
    {NULL, "{\"a\":1,\"b\":\"x\"}\n{\"b\":\"y\",\"c\":true}\r\n\n{\"a\":null}",
     "a:n|b:t|c:b\n1|x|~\n~|y|1\n~|~|~"},
    {NULL, "{\"a\":{\"en\":\"one\",\"zh\":\"一\"},\"d\":\"2022-01\"}\n", "a:t|d:d\none|2022-01"},
    {NULL, "{\"a\":\"\\u0041\\n\"}\n{\"a\":\"\"}\n", "a:t\nA\n\n"},
    {NULL, "{\"a\":\"2022-01-01\"}\n{\"a\":\"x\"}\n", "a:t\n2022-01-01\nx"},
    /* A late row that changes a type: what came before is as it was written. */
    {NULL, "a,b,c\n1.50,true,2021-01\n007,true,2021-02\n1e2,true,2021\n,no,\n",
     "a:t|b:t|c:t\n1.50|true|2021-01\n007|true|2021-02\n1e2|true|2021\n~|no|~"},
    {NULL, "{\"a\":\"2022-01-01\",\"b\":1.50}\n{\"c\":{\"en\":\"x\"},\"a\":\"y\"}\n{\"b\":2}\n",
     "a:t|b:n|c:t\n2022-01-01|1.5|~\ny|~|x\n~|2|~"},
    {NULL, "a,b\n,x\n,y\n3,x\n", "a:n|b:t\n~|x\n~|y\n3|x"},
    {"{\"tables\":[{\"id\":\"t\",\"columns\":[\"a\",\"b\"],\"rows\":[[1,2],[3,4]]}]}", "a,b\nx,\n",
     "a:t|b:t\nx|~"},
};

START_TEST(cells_are_typed_by_all_rows)
{
    bp_error err = {0};
    bp_buf found = {0};
    const char *bytes = good_cases[_i].bytes;
    bp_data *data = load_table(good_cases[_i].json, bytes, strlen(bytes), NULL, &err);
    ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
    put_table(bp_data_find_table(data, "t"), &found);
    ck_assert_str_eq(found.bytes, good_cases[_i].table);
    bp_buf_clear(&found);
    bp_data_free(data);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const char declared[] =
    "{\"tables\":[{\"id\":\"t\",\"columns\":[{\"id\":\"name\",\"type\":\"text\"},{\"id\":\"n\","
    "\"type\":\"number\"},"
    "{\"id\":\"day\",\"type\":\"date\"},{\"id\":\"ok\",\"type\":\"boolean\"}]}]}";

static const struct {
    const char *json, *bytes, *faults;
} bad_cases[] = {
    {NULL, "a,a\n", "1:3: the heading \"a\" stands twice"},
    {NULL, "a,,b\n", "1:3: the heading is empty"},
    {NULL, "a,b\n1\n1,2,3\n",
     "2:1: expected 2 fields as in the header, found 1\n3:1: expected 2 fields as in the header, "
     "found 3"},
    {NULL, "a,b\nx\"y,1\n",
     "2:2: a quote inside a field; quote the whole field and double the quotes in it"},
    {NULL, "a,b\n\"x\"y,1\n",
     "2:4: expected a comma or the end of the line after the closing quote"},
    {NULL, "a,b\n1,\"x\n\n", "2:3: the quote that opens here is never closed"},
    {NULL, "a\n北京\x01\n", "2:3: the control character U+0001 is not allowed"},
    {NULL, "a\nx\xFFy\n", "2:2: the byte 0xFF is not UTF-8"},
    {NULL, "a\rb\n", "1:2: the control character U+000D is not allowed"},
    {declared, "name,n,day,ok\n\"two\nlines\",x,2022,yes\n",
     "3:8: n: expected a number, found \"x\"\n3:10: day: expected a date such as 2022-09-03 or "
     "2022-09, found \"2022\"\n"
     "3:15: ok: expected true or false, found \"yes\""},
    {declared, "name,m,day,ok\n", "1:6: the table \"t\" has no column \"m\"; did you mean \"n\"?"},
    {declared, "name,n\nx,1\n", "1:1: the column \"day\" is missing"},
    {declared, "{\"name\":\"x\",\"n\":\"1\",\"dya\":1}\n",
     "1:17: n: expected a number, found \"1\"\n1:21: the table \"t\" has no column \"dya\"; did "
     "you mean \"day\"?"},
    {NULL, "{\"a\":1}\n{\"a\":\"x\"}\n",
     "2:6: a: expected a number as in the rows before, found \"x\""},
    {NULL, "{\"a\":1}\n[1]\n", "2:1: expected an object, found a list"},
    {NULL, "{\"a\":1}\n2\n", "2:1: expected an object on each line"},
    {NULL, "{\"a\":[1]}\n", "1:6: a: expected a cell: a text, a number, true, false or null"},
    {NULL, "{\"a\":{\"English\":\"x\"}}\n",
     "1:7: a: expected a language such as en, zh or de-CH\n1:6: a: expected at least one language"},
    {NULL, "{\"a\":1}\n{\"a\":1\n",
     "2:7: expected ',' or '}', found the end of the text; what line 2 opens is not closed"},
    {NULL, "{\"a\":1,\"a\":2}\n", "1:8: the member \"a\" is given twice; first in line 1"},
};

START_TEST(bad_rows_name_their_place)
{
    bp_error err = {0};
    bp_faults faults = {0};
    bp_buf found = {0};
    const char *bytes = bad_cases[_i].bytes;
    bp_data *data = load_table(bad_cases[_i].json, bytes, strlen(bytes), &faults, &err);
    ck_assert_ptr_null(data);
    for (size_t i = 0; i < bp_faults_count(&faults); i++)
        ck_assert(bp_buf_format(&found, "%s%s: %s", i ? "\n" : "",
                                bp_faults_at(&faults, i)->place + strlen(path) + 1,
                                bp_faults_at(&faults, i)->text));
    ck_assert_str_eq(found.bytes, bad_cases[_i].faults);
    bp_buf_clear(&found);
    bp_faults_clear(&faults);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *csv, *faults;
} bad_observations[] = {
    {"id,value\na,1\n", "1:1: the heading \"period\" is missing"},
    {"id;period;value\n", "1:1: expected commas between the headings, found semicolons"},
    {"id,perid,value\n", "1:4: unknown heading \"perid\"; did you mean \"period\"?"},
    {"id,period,value,unit\n", "1:17: unknown heading \"unit\"; known are id, period, value, "
                               "qualifier, status, source, locator"},
    {"id,period,value\na,2021,\n,2021,1\na,21,1e999\n",
     "2:8: value: expected a number such as 1748 or 34.8, found an empty field\n"
     "3:1: id: expected an indicator's id, found an empty field\n"
     "4:3: period: expected a period such as 2021, 2021-Q3 or 2021-12-31, found \"21\"\n"
     "4:6: value: expected a number such as 1748 or 34.8, found \"1e999\""},
    {"id,period,value,status,qualifier\na,2021,\"1,748\",X,over\n",
     "2:8: value: expected a number such as 1748 or 34.8, found \"1,748\"\n2:16: status: expected "
     "A, E or P, found \"X\"\n"
     "2:18: qualifier: expected exact, more_than, at_least or about, found \"over\""},
    {"id,period,value\nab,2021,1\n", "2:1: no indicator \"ab\"; did you mean \"a\"?"},
    {"id,period,value,source\na,2021,1,s\n", "2:10: source: no source \"s\""},
};

START_TEST(bad_observations_name_their_place)
{
    bp_error err = {0};
    bp_faults faults = {0};
    bp_buf found = {0};
    char json[64] = "/tmp/bp-table-XXXXXX";
    static const char text[] =
        "{\"indicators\":[{\"id\":\"a\",\"label\":\"x\",\"period\":\"2020\",\"value\":1}]}";
    int fd = mkstemp(json);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    ck_assert_int_eq(close(fd), 0);
    put_bytes(bad_observations[_i].csv, strlen(bad_observations[_i].csv));
    bp_data_input inputs[] = {{.path = path}, {.path = json}};
    ck_assert_ptr_null(bp_data_load(inputs, 2, &faults, &err));
    for (size_t i = 0; i < bp_faults_count(&faults); i++)
        ck_assert(bp_buf_format(&found, "%s%s: %s", i ? "\n" : "",
                                bp_faults_at(&faults, i)->place + strlen(path) + 1,
                                bp_faults_at(&faults, i)->text));
    unlink(path);
    unlink(json);
    ck_assert_str_eq(found.bytes, bad_observations[_i].faults);
    bp_buf_clear(&found);
    bp_faults_clear(&faults);
}
END_TEST

START_TEST(fifty_thousand_rows_stay_small)
{
    bp_mem = (bp_mem_probe){0};
    bp_buf csv = {0};
    bp_error err = {0};
    ck_assert(bp_buf_text(&csv, "id,name,field,staff,revenue,since\n"));
    for (int i = 0; i < 50000; i++)
        ck_assert(bp_buf_format(&csv,
                                "E%05d,\"Enterprise no. %d, Ltd\",Biotech,%d,%d.%d,20%02d-0%d-15\n",
                                i, i, i % 977, i * 3, i % 10, i % 22, i % 9 + 1));
    size_t text = csv.length;
    put_bytes(csv.bytes, csv.length);
    bp_buf_clear(&csv);
    bp_data_input input = {.table = "t", .path = path};
    bp_data *data = bp_data_load(&input, 1, NULL, &err);
    unlink(path);
    ck_assert_msg(data != NULL, "%s", err.text);
    const bp_table *table = bp_data_find_table(data, "t");
    double number = 0;
    ck_assert_uint_eq(bp_table_row_count(table), 50000);
    ck_assert(bp_table_cell(table, 49999, 4, NULL, NULL, &number));
    ck_assert_double_eq(number, 149997.9);
    ck_assert_uint_lt(bp_mem.bytes, text * 7 / 8);
    ck_assert_int_lt(bp_mem.live, 40);
    ck_assert_int_lt(bp_mem.asked, 200); /* It is read once, and blocks double. */
    bp_data_free(data);
}
END_TEST

START_TEST(texts_that_repeat_stand_in_memory_once)
{
    bp_buf csv = {0};
    bp_error err = {0};
    static const char *const sectors[] = {"Information technology", "Biomedicine", "Energy"};
    ck_assert(bp_buf_text(&csv, "name,sector\n"));
    for (int i = 0; i < 3000; i++)
        ck_assert(bp_buf_format(&csv, "Enterprise no. %d,%s\n", i, sectors[i % 3]));
    put_bytes(csv.bytes, csv.length);
    bp_buf_clear(&csv);
    bp_data_input input = {.table = "t", .path = path};
    bp_data *data = bp_data_load(&input, 1, NULL, &err);
    unlink(path);
    ck_assert_msg(data != NULL, "%s", err.text);
    const bp_table *table = bp_data_find_table(data, "t");
    const char *first = NULL, *text = NULL;
    size_t again = 0;
    ck_assert(bp_table_cell(table, 0, 1, NULL, &first, NULL));
    for (size_t row = 0; row < 3000; row++) {
        ck_assert(bp_table_cell(table, row, 1, NULL, &text, NULL));
        ck_assert_str_eq(text, sectors[row % 3]);
        again += text == first;
        char name[40];
        (void)snprintf(name, sizeof name, "Enterprise no. %d", (int)row);
        ck_assert(bp_table_cell(table, row, 0, NULL, &text, NULL));
        ck_assert_str_eq(text, name);
    }
    ck_assert_uint_gt(again, 900);
    bp_data_free(data);
}
END_TEST

START_TEST(refused_memory_is_an_error_and_leaks_nothing)
{
    static const char *const texts[] = {"a,b\n1,\"x\"\"y\"\n2,z\n",
                                        "a,b\n1,1\n200,x\n0.5,2\n70000,3\n1e-9,4\n",
                                        "{\"a\":{\"en\":\"x\"},\"b\":\"\\u0041\"}\n{\"c\":1}\n"};
    for (int t = 0; t < 3; t++)
        for (int sticks = 0; sticks < 2; sticks++)
            for (long n = 1;; n++) {
                bp_error err = {0};
                bp_mem = (bp_mem_probe){.fail_at = n, .fail_on = sticks};
                bp_data *data = load_table(NULL, texts[t], strlen(texts[t]), NULL, &err);
                bp_data_free(data);
                ck_assert_int_eq(bp_mem.live, 0);
                if (bp_mem.refused == 0)
                    break;
                ck_assert_msg(err.code == BP_ERR_MEMORY, "block %ld: %s", n, err.text);
            }
}
END_TEST

START_TEST(a_table_needs_a_good_name)
{
    bp_error err = {0};
    put_bytes("a\n1\n", 4);
    bp_data_input input = {.table = "t x", .path = path};
    ck_assert_ptr_null(bp_data_load(&input, 1, NULL, &err));
    unlink(path);
    ck_assert_int_eq(err.code, BP_ERR_USAGE);
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof((list)[0]))

int main(void)
{
    Suite *suite = suite_create("table");
    TCase *tests = tcase_create("table");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, cells_are_typed_by_all_rows, 0, COUNT(good_cases));
    tcase_add_loop_test(tests, bad_rows_name_their_place, 0, COUNT(bad_cases));
    tcase_add_loop_test(tests, bad_observations_name_their_place, 0, COUNT(bad_observations));
    tcase_add_test(tests, fifty_thousand_rows_stay_small);
    tcase_add_test(tests, texts_that_repeat_stand_in_memory_once);
    tcase_add_test(tests, refused_memory_is_an_error_and_leaks_nothing);
    tcase_add_test(tests, a_table_needs_a_good_name);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
