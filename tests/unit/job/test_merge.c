/* Merging the results of shards: what is whole, what is not, and one file whatever the shards
 * were. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "job/merge.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
/* Of "abc", as FIPS 180 has it. */
#define SHA_ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

#define FILE_LINE(NUMBER, PATH)                                                                    \
    "{\"file\":" NUMBER ",\"path\":\"" PATH "\",\"sha256\":\"" SHA_A "\"}\n"
#define ROW(ID, ROW, STATE, SHA, REST)                                                             \
    "{\"id\":\"" ID "\",\"row\":" ROW ",\"state\":\"" STATE "\",\"file\":\"" ID                    \
    ".pdf\",\"pages\":1,\"bytes\":3,\"sha256\":\"" SHA "\"" REST "}\n"
#define MADE(ID, NUMBER) ROW(ID, NUMBER, "made", SHA_ABC, "")
#define FAILED(ID, NUMBER)                                                                         \
    "{\"id\":\"" ID "\",\"row\":" NUMBER ",\"state\":\"failed\",\"code\":\"script\",\"exit\":78,"  \
    "\"place\":\"l.lua:3\",\"message\":\"no\"}\n"

static char folder[32];

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void enter(void)
{
    strcpy(folder, "/tmp/bp-merge-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    put_file("1.pdf", "abc");
    put_file("2.pdf", "abc");
    put_file("rows.csv", "id\n1\n2\n");
}

static void leave(void)
{
    char command[64];
    ck_assert_int_eq(chdir("/"), 0);
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(bp_mem.live, 0);
}

/* The counts that are not 0, what was found, and the merged results. */
static bool merge(const char *const *paths, size_t count, bp_buf *told, bp_buf *out, bp_error *err)
{
    bp_faults findings = {0};
    bp_merge_counts counts = {0};
    bp_rows_source source = {.path = "rows.csv", .has_known = true};
    bp_merge task = {.out = out != NULL ? bp_sink_to_buf(out) : (bp_sink){0}};
    task.results = bp_results_read(paths, count, err);
    task.rows = task.results != NULL ? bp_rows_open(&source, NULL, err) : NULL;
    bool ok = task.rows != NULL && bp_merge_run(&task, &counts, &findings, err);
    const size_t numbers[] = {counts.rows,   counts.made,      counts.failed, counts.missing,
                              counts.spoilt, counts.differing, counts.foreign};
    static const char *const names[] = {"rows",   "made",      "failed", "missing",
                                        "spoilt", "differing", "foreign"};
    for (size_t i = 0; told != NULL && i < 7; i++)
        if (numbers[i] != 0)
            ck_assert(bp_buf_format(told, "%zu %s ", numbers[i], names[i]));
    for (size_t i = 0; told != NULL && i < bp_faults_count(&findings); i++) {
        const bp_fault *fault = bp_faults_at(&findings, i);
        ck_assert(bp_buf_format(told, "\n%s %s: %s", bp_code_name(fault->code), fault->place,
                                fault->text));
    }
    bp_faults_clear(&findings);
    bp_rows_close(task.rows);
    bp_results_free(task.results);
    return ok;
}

static const struct {
    const char *a, *b; /* Results; b NULL: there is one file. */
    const char *told;
} cases[] = {
    {MADE("1", "1") MADE("2", "2"), NULL, "2 rows 2 made "},
    {MADE("1", "1"), MADE("2", "2"), "2 rows 2 made "},
    {MADE("1", "1") ROW("2", "2", "kept", SHA_ABC, ""), "", "2 rows 2 made "},
    /* Copies of a shard. */
    {MADE("1", "1") MADE("2", "2"), MADE("2", "2") MADE("1", "1"), "2 rows 2 made "},
    {MADE("1", "1") FAILED("2", "2"), MADE("2", "2"), "2 rows 2 made "},
    {FAILED("1", "1") MADE("1", "1") MADE("2", "2"), NULL, "2 rows 2 made "},
    {MADE("1", "1") MADE("2", "2"), ROW("2", "2", "made", SHA_B, ""),
     "2 rows 1 made 1 differing \nfindings b:1: row \"2\": made twice, and the PDFs differ; the "
     "other is a:2"},
    {MADE("1", "1"), NULL,
     "2 rows 1 made 1 missing \nfindings rows.csv:3: row \"2\": no results "
     "have it"},
    {MADE("1", "1") FAILED("2", "2"), FAILED("2", "2"),
     "2 rows 1 made 1 failed \nscript l.lua:3: row \"2\": no"},
    {MADE("1", "1") MADE("2", "2") MADE("3", "3"), FAILED("", "4"),
     "2 rows 2 made 1 foreign \nok a:3: row \"3\": is in the results, and not in the rows"},
    {MADE("1", "1") ROW("2", "2", "made", SHA_B, ""), NULL,
     "2 rows 1 made 1 spoilt \nfindings 2.pdf: row \"2\": its PDF is not the one that was made"},
};

START_TEST(shards_are_held_against_the_rows)
{
    const char *const paths[] = {"a", "b"};
    bp_buf told = {0};
    bp_error err = {0};
    enter();
    put_file("a", cases[_i].a);
    if (cases[_i].b != NULL)
        put_file("b", cases[_i].b);
    ck_assert(merge(paths, cases[_i].b != NULL ? 2 : 1, &told, NULL, &err));
    ck_assert_str_eq(err.text, "");
    ck_assert_str_eq(told.bytes, cases[_i].told);
    bp_buf_clear(&told);
    leave();
}
END_TEST

START_TEST(a_pdf_that_is_gone_or_cut_is_found)
{
    const char *const paths[] = {"a"};
    bp_buf told = {0};
    bp_error err = {0};
    enter();
    put_file("a", MADE("1", "1") MADE("2", "2"));
    ck_assert_int_eq(unlink("1.pdf"), 0);
    put_file("2.pdf", "abcd");
    ck_assert(merge(paths, 1, &told, NULL, &err));
    ck_assert_str_eq(told.bytes,
                     "2 rows 2 spoilt \nfindings 1.pdf: row \"1\": its PDF cannot be read\n"
                     "findings 2.pdf: row \"2\": its PDF has not the size that it was made with");
    bp_buf_clear(&told);
    leave();
}
END_TEST

START_TEST(rows_that_are_bad_have_failed)
{
    const char *const paths[] = {"a"};
    bp_buf told = {0}, out = {0};
    bp_error err = {0};
    enter();
    put_file("rows.csv", "id,x\n1,\n2\n1,\n");
    put_file("a", MADE("1", "1") FAILED("", "2"));
    ck_assert(merge(paths, 1, &told, &out, &err));
    ck_assert_str_eq(told.bytes, "3 rows 1 made 2 failed \n"
                                 "data rows.csv:3:1: expected 2 fields as in the header, found 1\n"
                                 "data rows.csv:4: the id \"1\" is given twice; first in line 2");
    ck_assert_str_eq(out.bytes,
                     MADE("1", "1") "{\"id\":\"\",\"row\":2,\"state\":\"failed\",\"code\":\"data\","
                                    "\"exit\":65,\"place\":\"rows.csv:3:1\",\"message\":\"expected "
                                    "2 fields as in the header, found 1\"}\n"
                                    "{\"id\":\"\",\"row\":3,\"state\":\"failed\",\"code\":\"data\","
                                    "\"exit\":65,\"place\":\"rows.csv:4\",\"message\":\"the id "
                                    "\\\"1\\\" is given twice; first in line 2\"}\n");
    bp_buf_clear(&told);
    bp_buf_clear(&out);
    leave();
}
END_TEST

/* The same rows from one process and from two shards, ended in another order. */
START_TEST(merged_results_are_the_same_bytes_however_the_shards_were_cut)
{
    const char *const one[] = {"one"}, *const two[] = {"a", "b"}, *const back[] = {"b", "a"};
    bp_buf whole = {0}, merged = {0}, turned = {0};
    bp_error err = {0};
    enter();
    put_file("one", FILE_LINE("1", "l.lua") FILE_LINE("2", "x.png") FILE_LINE("3", "a.png")
                        ROW("1", "1", "made", SHA_ABC, ",\"seconds\":0.2,\"files\":[1,2,3]")
                            ROW("2", "2", "made", SHA_ABC, ",\"seconds\":0.1,\"files\":[1,2]"));
    put_file("a", FILE_LINE("1", "x.png") FILE_LINE("2", "l.lua")
                      ROW("2", "2", "made", SHA_ABC, ",\"seconds\":0.3,\"files\":[1,2]"));
    put_file("b", FILE_LINE("1", "a.png") FILE_LINE("2", "l.lua") FILE_LINE("3", "x.png")
                      ROW("1", "1", "kept", SHA_ABC, ",\"files\":[1,2,3]"));
    ck_assert(merge(one, 1, NULL, &whole, &err));
    ck_assert(merge(two, 2, NULL, &merged, &err));
    ck_assert(merge(back, 2, NULL, &turned, &err));
    ck_assert_str_eq(whole.bytes,
                     FILE_LINE("1", "a.png") FILE_LINE("2", "l.lua") FILE_LINE("3", "x.png")
                         ROW("1", "1", "made", SHA_ABC, ",\"files\":[1,2,3]")
                             ROW("2", "2", "made", SHA_ABC, ",\"files\":[2,3]"));
    ck_assert_str_eq(merged.bytes, whole.bytes);
    ck_assert_str_eq(turned.bytes, whole.bytes);
    /* And what is merged is results. */
    put_file("again", merged.bytes);
    const char *const again[] = {"again"};
    turned.length = 0;
    ck_assert(merge(again, 1, NULL, &turned, &err));
    ck_assert_str_eq(turned.bytes, whole.bytes);
    bp_buf_clear(&whole);
    bp_buf_clear(&merged);
    bp_buf_clear(&turned);
    leave();
}
END_TEST

/* As many files as are never open at once. */
START_TEST(many_shards_are_merged)
{
    enum { SHARDS = 300 };
    static char names[SHARDS][16];
    const char *paths[SHARDS];
    bp_buf told = {0}, line = {0}, rows = {0};
    bp_error err = {0};
    bool ok = true;
    enter();
    ok = bp_buf_text(&rows, "id\n");
    for (int i = 0; i < SHARDS; i++) {
        bp_result_line one = {.id = "1",
                              .row = 1,
                              .state = "made",
                              .file = "1.pdf",
                              .bytes = 3,
                              .sha256 = SHA_ABC,
                              .seconds = -1};
        (void)snprintf(names[i], sizeof names[i], "s%d", i);
        one.id = paths[i] = names[i];
        line.length = 0;
        ok = bp_result_put(&line, &one) && bp_buf_format(&rows, "s%d\n", i) && ok;
        put_file(paths[i], line.bytes);
    }
    put_file("rows.csv", rows.bytes);
    ck_assert(ok && merge(paths, SHARDS, &told, NULL, &err));
    ck_assert_str_eq(told.bytes, "300 rows 300 made ");
    bp_buf_clear(&told);
    bp_buf_clear(&line);
    bp_buf_clear(&rows);
    leave();
}
END_TEST

static bool put_nothing(void *owner, const void *bytes, size_t length, bp_error *err)
{
    (void)owner, (void)bytes, (void)length;
    return bp_fail(err, BP_ERR_WRITE, "out", "the disk is full");
}

START_TEST(what_ends_it_early_is_an_error)
{
    const char *const paths[] = {"a"};
    bp_error err = {0};
    bp_merge_counts counts;
    bp_faults findings = {0};
    bp_rows_source source = {.path = "rows.csv", .has_known = true};
    enter();
    put_file("a", MADE("1", "1"));
    bp_merge task = {.results = bp_results_read(paths, 1, &err),
                     .rows = bp_rows_open(&source, NULL, &err),
                     .out = {.write = put_nothing}};
    ck_assert(!bp_merge_run(&task, &counts, &findings, &err));
    ck_assert_int_eq(err.code, BP_ERR_WRITE);
    bp_rows_close(task.rows);
    bp_results_free(task.results);
    bp_faults_clear(&findings);
    leave();
}
END_TEST

START_TEST(refused_memory_is_an_error)
{
    const char *const paths[] = {"a", "b"};
    enter();
    put_file("rows.csv", "id,x\n1,\n2,\n3\n4,\n");
    put_file("a", FILE_LINE("1", "l.lua") ROW("1", "1", "made", SHA_ABC, ",\"files\":[1]")
                      FAILED("2", "2"));
    put_file("b", MADE("2", "2") MADE("9", "9"));
    for (long n = 1;; n++) {
        bp_error err = {0};
        bp_buf out = {0};
        bp_mem = (bp_mem_probe){.fail_at = n};
        bool ok = merge(paths, 2, NULL, &out, &err);
        bp_buf_clear(&out);
        ck_assert_int_eq(bp_mem.live, 0);
        if (!bp_mem.refused) {
            ck_assert(ok);
            break;
        }
        ck_assert(!ok);
        ck_assert_int_eq(err.code, BP_ERR_MEMORY);
    }
    bp_mem = (bp_mem_probe){0};
    leave();
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("merge");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, shards_are_held_against_the_rows, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, a_pdf_that_is_gone_or_cut_is_found);
    tcase_add_test(tests, rows_that_are_bad_have_failed);
    tcase_add_test(tests, merged_results_are_the_same_bytes_however_the_shards_were_cut);
    tcase_add_test(tests, many_shards_are_merged);
    tcase_add_test(tests, what_ends_it_early_is_an_error);
    tcase_add_test(tests, refused_memory_is_an_error);
    return run_suite("merge", tests);
}
