/* Results of a batch: their lines, files of them that were cut, copied, damaged, and what still
 * fits. */
#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/suite.h"
#include "base/file.h"
#include "base/mem.h"
#include "job/results.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
/* Of "abc", as FIPS 180 has it. */
#define SHA_ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static char folder[32];

static void enter(void)
{
    strcpy(folder, "/tmp/bp-results-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static void leave(void)
{
    char command[64];
    ck_assert_int_eq(chdir("/"), 0);
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(bp_mem.live, 0);
}

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void expect_file(const char *path, const char *text)
{
    bp_buf held = {0};
    bp_error err = {0};
    ck_assert(bp_file_read(path, 0, &held, &err));
    ck_assert_uint_eq(held.length, strlen(text));
    ck_assert(held.length == 0 || memcmp(held.bytes, text, held.length) == 0);
    bp_buf_clear(&held);
}

static bp_result_line made(const char *id, size_t row, const char *file)
{
    return (bp_result_line){.id = id,
                            .row = row,
                            .state = "made",
                            .file = file,
                            .pages = 1,
                            .bytes = 3,
                            .sha256 = SHA_ABC,
                            .inputs = SHA_A,
                            .seconds = 0.00314};
}

#define MADE(ID, ROW)                                                                              \
    "{\"id\":\"" ID "\",\"row\":" ROW ",\"state\":\"made\",\"file\":\"" ID                         \
    ".pdf\",\"pages\":1,\"bytes\":3,\"sha256\":\"" SHA_ABC                                         \
    "\",\"seconds\":0.0031,\"inputs\":\"" SHA_A "\"}\n"
#define FAILED(ID, ROW)                                                                            \
    "{\"id\":\"" ID "\",\"row\":" ROW ",\"state\":\"failed\",\"code\":\"data\",\"exit\":65}\n"

START_TEST(lines_have_one_form)
{
    static const uint32_t files[] = {1, 30};
    bp_result_line line = made("7", 7, "out/\xC3\xA9\"\n.pdf");
    bp_buf out = {0};
    line.files = files;
    line.file_count = 2;
    ck_assert(bp_result_put(&out, &line));
    ck_assert_str_eq(out.bytes,
                     "{\"id\":\"7\",\"row\":7,\"state\":\"made\",\"file\":\"out/\xC3\xA9\\\"\\n."
                     "pdf\",\"pages\":1,\"bytes\":3,\"sha256\":\"" SHA_ABC
                     "\",\"seconds\":0.0031,\"inputs\":\"" SHA_A "\",\"files\":[1,30]}\n");
    out.length = 0;
    line = (bp_result_line){.id = "",
                            .row = 8,
                            .state = "failed",
                            .code = BP_ERR_LIMIT,
                            .place = "rows.csv:9",
                            .message = "too slow",
                            .seconds = -1};
    ck_assert(bp_result_put(&out, &line));
    ck_assert_str_eq(out.bytes,
                     "{\"id\":\"\",\"row\":8,\"state\":\"failed\",\"code\":\"limit\",\"exit\":76,"
                     "\"place\":\"rows.csv:9\",\"message\":\"too slow\"}\n");
    bp_buf_clear(&out);
}
END_TEST

START_TEST(what_is_written_is_read)
{
    bp_error err = {0};
    bp_result_line line = made("7", 7, "7.pdf");
    bp_result_line failed = {.id = "8",
                             .row = 8,
                             .state = "failed",
                             .code = BP_ERR_SCRIPT,
                             .place = "l.lua:3",
                             .message = "it \"failed\"",
                             .seconds = 2};
    enter();
    bp_results_writer *writer = bp_results_open("r.ndjson", false, &err);
    ck_assert_ptr_nonnull(writer);
    uint32_t files[] = {bp_results_name(writer, "a.lua", SHA_A, &err),
                        bp_results_name(writer, "b.json", SHA_B, &err)};
    ck_assert_uint_eq(files[0], 1);
    ck_assert_uint_eq(files[1], 2);
    ck_assert_uint_eq(bp_results_name(writer, "a.lua", SHA_A, &err), 1);
    ck_assert_uint_eq(bp_results_name(writer, "a.lua", SHA_B, &err), 3);
    line.files = files;
    line.file_count = 2;
    ck_assert(bp_results_add(writer, &line, &err) && bp_results_add(writer, &failed, &err));
    ck_assert(bp_results_sync(writer, &err) && bp_results_close(writer, &err));

    const char *const paths[] = {"r.ndjson"}, *path, *sha256;
    bp_results *results = bp_results_read(paths, 1, &err);
    ck_assert_str_eq(err.text, "");
    const bp_result_line *found = bp_results_find(results, "7", &err);
    ck_assert_ptr_nonnull(found);
    ck_assert_str_eq(found->id, "7");
    ck_assert_str_eq(found->state, "made");
    ck_assert_str_eq(found->file, "7.pdf");
    ck_assert_str_eq(found->sha256, SHA_ABC);
    ck_assert_str_eq(found->inputs, SHA_A);
    ck_assert_uint_eq(found->row, 7);
    ck_assert_uint_eq(found->bytes, 3);
    ck_assert_uint_eq(found->pages, 1);
    ck_assert_uint_eq(found->file_count, 2);
    ck_assert_uint_eq(found->files[1], 2);
    ck_assert(found->seconds > 0.003 && found->seconds < 0.0032);
    found = bp_results_find(results, "8", &err);
    ck_assert_int_eq(found->code, BP_ERR_SCRIPT);
    ck_assert_str_eq(found->place, "l.lua:3");
    ck_assert_str_eq(found->message, "it \"failed\"");
    ck_assert_ptr_null(bp_results_find(results, "9", &err));
    ck_assert(bp_results_file(results, 0, 3, &path, &sha256));
    ck_assert_str_eq(path, "a.lua");
    ck_assert_str_eq(sha256, SHA_B);
    ck_assert(!bp_results_file(results, 0, 4, &path, &sha256));
    ck_assert(!bp_results_file(results, 0, 0, &path, &sha256));
    ck_assert_int_eq(err.code, BP_OK);
    bp_results_free(results);
    leave();
}
END_TEST

START_TEST(the_last_line_of_an_id_counts_and_what_is_made_before_what_failed)
{
    const char *const paths[] = {"a", "b"};
    bp_error err = {0};
    size_t at = 0;
    enter();
    put_file("a", FAILED("1", "1") MADE("2", "2") MADE("1", "1") FAILED("3", "3"));
    put_file("b", FAILED("1", "1") "\n" FAILED("", "9") FAILED("", "10") MADE("4", "4"));
    bp_results *results = bp_results_read(paths, 2, &err);
    ck_assert_str_eq(err.text, "");
    ck_assert_str_eq(bp_results_find(results, "1", &err)->state, "made");
    const bp_result_found *copy = bp_results_copy(results, "1", &at, &err);
    ck_assert_uint_eq(copy->source, 1);
    ck_assert_str_eq(copy->line.state, "failed");
    copy = bp_results_copy(results, "1", &at, &err);
    ck_assert_uint_eq(copy->source, 0);
    ck_assert_uint_eq(copy->number, 3);
    ck_assert_str_eq(bp_results_path(results, copy->source), "a");
    ck_assert_ptr_null(bp_results_copy(results, "1", &at, &err));
    ck_assert_ptr_null(bp_results_copy(results, "1", &at, &err));
    ck_assert_ptr_nonnull(bp_results_find(results, "2", &err));
    at = 0;
    ck_assert_str_eq(bp_results_left(results, &at, &err)->line.id, "3");
    ck_assert_str_eq(bp_results_left(results, &at, &err)->line.id, "4");
    ck_assert_ptr_null(bp_results_left(results, &at, &err));
    ck_assert_int_eq(err.code, BP_OK);
    bp_results_free(results);
    leave();
}
END_TEST

/* Cut anywhere, a file is read up to its last whole line, and a run goes on from there. */
START_TEST(a_killed_run_costs_its_last_line)
{
    static const char text[] = "{\"file\":1,\"path\":\"l.lua\",\"sha256\":\"" SHA_A
                               "\"}\n" MADE("1", "1") FAILED("2", "2") MADE("3", "3");
    const char *const paths[] = {"r"};
    enter();
    for (size_t length = 0; length <= strlen(text); length++) {
        char part[sizeof text], wanted[sizeof text + 400];
        bp_error err = {0};
        bp_result_line line = made("1", 1, "1.pdf");
        size_t whole = length;
        while (whole > 0 && text[whole - 1] != '\n')
            whole--;
        (void)snprintf(part, sizeof part, "%.*s", (int)length, text);
        put_file("r", part);
        bp_results *results = bp_results_read(paths, 1, &err);
        ck_assert_msg(results != NULL, "%zu: %s", length, err.text);
        bool has_last = bp_results_find(results, "3", &err) != NULL;
        ck_assert_int_eq(has_last, length == strlen(text));
        bp_results_free(results);
        bp_results_writer *writer = bp_results_open("r", true, &err);
        ck_assert_msg(writer != NULL, "%zu: %s", length, err.text);
        uint32_t number = bp_results_name(writer, "l.lua", SHA_A, &err);
        ck_assert_uint_eq(number, 1);
        ck_assert(bp_results_add(writer, &line, &err) && bp_results_close(writer, &err));
        (void)snprintf(wanted, sizeof wanted, "%.*s%s%s", (int)whole, text,
                       whole == 0 ? "{\"file\":1,\"path\":\"l.lua\",\"sha256\":\"" SHA_A "\"}\n"
                                  : "",
                       MADE("1", "1"));
        expect_file("r", wanted);
    }
    leave();
}
END_TEST

START_TEST(what_is_not_ours_is_left_as_it_is)
{
    static const char *const foreign[] = {"my notes", "my notes\n", "{\"a\":1}\n", "[1]",
                                          MADE("1", "1") "more\n"};
    enter();
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        bp_error err = {0};
        put_file("r", foreign[i]);
        ck_assert_ptr_null(bp_results_open("r", true, &err));
        ck_assert_int_eq(err.code, BP_ERR_DATA);
        expect_file("r", foreign[i]);
        if (i + 1 < sizeof foreign / sizeof foreign[0]) {
            err.code = BP_OK;
            ck_assert_ptr_null(bp_results_open("r", false, &err));
            ck_assert_int_eq(err.code, BP_ERR_DATA);
            expect_file("r", foreign[i]);
        }
    }
    leave();
}
END_TEST

START_TEST(results_begin_anew_unless_they_go_on)
{
    bp_error err = {0};
    enter();
    put_file("r", MADE("1", "1"));
    ck_assert(bp_results_close(bp_results_open("r", true, &err), &err));
    expect_file("r", MADE("1", "1"));
    ck_assert(bp_results_close(bp_results_open("r", false, &err), &err));
    expect_file("r", "");
    leave();
}
END_TEST

START_TEST(two_runs_do_not_write_the_same_results)
{
    bp_error err = {0};
    enter();
    bp_results_writer *one = bp_results_open("r", false, &err);
    ck_assert_ptr_nonnull(one);
    ck_assert_ptr_null(bp_results_open("r", true, &err));
    ck_assert_int_eq(err.code, BP_ERR_BUSY);
    err.code = BP_OK;
    ck_assert(bp_results_close(one, &err));
    one = bp_results_open("r", true, &err);
    ck_assert(bp_results_close(one, &err));
    leave();
}
END_TEST

START_TEST(what_cannot_be_opened_is_told)
{
    const char *const paths[] = {"none"}, *const folders[] = {"/tmp"};
    bp_error err = {0};
    enter();
    ck_assert_ptr_null(bp_results_read(paths, 1, &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
    err.code = BP_OK;
    ck_assert_ptr_null(bp_results_read(folders, 1, &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
    err.code = BP_OK;
    ck_assert_ptr_null(bp_results_open("none/r", false, &err));
    ck_assert_int_eq(err.code, BP_ERR_CREATE);
    leave();
}
END_TEST

/* At each length that a file may have. */
START_TEST(a_full_disk_leaves_whole_lines)
{
    enter();
    (void)signal(SIGXFSZ, SIG_IGN);
    for (rlim_t most = 0; most < 3 * strlen(MADE("1", "1")); most += 13) {
        bp_error err = {0};
        bp_buf held = {0};
        struct rlimit limit = {most, RLIM_INFINITY};
        bp_result_line line = made("1", 1, "1.pdf");
        bp_results_writer *writer = bp_results_open("r", false, &err);
        ck_assert_ptr_nonnull(writer);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        for (int i = 0; i < 3; i++)
            ck_assert(bp_results_add(writer, &line, &err));
        bool is_written = bp_results_flush(writer, &err);
        bp_error again = {0};
        bool is_closed = bp_results_close(writer, &again);
        limit.rlim_cur = RLIM_INFINITY;
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        ck_assert(!is_written && !is_closed);
        ck_assert_int_eq(err.code, BP_ERR_WRITE);
        ck_assert_int_eq(again.code, BP_ERR_WRITE);
        ck_assert(bp_file_read("r", 0, &held, &again));
        size_t lines = most / strlen(MADE("1", "1"));
        ck_assert_uint_eq(held.length, lines * strlen(MADE("1", "1")));
        bp_buf_clear(&held);
    }
    leave();
}
END_TEST

START_TEST(a_device_is_written_as_it_is)
{
    bp_error err = {0};
    bp_result_line line = made("1", 1, "1.pdf");
    bp_results_writer *writer = bp_results_open("/dev/full", false, &err);
    ck_assert_ptr_nonnull(writer);
    ck_assert(bp_results_add(writer, &line, &err));
    ck_assert(!bp_results_sync(writer, &err));
    ck_assert_int_eq(err.code, BP_ERR_WRITE);
    ck_assert(!bp_results_close(writer, NULL));
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *text, *wrong;
} damaged[] = {
    {MADE("1", "1") "garbage\n", "r:2:1: expected a value, found 'garbage'"},
    {"{\"id\":\"1\"}\n",
     "r:1:1: expected a line of batch results: a row has \"id\", \"row\" and \"state\", which is "
     "made, kept or failed"},
    {"{\"id\":\"1\",\"row\":1,\"state\":\"done\"}\n",
     "r:1:1: expected a line of batch results: a row has \"id\", \"row\" and \"state\", which is "
     "made, kept or failed"},
    {"{\"id\":\"1\",\"row\":1,\"state\":\"failed\",\"code\":\"odd\"}\n",
     "r:1:1: expected a line of batch results: a row that failed has \"code\""},
    {"{\"id\":\"1\",\"row\":1,\"state\":\"made\",\"file\":\"x\",\"bytes\":1,\"sha256\":\"00\"}\n",
     "r:1:1: expected a line of batch results: a row that is made has \"id\", \"file\", \"bytes\" "
     "and \"sha256\""},
    {"{\"id\":\"1\",\"row\":1.5,\"state\":\"made\"}\n",
     "r:1:17: expected a line of batch results: a whole number"},
    {"{\"file\":2,\"path\":\"a\",\"sha256\":\"" SHA_A "\"}\n",
     "r:1:1: the file 2 is named before the file 1"},
    {"{\"file\":1,\"path\":\"a\",\"sha256\":\"" SHA_A
     "\"}\n{\"file\":1,\"path\":\"a\",\"sha256\":\"" SHA_B "\"}\n",
     "r:2:1: the file 1 is named twice, and differs"},
    {"{\"file\":0,\"path\":\"a\",\"sha256\":\"" SHA_A "\"}\n",
     "r:1:1: expected a line of batch results: a file has a number, \"path\" and \"sha256\""},
    {"[]\n", "r:1:1: expected a line of batch results"},
    {"id,state\n1,made", "r:1:1: expected a value, found 'id'"},
    {"notes", "r:1:1: expected a value, found 'notes'"},
};

START_TEST(damage_is_an_error_with_its_place)
{
    const char *const paths[] = {"r"};
    bp_error err = {0};
    char told[BP_ERROR_PLACE + BP_ERROR_TEXT + 2];
    enter();
    put_file("r", damaged[_i].text);
    ck_assert_ptr_null(bp_results_read(paths, 1, &err));
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    (void)snprintf(told, sizeof told, "%s: %s", err.place, err.text);
    ck_assert_str_eq(told, damaged[_i].wrong);
    leave();
}
END_TEST

START_TEST(members_of_later_versions_are_passed_over)
{
    const char *const paths[] = {"r"};
    bp_error err = {0};
    enter();
    put_file("r",
             "{\"new\":{\"id\":\"2\",\"files\":[9]},\"id\":\"1\",\"row\":1,\"state\":\"failed\","
             "\"code\":\"data\",\"more\":[[1]],\"files\":[[3]]}\n");
    bp_results *results = bp_results_read(paths, 1, &err);
    ck_assert_str_eq(err.text, "");
    const bp_result_line *found = bp_results_find(results, "1", &err);
    ck_assert_str_eq(found->id, "1");
    ck_assert_uint_eq(found->file_count, 0);
    bp_results_free(results);
    leave();
}
END_TEST

/* What --resume asks: each thing that a PDF hangs on, changed alone. */
START_TEST(a_row_fits_while_nothing_it_was_made_from_has_changed)
{
    const char *const paths[] = {"r"};
    enter();
    for (int change = 0; change < 8; change++) {
        bp_error err = {0};
        uint32_t one;
        char print[65];
        size_t bytes;
        bp_result_line line = made("1", 1, "1.pdf");
        put_file("1.pdf", "abc");
        put_file("l.lua", "return");
        ck_assert(bp_result_hash("l.lua", 0, print, &bytes, &err));
        bp_results_writer *writer = bp_results_open("r", false, &err);
        one = bp_results_name(writer, "l.lua", print, &err);
        line.files = &one;
        line.file_count = 1;
        line.state = change == 1 ? "kept" : "made";
        ck_assert(bp_results_add(writer, &line, &err));
        if (change == 7) {
            line = (bp_result_line){.id = "1", .row = 1, .state = "failed", .code = BP_ERR_DATA};
            ck_assert(bp_results_add(writer, &line, &err));
        }
        ck_assert(bp_results_close(writer, &err));
        if (change == 2)
            put_file("1.pdf", "abd");
        if (change == 3)
            put_file("1.pdf", "abcd");
        if (change == 4)
            ck_assert_int_eq(unlink("1.pdf"), 0);
        if (change == 5)
            put_file("l.lua", "return 1");
        bp_results *results = bp_results_read(paths, 1, &err);
        const bp_result_line *fits =
            bp_results_fits(results, "1", change == 6 ? SHA_B : SHA_A, &err);
        ck_assert_int_eq(fits != NULL, change < 2);
        ck_assert_int_eq(err.code, BP_OK);
        bp_results_free(results);
    }
    leave();
}
END_TEST

START_TEST(a_hash_is_that_of_the_file)
{
    bp_error err = {0};
    char print[65];
    size_t bytes;
    enter();
    put_file("f", "abc");
    ck_assert(bp_result_hash("f", 3, print, &bytes, &err));
    ck_assert_str_eq(print, SHA_ABC);
    ck_assert_uint_eq(bytes, 3);
    ck_assert(!bp_result_hash("f", 2, print, &bytes, &err));
    ck_assert_int_eq(err.code, BP_OK);
    ck_assert(!bp_result_hash("none", 0, print, &bytes, &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
    err.code = BP_OK;
    ck_assert(!bp_result_hash("/dev/null", 0, print, &bytes, &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
    leave();
}
END_TEST

/* A row costs the index of its line and no more. */
START_TEST(memory_of_many_rows_is_small)
{
    const char *const paths[] = {"r"};
    bp_error err = {0};
    bool ok = true;
    enter();
    bp_results_writer *writer = bp_results_open("r", false, &err);
    for (int i = 0; i < 50000; i++) {
        char id[16], file[32];
        (void)snprintf(id, sizeof id, "%d", i);
        (void)snprintf(file, sizeof file, "out/%d.pdf", i);
        bp_result_line line = made(id, (size_t)i + 1, file);
        ok = bp_results_add(writer, &line, &err) && ok;
    }
    ck_assert(ok && bp_results_close(writer, &err));
    bp_results *results = bp_results_read(paths, 1, &err);
    ck_assert_ptr_nonnull(results);
    /* A digest of 16 bytes and a record of 24, and the room that both grow into. */
    ck_assert_uint_lt(bp_mem.bytes, 50000u * 70);
    for (int i = 0; i < 50000; i += 100) {
        char id[16];
        (void)snprintf(id, sizeof id, "%d", i);
        const bp_result_line *found = bp_results_find(results, id, &err);
        ok = ok && found != NULL && found->row == (size_t)i + 1;
    }
    ck_assert(ok);
    bp_results_free(results);
    leave();
}
END_TEST

START_TEST(refused_memory_is_an_error)
{
    const char *const paths[] = {"r", "r2"};
    enter();
    put_file("r", "{\"file\":1,\"path\":\"l.lua\",\"sha256\":\"" SHA_A "\"}\n" MADE("1", "1")
                      FAILED("2", "2"));
    put_file("r2", MADE("1", "1"));
    for (long n = 1;; n++) {
        bp_error err = {0};
        bp_result_line line = made("1", 1, "1.pdf");
        size_t at = 0;
        put_file("w", "{\"file\":1,\"path\":\"l.lua\",\"sha256\":\"" SHA_A "\"}\n");
        bp_mem = (bp_mem_probe){.fail_at = n};
        bp_results *results = bp_results_read(paths, 2, &err);
        while (results != NULL && bp_results_copy(results, "1", &at, &err) != NULL)
            continue;
        bp_results_free(results);
        bp_results_writer *writer = err.code == BP_OK ? bp_results_open("w", true, &err) : NULL;
        bool ok = writer != NULL && bp_results_name(writer, "x", SHA_B, &err) != 0 &&
                  bp_results_add(writer, &line, &err);
        ok = bp_results_close(writer, &err) && ok;
        ck_assert_int_eq(bp_mem.live, 0);
        if (!bp_mem.refused) {
            ck_assert(ok);
            break;
        }
        ck_assert_int_eq(err.code, BP_ERR_MEMORY);
    }
    bp_mem = (bp_mem_probe){0};
    leave();
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("results");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, lines_have_one_form);
    tcase_add_test(tests, what_is_written_is_read);
    tcase_add_test(tests, the_last_line_of_an_id_counts_and_what_is_made_before_what_failed);
    tcase_add_test(tests, a_killed_run_costs_its_last_line);
    tcase_add_test(tests, what_is_not_ours_is_left_as_it_is);
    tcase_add_test(tests, results_begin_anew_unless_they_go_on);
    tcase_add_test(tests, two_runs_do_not_write_the_same_results);
    tcase_add_test(tests, what_cannot_be_opened_is_told);
    tcase_add_test(tests, a_full_disk_leaves_whole_lines);
    tcase_add_test(tests, a_device_is_written_as_it_is);
    tcase_add_loop_test(tests, damage_is_an_error_with_its_place, 0,
                        sizeof damaged / sizeof damaged[0]);
    tcase_add_test(tests, members_of_later_versions_are_passed_over);
    tcase_add_test(tests, a_row_fits_while_nothing_it_was_made_from_has_changed);
    tcase_add_test(tests, a_hash_is_that_of_the_file);
    tcase_add_test(tests, memory_of_many_rows_is_small);
    tcase_add_test(tests, refused_memory_is_an_error);
    return run_suite("results", tests);
}
