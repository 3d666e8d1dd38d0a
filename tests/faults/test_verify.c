/* Verifying a report in this process with blocks refused: an error or the right verdict, and
 * nothing left behind. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/places.h"
#include "job/verify.h"

#define SAMPLE 300 /* Runs of one sweep, unless BRIEFPRESS_FAULTS=all. */
#define FIXTURES TEST_SOURCE_DIR "/tests/cli/fixtures/"

static bp_places places;
static char path[] = "/tmp/briefpress-verify-XXXXXX";
static long blocks; /* That an undisturbed run asks for. */

static bp_job base_job(void)
{
    return (bp_job){.script = {.library = places.library, .deflate_level = -1},
                    .manifest = places.manifest,
                    .limits = {.seconds = 60, .pages = 100},
                    .no_fork = true};
}

static bool verify(bool *is_equal, bp_error *err)
{
    const bp_verification task = {.path = path, .job = base_job()};
    bp_verdict verdict;
    bp_faults findings = {0};
    bool ok = bp_verify_run(&task, &verdict, &findings, err);
    *is_equal = verdict.is_equal;
    /* Where no sentence could be told, that is an error. */
    ck_assert(!ok || verdict.is_equal || verdict.told.length != 0);
    bp_verdict_clear(&verdict);
    bp_faults_clear(&findings);
    return ok;
}

/* Writes the report; with `changes` the data in it is not that of its pages any more. */
static void begin_as(bool changes)
{
    static const bp_data_input input = {.path = FIXTURES "figures.json"};
    bp_error err = {0};
    bp_faults findings = {0};
    bp_buf pdf = {0};
    bp_job_result result;
    ck_assert_msg(bp_places_find(TEST_SOURCE_DIR, &places, &err), "%s", err.text);
    bp_job job = base_job();
    job.script.layout = FIXTURES "figures.lua";
    job.script.deflate_level = changes ? 0 : -1;
    job.inputs = &input;
    job.input_count = 1;
    job.memory = &pdf;
    ck_assert_msg(bp_job_run(&job, &result, &findings, &err), "%s: %s", err.place, err.text);
    if (changes) {
        char *at = memmem(pdf.bytes, pdf.length, "\"value\": ", 9);
        ck_assert_ptr_nonnull(at);
        at[9] = at[9] == '9' ? '8' : '9';
    }
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert(bp_file_write_all(fd, pdf.bytes, pdf.length, path, &err));
    close(fd);
    bp_buf_clear(&pdf);
    bp_faults_clear(&findings);
    for (int i = 0; i < 2; i++) { /* The first fills what rooms keep for the life of the process. */
        bool is_equal = changes;
        bp_mem.asked = 0;
        ck_assert_msg(verify(&is_equal, &err), "%s: %s", err.place, err.text);
        ck_assert_int_ne(is_equal, changes);
        blocks = bp_mem.asked;
    }
}

static void begin_equal(void)
{
    begin_as(false);
}

static void begin_changed(void)
{
    begin_as(true);
}

static void end(void)
{
    (void)unlink(path);
    bp_places_clear(&places);
    ck_assert_int_eq(bp_mem.live, 0);
}

static void sweep(bool changes, bool all_from_there)
{
    const char *wanted = getenv("BRIEFPRESS_FAULTS");
    bool is_whole = wanted != NULL && strcmp(wanted, "all") == 0;
    long stride = is_whole || blocks < SAMPLE ? 1 : (blocks / SAMPLE) | 1;
    long tried = 0, done = 0;
    for (long n = 1; n <= blocks; n += n < 40 ? 1 : stride, tried++) {
        bool is_equal = false;
        bp_error err = {0};
        long live = bp_mem.live;
        bp_mem.refused = bp_mem.asked = 0;
        bp_mem.fail_at = n;
        bp_mem.fail_on = all_from_there;
        bool ok = verify(&is_equal, &err);
        bp_mem.fail_at = 0;
        bp_mem.fail_on = false;
        done += ok;
        ck_assert_msg(bp_mem.live == live, "block %ld: %ld leaked", n, bp_mem.live - live);
        ck_assert_msg(!ok || is_equal != changes, "block %ld: the wrong verdict", n);
        ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "block %ld: %s error: %s", n,
                      bp_code_name(err.code), err.text);
    }
    ck_assert_int_gt(tried, 100);
    printf("%s: %ld of %ld blocks, %ld verdicts all the same\n",
           all_from_there ? "all refused from" : "one refused", tried, blocks, done);
    (void)fflush(stdout);
}

START_TEST(an_equal_report_is_equal_or_an_error)
{
    sweep(false, _i != 0);
}
END_TEST

START_TEST(a_changed_report_is_changed_or_an_error)
{
    sweep(true, _i != 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("faults");
    TCase *equal = tcase_create("equal"), *changed = tcase_create("changed");
    tcase_set_timeout(equal, 600);
    tcase_set_timeout(changed, 600);
    tcase_add_checked_fixture(equal, begin_equal, end);
    tcase_add_checked_fixture(changed, begin_changed, end);
    tcase_add_loop_test(equal, an_equal_report_is_equal_or_an_error, 0, 2);
    tcase_add_loop_test(changed, a_changed_report_is_changed_or_an_error, 0, 2);
    suite_add_tcase(suite, equal);
    suite_add_tcase(suite, changed);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
