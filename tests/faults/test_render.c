/* A small rendering in this process with blocks refused. Lua collects and asks again when a block
 * is refused, so a run may succeed although one failed: then its bytes must be those of an
 * undisturbed run. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "job/job.h"
#include "job/places.h"

/* Runs of one sweep, unless BRIEFPRESS_FAULTS=all. */
#define SAMPLE 600

#define FIXTURES TEST_SOURCE_DIR "/tests/cli/fixtures/"

static bp_places places;
static bp_buf reference;
static long blocks; /* That an undisturbed run asks for. */

/* What is printed: text and figures of the data, or graphics of all kinds. */
static const char *layout = FIXTURES "figures.lua";

static bool render(bp_buf *pdf, bp_faults *findings, bp_error *err)
{
    static const bp_data_input input = {.path = FIXTURES "figures.json"};
    bp_job job = {.script = {.layout = layout, .library = places.library, .deflate_level = -1},
                  .inputs = &input,
                  .input_count = 1,
                  .manifest = places.manifest,
                  .memory = pdf,
                  .limits = {.seconds = 60, .pages = 100},
                  .no_fork = true};
    bp_job_result result;
    return bp_job_run(&job, &result, findings, err);
}

/* The first run fills what rooms keep for the life of the process; the second is counted. */
static void begin(void)
{
    bp_error err = {0};
    bp_faults findings = {0};
    ck_assert_msg(bp_places_find(TEST_SOURCE_DIR, &places, &err), "%s", err.text);
    for (int i = 0; i < 2; i++) {
        bp_buf_clear(&reference);
        bp_mem.asked = 0;
        ck_assert_msg(render(&reference, &findings, &err), "%s: %s", err.place, err.text);
        blocks = bp_mem.asked;
        bp_faults_clear(&findings);
    }
    ck_assert_uint_gt(reference.length, 1000);
}

static void begin_graphics(void)
{
    layout = FIXTURES "graphics.lua"; /* In the process of the test alone. */
    begin();
}

static void end(void)
{
    bp_buf_clear(&reference);
    bp_places_clear(&places);
    ck_assert_int_eq(bp_mem.live, 0);
}

/* Answers whether the run succeeded all the same. */
static bool check_refusal(long n, bool all_from_there)
{
    long live = bp_mem.live;
    size_t bytes = bp_mem.bytes;
    bp_buf pdf = {0};
    bp_error err = {0};
    bp_faults findings = {0};
    bp_mem.asked = bp_mem.refused = 0;
    bp_mem.fail_at = n;
    bp_mem.fail_on = all_from_there;
    bool ok = render(&pdf, &findings, &err);
    bp_mem.fail_at = 0;
    bool is_same =
        ok && pdf.length == reference.length && memcmp(pdf.bytes, reference.bytes, pdf.length) == 0;
    bp_buf_clear(&pdf);
    bp_faults_clear(&findings);
    const char *sweep = all_from_there ? "all from there" : "one";
    ck_assert_msg(bp_mem.live == live && bp_mem.bytes == bytes,
                  "block %ld (%s): %ld blocks leaked (%s)", n, sweep, bp_mem.live - live,
                  ok ? "done" : err.text);
    ck_assert_msg(is_same || !ok, "block %ld (%s): another PDF", n, sweep);
    ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "block %ld (%s): %s error: %s: %s", n, sweep,
                  bp_code_name(err.code), err.place, err.text);
    if (all_from_there && n <= blocks / 2)
        ck_assert_msg(!ok, "block %ld (%s): no memory, and yet a PDF", n, sweep);
    return ok;
}

/* Each block, or an even sample; the stride is odd so that pairs of blocks do not hide half of
 * them. */
static void sweep(bool all_from_there)
{
    const char *wanted = getenv("BRIEFPRESS_FAULTS");
    bool is_whole = wanted != NULL && strcmp(wanted, "all") == 0;
    long stride = is_whole || blocks < SAMPLE ? 1 : (blocks / SAMPLE) | 1;
    long tried = 0, printed = 0;
    for (long n = 1; n <= blocks; n += n < 40 ? 1 : stride) {
        printed += check_refusal(n, all_from_there);
        tried++;
    }
    ck_assert_int_ge(tried, is_whole ? blocks : blocks < SAMPLE ? blocks : SAMPLE / 2);
    printf("%s: %ld of %ld blocks, each time: %ld printed all the same, %ld failed in order\n",
           all_from_there ? "all refused from" : "one refused", tried, blocks, printed,
           tried - printed);
    (void)fflush(stdout);
}

START_TEST(one_refused_block_is_survived)
{
    sweep(false);
}
END_TEST

START_TEST(no_more_memory_is_an_error_and_no_leak)
{
    sweep(true);
}
END_TEST

START_TEST(a_budget_is_kept_and_told)
{
    long live = bp_mem.live;
    for (size_t kib = 16; kib < 4096; kib *= 2) {
        bp_buf pdf = {0};
        bp_error err = {0};
        bp_faults findings = {0};
        bp_mem.budget = bp_mem.bytes + kib * 1024;
        bp_mem.over_budget = false;
        bp_mem.peak = bp_mem.bytes;
        bool ok = render(&pdf, &findings, &err);
        ck_assert_uint_le(bp_mem.peak, bp_mem.budget);
        bp_mem.budget = 0;
        ck_assert_msg(ok || err.code == BP_ERR_LIMIT, "%zu KiB: %s error: %s", kib,
                      bp_code_name(err.code), err.text);
        bp_buf_clear(&pdf);
        bp_faults_clear(&findings);
        ck_assert_int_eq(bp_mem.live, live);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("faults");
    TCase *tests = tcase_create("render");
    tcase_set_timeout(tests, 600);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, one_refused_block_is_survived);
    tcase_add_test(tests, no_more_memory_is_an_error_and_no_leak);
    tcase_add_test(tests, a_budget_is_kept_and_told);
    suite_add_tcase(suite, tests);
    TCase *graphics = tcase_create("graphics");
    tcase_set_timeout(graphics, 600);
    tcase_add_checked_fixture(graphics, begin_graphics, end);
    tcase_add_test(graphics, one_refused_block_is_survived);
    tcase_add_test(graphics, no_more_memory_is_an_error_and_no_leak);
    suite_add_tcase(suite, graphics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
