/* The data of a report taken as an input, with blocks refused. */
#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/places.h"
#include "job/report_data.h"

#define FIXTURES TEST_SOURCE_DIR "/tests/cli/fixtures/"

static char report[] = "/tmp/briefpress-report-XXXXXX";

/* A report, made by a rendering of its own. */
static void make_report(void)
{
    const bp_data_input input = {.path = FIXTURES "figures.json"};
    bp_places places;
    bp_error err = {0};
    bp_buf pdf = {0};
    bp_job_result result;
    ck_assert(bp_places_find(TEST_SOURCE_DIR, &places, &err));
    const bp_job job = {.script = {.layout = FIXTURES "figures.lua",
                                   .library = places.library,
                                   .deflate_level = -1},
                        .inputs = &input,
                        .input_count = 1,
                        .manifest = places.manifest,
                        .memory = &pdf,
                        .limits = bp_limits_default,
                        .no_fork = true};
    ck_assert_msg(bp_job_run(&job, &result, NULL, &err), "%s: %s", err.place, err.text);
    int fd = mkstemp(report);
    ck_assert(bp_file_write_all(fd, pdf.bytes, pdf.length, report, &err));
    close(fd);
    bp_buf_clear(&pdf);
    bp_places_clear(&places);
}

START_TEST(taking_data_out_of_a_report_survives_refused_blocks)
{
    make_report();
    const bp_data_input inputs[] = {{.path = FIXTURES "figures.json"}, {.path = report}};
    const bp_job job = {
        .inputs = inputs, .input_count = 2, .limits = bp_limits_default, .no_fork = true};
    long live = bp_mem.live;
    for (int all = 0; all < 2; all++)
        for (long n = 1;; n++) {
            bp_report_data data;
            bp_error err = {0};
            bp_mem.asked = bp_mem.refused = 0;
            bp_mem.fail_at = n;
            bp_mem.fail_on = all != 0;
            bool ok = bp_report_data_unfold(&job, &data, &err);
            bp_mem.fail_at = 0;
            ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "block %ld: %s: %s", n,
                          bp_code_name(err.code), err.text);
            ck_assert(!ok || BP_BUF_COUNT(&data.inputs, bp_data_input) == 2);
            bp_report_data_clear(&data);
            ck_assert_msg(bp_mem.live == live, "block %ld: %ld left", n, bp_mem.live - live);
            if (bp_mem.refused == 0)
                break;
        }
    (void)unlink(report);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_data");
    TCase *tests = tcase_create("report_data");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, taking_data_out_of_a_report_survives_refused_blocks);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
