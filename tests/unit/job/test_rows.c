/* Rows of a batch: what each source gives, bad rows beside good ones, sources that break, bounds.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "job/rows.h"

static char path[64];

static void put_file(const char *ending, const char *bytes, size_t length)
{
    (void)snprintf(path, sizeof path, "/tmp/bp-rows-XXXXXX%s", ending);
    int fd = mkstemps(path, (int)strlen(ending));
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes, length), (ssize_t)length);
    ck_assert_int_eq(close(fd), 0);
}

/* Places without the name of the file, which is another one each time. */
static const char *short_place(const char *place)
{
    return strncmp(place, path, strlen(path)) == 0 ? place + strlen(path) : place;
}

/* All rows as text, one a line: "NUMBER PLACE ID KEY=VALUE ..." or "NUMBER PLACE ID ! PLACE: TEXT";
 * what ends it, and the warnings. */
static void put_rows(const bp_rows_source *source, bp_buf *out)
{
    bp_error err = {0};
    bp_faults warnings = {0};
    bp_row row;
    bp_rows *rows = bp_rows_open(source, &warnings, &err);
    while (rows != NULL && bp_rows_next(rows, &row, &err)) {
        ck_assert(bp_buf_format(out, "%zu %s [%s]", row.number, short_place(row.place), row.id));
        for (size_t i = 0; i < row.count; i++)
            ck_assert(bp_buf_format(out, " %s=%s", row.values[i].key, row.values[i].value));
        if (row.bad.code != BP_OK)
            ck_assert(bp_buf_format(out, " ! %s: %s", short_place(row.bad.place), row.bad.text));
        ck_assert(bp_buf_char(out, '\n'));
    }
    if (err.code != BP_OK)
        ck_assert(bp_buf_format(out, "%s: %s: %s\n", bp_code_name(err.code), short_place(err.place),
                                err.text));
    for (size_t i = 0; i < bp_faults_count(&warnings); i++)
        ck_assert(bp_buf_format(out, "warning: %s: %s\n",
                                short_place(bp_faults_at(&warnings, i)->place),
                                bp_faults_at(&warnings, i)->text));
    ck_assert(out->bytes != NULL || bp_buf_text(out, ""));
    bp_rows_close(rows);
    bp_faults_clear(&warnings);
}

static const struct {
    const char *ending, *bytes, *rows;
} cases[] = {
    {".ndjson", "{\"id\":7,\"name\":\"A\"}\n\n{\"id\":\"b\",\"name\":\"B \\u00e9\"}",
     "1 :1 [7] id=7 name=A\n2 :3 [b] id=b name=B \xC3\xA9\n"},
    {".jsonl", "{\"id\":1,\"x\":0.10,\"y\":-1e3,\"t\":true,\"f\":false,\"n\":null}\r\n",
     "1 :1 [1] id=1 x=0.10 y=-1e3 t=true f=false\n"},
    {".ndjson", "", ""},
    {".ndjson", "\n \n", ""},
    /* Bad rows, each told where it is bad; those around are read. */
    {".ndjson", "{\"id\":1}\n{\"id\":2,}\n[3]\n{\"id\":3}\n",
     "1 :1 [1] id=1\n"
     "2 :2 [] ! :2:9: expected a member name in quotes, found '}'; the comma before it is one too "
     "many\n"
     "3 :3 [] ! :3:1: expected a row, which is an object, found a list\n"
     "4 :4 [3] id=3\n"},
    {".ndjson", "{\"id\":1,\"a\":[1,2]}\n{\"id\":2,\"a\":{\"en\":\"x\"}}\n{\"id\":true}\n",
     "1 :1 [1] ! :1:13: the column \"a\" is a list, expected a text, a number, true, false or "
     "null: "
     "parameters are single values\n"
     "2 :2 [2] ! :2:13: the column \"a\" is an object, expected a text, a number, true, false or "
     "null: parameters are single values\n"
     "3 :3 [] ! :3:7: the column \"id\" is true or false, expected a text or a number\n"},
    {".ndjson", "{\"name\":1}\n{\"id\":\"\"}\n{\"id\":null}\n{\"id\":\"a\\nb\"}\n",
     "1 :1 [] ! :1: the column \"id\" is missing; each row needs an id of its own, from there or "
     "from the column that --id names\n"
     "2 :2 [] ! :2: the column \"id\" is empty; each row needs an id of its own, from there or "
     "from "
     "the column that --id names\n"
     "3 :3 [] ! :3: the column \"id\" is missing; each row needs an id of its own, from there or "
     "from the column that --id names\n"
     "4 :4 [] ! :4:7: the id has a control character\n"},
    /* An id that is there already: the row has none then. */
    {".ndjson", "{\"id\":\"7\"}\n{\"id\":8}\n{\"id\":7}\n{\"id\":9}\n",
     "1 :1 [7] id=7\n2 :2 [8] id=8\n3 :3 [] ! :3: the id \"7\" is given twice; first in line 1\n"
     "4 :4 [9] id=9\n"},
    {".ndjson", "{\"id\":1,\"id\":2}\n{\"id\":1}\n{\"id\":\"\xFF\"}\n{\"id\":4,\"x\":1",
     "1 :1 [] ! :1:9: the member \"id\" is given twice; first in line 1\n2 :2 [1] id=1\n"
     "3 :3 [] ! :3:8: the byte 0xFF is not UTF-8\n"
     "4 :4 [] ! :4:14: expected ',' or '}', found the end of the text; what line 4 opens is not "
     "closed\n"},
    {".ndjson", "{\"id\":911103020123456789}\n",
     "1 :1 [] ! :1:7: the whole number 911103020123456789 is above 2^53 and cannot be kept "
     "exactly; "
     "write it as a text or with an exponent\n"},
    /* CSV, as the data room has it. */
    {".csv", "id,name\r\n1,A\r\n2,\"B, \"\"b\"\"\nand c\"\r\n\r\n3,\r\n",
     "1 :2 [1] id=1 name=A\n2 :3 [2] id=2 name=B, \"b\"\nand c\n3 :6 [3] id=3\n"},
    {".csv", "\xEF\xBB\xBFid,name\n007,x", "1 :2 [007] id=007 name=x\n"},
    {".csv", "id,name\n1,A\n2\n3,C,c\n,D\n5,E\n",
     "1 :2 [1] id=1 name=A\n"
     "2 :3 [] ! :3:1: expected 2 fields as in the header, found 1\n"
     "3 :4 [] ! :4:1: expected 2 fields as in the header, found 3\n"
     "4 :5 [] ! :5: the column \"id\" is empty; each row needs an id of its own, from there or "
     "from "
     "the column that --id names\n"
     "5 :6 [5] id=5 name=E\n"},
    /* A stray quote costs its row only. */
    {".csv", "id,name\n1,\"A\n2,B\n3,say \"no\"\n4,D\n",
     "1 :2 [] ! :4:8: expected a comma or the end of the line after the closing quote\n"
     "2 :3 [2] id=2 name=B\n"
     "3 :4 [] ! :4:7: a quote inside a field; quote the whole field and double the quotes in it\n"
     "4 :5 [4] id=4 name=D\n"},
    {".csv", "id,name\n1,\"A\n2,B\n",
     "1 :2 [] ! :2:3: the quote that opens here is never closed\n2 :3 [2] id=2 name=B\n"},
    {".csv", "id,name\n", ""},
    {".csv", "\n\n", "data: :1:1: expected a header with the names of the columns\n"},
    {".csv", "id,name,id\n", "data: :1:9: the heading \"id\" stands twice\n"},
    {".csv", "id,\n", "data: :1:4: the heading is empty\n"},
    {".csv", "id;name\n1;A\n",
     "data: :1:1: the header is one column with semicolons in it; columns are parted by commas\n"},
    {".csv", "ids,name\n1,A\n",
     "data: : the rows have no column \"id\"; did you mean \"ids\"?; --id names the column that "
     "tells them apart\n"},
    /* A list. */
    {".json", "[\n  {\"id\": 1, \"a\": \"],}\\\"\"},\n\n  {\"id\": 2} , 3,{\"id\":4}\n]\n",
     "1 :2 [1] id=1 a=],}\"\n2 :4 [2] id=2\n"
     "3 :4 [] ! :4:15: expected a row, which is an object, found a number\n4 :4 [4] id=4\n"},
    {".json", "[]", ""},
    {".json", "[{\"id\":1},\n {\"\xC3\xA9\":0,\"id\":,},{\"id\":3}]",
     "1 :1 [1] id=1\n2 :2 [] ! :2:14: expected a value, found ','\n3 :2 [3] id=3\n"},
    {".json", "[{\"id\":1},]",
     "1 :1 [1] id=1\n"
     "data: :1:11: expected a row, found ']'; the comma before it is one too many\n"},
    {".json", "[{\"id\":1}\n",
     "data: :1: the row that begins here, or the list that it is of, is not closed: the text ends "
     "before\n"},
    {".json", "[{\"id\":1}] 2",
     "1 :1 [1] id=1\ndata: :1:12: expected nothing after the list of rows\n"},
    {".json", "{\"id\":1}\n",
     "data: :1:1: expected a list of rows, which begins with '['; a file of one object a line ends "
     "in .ndjson\n"},
    {".json", "", "data: :1:1: expected a list of rows, which begins with '['\n"},
    /* Files of other names, by their first character. */
    {".txt", " \n{\"id\":1}\n", "1 :2 [1] id=1\n"},
    {".txt", "[{\"id\":1}]", "1 :1 [1] id=1\n"},
    {".txt", "id\n1\n", "1 :2 [1] id=1\n"},
};

START_TEST(rows_are_read_as_they_stand)
{
    bp_rows_source source = {.path = path};
    bp_buf out = {0};
    put_file(cases[_i].ending, cases[_i].bytes, strlen(cases[_i].bytes));
    put_rows(&source, &out);
    ck_assert_str_eq(out.bytes, cases[_i].rows);
    unlink(path);
    bp_buf_clear(&out);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(columns_that_are_no_parameters_are_told_once)
{
    const char *const known[] = {"name", "region"};
    bp_rows_source source = {
        .path = path, .id_column = "key", .known = known, .known_count = 2, .has_known = true};
    static const char csv[] = "key,nmae,region,extra\n1,A,x,y\n2,B,,y\n",
                      lines[] = "{\"key\":1,\"nmae\":[2],\"region\":\"x\"}\n"
                                "{\"key\":2,\"nmae\":3,\"name\":4}\n{\"key\":3,\"postcode\":5}\n";
    bp_buf out = {0};
    put_file(".csv", csv, strlen(csv));
    put_rows(&source, &out);
    ck_assert_str_eq(out.bytes,
                     "1 :2 [1] region=x\n2 :3 [2]\n"
                     "warning: :1:5: columns are passed over, for the layout has no such "
                     "parameters: \"nmae\" (did you mean \"name\"?), \"extra\"\n");
    unlink(path);
    out.length = 0;
    put_file(".ndjson", lines, strlen(lines));
    put_rows(&source, &out);
    ck_assert_str_eq(
        out.bytes,
        "1 :1 [1] region=x\n2 :2 [2] name=4\n3 :3 [3]\n"
        "warning: :1:10: a column is passed over, for the layout has no such parameter: \"nmae\" "
        "(did you mean \"name\"?)\n"
        "warning: :3:10: a column is passed over, for the layout has no such parameter: "
        "\"postcode\"\n");
    unlink(path);
    bp_buf_clear(&out);
}
END_TEST

START_TEST(an_id_column_that_is_not_there_is_wrong_use)
{
    bp_rows_source source = {.path = path, .id_column = "nmae"};
    bp_buf out = {0};
    put_file(".csv", "id,name\n", 8);
    put_rows(&source, &out);
    ck_assert_str_eq(out.bytes,
                     "usage: : --id: the rows have no column \"nmae\"; did you mean \"name\"?\n");
    unlink(path);
    bp_buf_clear(&out);
}
END_TEST

static const char tables[] =
    "{\"dataset\":{\"id\":\"d\",\"title\":\"D\",\"languages\":[\"en\"],\"published\":\"2024-01-"
    "01\"},"
    "\"tables\":[{\"id\":\"firms\",\"columns\":[\"id\",{\"id\":\"size\",\"type\":\"number\"},"
    "{\"id\":\"old\",\"type\":\"boolean\"}],\"rows\":[[\"a\",0.1,true],[\"b\",1200000,null],"
    "[\"a\",null,false]]}]}";

START_TEST(a_table_of_the_data_is_rows)
{
    bp_faults faults = {0};
    bp_error err = {0};
    bp_data *data = bp_data_parse("d.json", tables, strlen(tables), &faults, &err);
    bp_rows_source source = {.table = "firms", .data = data};
    bp_buf out = {0};
    ck_assert_str_eq(err.text, "");
    put_rows(&source, &out);
    ck_assert_str_eq(out.bytes,
                     "1 table \"firms\", row 1 [a] id=a size=0.1 old=true\n"
                     "2 table \"firms\", row 2 [b] id=b size=1200000\n"
                     "3 table \"firms\", row 3 [] ! table \"firms\", row 3: the id \"a\" is given "
                     "twice; first in row 1\n");
    out.length = 0;
    source.table = "firm";
    put_rows(&source, &out);
    ck_assert_str_eq(out.bytes,
                     "usage: : --rows: the data has no table \"firm\"; did you mean \"firms\"?\n");
    bp_buf_clear(&out);
    bp_data_free(data);
    bp_faults_clear(&faults);
}
END_TEST

START_TEST(what_cannot_be_read_is_told)
{
    bp_error err = {0};
    bp_rows_source source = {.path = "/nowhere/rows.csv"};
    ck_assert_ptr_null(bp_rows_open(&source, NULL, &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
    err.code = BP_OK;
    source.path = "/tmp";
    ck_assert_ptr_null(bp_rows_open(&source, NULL, &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
    err.code = BP_OK;
    put_file(".csv", "\0\0id", 4);
    source.path = path;
    ck_assert_ptr_null(bp_rows_open(&source, NULL, &err));
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    unlink(path);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

/* A row of `length` bytes in all, in each of the formats, between two good ones. */
static void put_long(bp_buf *file, const char *before, const char *after, size_t length,
                     const char *last)
{
    size_t from = file->length;
    ck_assert(bp_buf_text(file, before));
    bool ok = true; /* Each claim of Check's is a write to a pipe: none in loops. */
    while (file->length - from < length - strlen(after))
        ok = bp_buf_char(file, 'x') && ok;
    ck_assert(ok);
    ck_assert(bp_buf_text(file, after) && bp_buf_text(file, last));
}

static const struct {
    const char *ending, *first, *before, *after, *last;
} long_cases[] = {
    {".ndjson", "{\"id\":1}\n", "{\"id\":\"2\",\"a\":\"", "\"}", "\n{\"id\":3}\n"},
    {".csv", "id,a\n1,\n", "2,", "", "\n3,\n"},
    {".csv", "id,a\n1,\n", "2,\"", "\"", "\n3,\n"},
    {".json", "[{\"id\":1},", "{\"id\":\"2\",\"a\":\"", "\"}", ",{\"id\":3}]"},
};

START_TEST(a_row_may_be_long_but_not_longer)
{
    for (int way = 0; way < 2; way++) {
        static const size_t lengths[2] = {BP_ROW_MOST - 8, BP_ROW_MOST + 200000};
        bp_buf file = {0};
        bp_row row;
        bp_error err = {0};
        ck_assert(bp_buf_text(&file, long_cases[_i].first));
        put_long(&file, long_cases[_i].before, long_cases[_i].after, lengths[way],
                 long_cases[_i].last);
        put_file(long_cases[_i].ending, file.bytes, file.length);
        bp_rows *rows = bp_rows_open(&(bp_rows_source){.path = path}, NULL, &err);
        ck_assert_ptr_nonnull(rows);
        ck_assert(bp_rows_next(rows, &row, &err));
        ck_assert_str_eq(row.id, "1");
        ck_assert(bp_rows_next(rows, &row, &err));
        ck_assert_uint_eq(row.number, 2);
        if (way == 0) {
            ck_assert_str_eq(row.bad.text, "");
            ck_assert_str_eq(row.id, "2");
            ck_assert_uint_gt(strlen(row.values[1].value), BP_ROW_MOST - 60);
        } else {
            ck_assert_str_eq(row.id, "");
            ck_assert_ptr_nonnull(strstr(row.bad.text, "the row has more than 1048576 bytes"));
        }
        ck_assert(bp_rows_next(rows, &row, &err));
        ck_assert_str_eq(row.id, "3");
        ck_assert(!bp_rows_next(rows, &row, &err));
        ck_assert_int_eq(err.code, BP_OK);
        bp_rows_close(rows);
        bp_buf_clear(&file);
        unlink(path);
    }
}
END_TEST

START_TEST(many_columns_make_a_bad_row)
{
    bp_buf file = {0}, out = {0};
    ck_assert(bp_buf_text(&file, "{\"id\":1"));
    for (int i = 0; i < 2000; i++)
        ck_assert(bp_buf_format(&file, ",\"c%d\":1", i));
    ck_assert(bp_buf_text(&file, "}\n"));
    put_file(".ndjson", file.bytes, file.length);
    put_rows(&(bp_rows_source){.path = path}, &out);
    ck_assert_ptr_nonnull(strstr(out.bytes, "the row has more than 1000 columns"));
    bp_buf_clear(&file);
    bp_buf_clear(&out);
    unlink(path);
}
END_TEST

/* Also where the quote is looked for in all that is read of one row. */
START_TEST(a_quote_left_open_costs_its_row)
{
    bp_buf file = {0};
    bp_row row;
    bp_error err = {0};
    size_t count = 0, bad = 0, wanted = 0;
    ck_assert(bp_buf_text(&file, "id,name\n"));
    for (; file.length < 3u << 20; wanted++)
        ck_assert(bp_buf_format(&file, "%zu,%s%1000d\n", wanted, wanted == 3 ? "\"" : "", 0));
    put_file(".csv", file.bytes, file.length);
    bp_rows *rows = bp_rows_open(&(bp_rows_source){.path = path}, NULL, &err);
    for (; bp_rows_next(rows, &row, &err); count++)
        if (row.bad.code != BP_OK) {
            ck_assert_str_eq(short_place(row.bad.place), ":5");
            ck_assert_str_eq(row.bad.text, "the row has more than 1048576 bytes, or a quote in it "
                                           "is never closed");
            bad++;
        }
    ck_assert_int_eq(err.code, BP_OK);
    ck_assert_uint_eq(bad, 1);
    ck_assert_uint_eq(count, wanted);
    bp_rows_close(rows);
    bp_buf_clear(&file);
    unlink(path);
}
END_TEST

/* What is held at the end of 100,000 rows is 16 bytes of each and what one row takes. */
START_TEST(memory_stays_flat)
{
    static const char *const endings[] = {".ndjson", ".csv", ".json"};
    bp_buf file = {0};
    bp_row row;
    bp_error err = {0};
    if (_i != 0)
        ck_assert(bp_buf_text(&file, _i == 1 ? "id,name\n" : "["));
    bool ok = true;
    for (int i = 0; i < 100000; i++)
        ok = (_i == 1 ? bp_buf_format(&file, "%d,Enterprise %d\n", i, i)
                      : bp_buf_format(&file, "%s{\"id\":%d,\"name\":\"Enterprise %d\"}\n",
                                      _i == 2 && i != 0 ? "," : "", i, i)) &&
             ok;
    ck_assert(ok && (_i != 2 || bp_buf_text(&file, "]")));
    put_file(endings[_i], file.bytes, file.length);
    bp_buf_clear(&file);
    bp_rows *rows = bp_rows_open(&(bp_rows_source){.path = path}, NULL, &err);
    size_t count = 0, done = 0, all = 0;
    bp_mem.peak = bp_mem.bytes;
    while (bp_rows_next(rows, &row, &err) && row.bad.code == BP_OK)
        count++;
    ck_assert_uint_eq(count, 100000);
    bp_rows_progress(rows, &done, &all);
    ck_assert_uint_eq(done, all);
    /* 131,072 and, while they move there, 65,536 digests; and windows. */
    ck_assert_uint_lt(bp_mem.peak, 16u * (131072 + 65536) + (512u << 10));
    bp_rows_close(rows);
    unlink(path);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const char *const swept[][2] = {
    {".ndjson", "{\"id\":1,\"a\":\"x\\n\",\"b\":2}\n{\"id\":1}\n{\"id\":3,\"n\":[]}\n{"},
    {".csv", "id,a,a2\n1,\"x\"\"\",y\n2,\n3,c,d\n4,\"\n"},
    {".json", "[{\"id\":1,\"nmae\":2},{\"id\":2},3]"},
};

START_TEST(refused_memory_is_an_error)
{
    const char *const known[] = {"a", "name"};
    bp_rows_source source = {.path = path, .known = known, .known_count = 2, .has_known = true};
    put_file(swept[_i][0], swept[_i][1], strlen(swept[_i][1]));
    for (long n = 1;; n++) {
        bp_error err = {0};
        bp_faults warnings = {0};
        bp_row row;
        bp_mem = (bp_mem_probe){.fail_at = n};
        bp_rows *rows = bp_rows_open(&source, &warnings, &err);
        while (rows != NULL && bp_rows_next(rows, &row, &err))
            continue;
        bp_rows_close(rows);
        bool is_refused = bp_mem.refused != 0;
        bool is_told = err.code == BP_ERR_MEMORY || warnings.refused;
        bp_faults_clear(&warnings);
        ck_assert_int_eq(bp_mem.live, 0);
        if (!is_refused)
            break;
        ck_assert_msg(is_told, "block %ld: %s", n, err.text);
    }
    bp_mem = (bp_mem_probe){0};
    unlink(path);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("rows");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, rows_are_read_as_they_stand, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, columns_that_are_no_parameters_are_told_once);
    tcase_add_test(tests, an_id_column_that_is_not_there_is_wrong_use);
    tcase_add_test(tests, a_table_of_the_data_is_rows);
    tcase_add_test(tests, what_cannot_be_read_is_told);
    tcase_add_loop_test(tests, a_row_may_be_long_but_not_longer, 0,
                        sizeof long_cases / sizeof long_cases[0]);
    tcase_add_test(tests, many_columns_make_a_bad_row);
    tcase_add_test(tests, a_quote_left_open_costs_its_row);
    tcase_add_loop_test(tests, memory_stays_flat, 0, 3);
    tcase_add_loop_test(tests, refused_memory_is_an_error, 0, 3);
    return run_suite("rows", tests);
}
