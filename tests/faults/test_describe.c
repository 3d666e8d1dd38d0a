/* A layout that declares parameters, asked for them and given wrong ones, with blocks refused. */
#include <check.h>
#include <stdlib.h>

#include "base/mem.h"
#include "job/job.h"
#include "job/places.h"

static bp_places places;

static bool run(const bp_parameter *parameters, size_t count, bp_buf *description,
                bp_faults *findings, bp_error *err)
{
    bp_job job = {.script = {.layout = TEST_SOURCE_DIR "/tests/cli/fixtures/declared.lua",
                             .library = places.library,
                             .parameters = parameters,
                             .parameter_count = count,
                             .deflate_level = -1},
                  .manifest = places.manifest,
                  .description = description,
                  .limits = {.seconds = 60, .pages = 100},
                  .no_fork = true};
    bp_job_result result;
    return bp_job_run(&job, &result, findings, err);
}

static void sweep(const bp_parameter *parameters, size_t count, bool describes, bp_code wanted)
{
    bp_error err = {0};
    for (int all = 0; all < 2; all++)
        for (long n = 1;; n++) {
            bp_buf text = {0};
            bp_faults findings = {0};
            err = (bp_error){0};
            long live = bp_mem.live;
            bp_mem.asked = bp_mem.refused = 0;
            bp_mem.fail_at = n;
            bp_mem.fail_on = all != 0;
            bool ok = run(parameters, count, describes ? &text : NULL, &findings, &err);
            bp_mem.fail_at = 0;
            ck_assert_msg(ok || err.code == BP_ERR_MEMORY || err.code == wanted,
                          "block %ld: %s: %s", n, bp_code_name(err.code), err.text);
            bp_buf_clear(&text);
            bp_faults_clear(&findings);
            ck_assert_msg(bp_mem.live == live, "block %ld: %ld blocks leaked", n,
                          bp_mem.live - live);
            if (bp_mem.refused == 0)
                break;
            n += n / 50; /* Each of the first fifty, then ever fewer. */
        }
    ck_assert_int_eq(err.code, wanted);
}

START_TEST(describing_survives_refused_blocks)
{
    bp_buf text = {0};
    bp_error err = {0};
    ck_assert(bp_places_find(TEST_SOURCE_DIR, &places, &err));
    ck_assert_msg(run(NULL, 0, &text, NULL, &err), "%s: %s", err.place, err.text);
    ck_assert(text.length != 0);
    ck_assert(bp_buf_add(&text, "", 1));
    ck_assert_str_eq(text.bytes,
                     "Declared\tA layout with two parameters.\nname=TEXT\trequired: Whom "
                     "it is for\nyear=INTEGER\tThe year, from 2000 to 2100 (2022)\n");
    bp_buf_clear(&text);
    sweep(NULL, 0, true, BP_OK);
    bp_places_clear(&places);
}
END_TEST

START_TEST(wrong_parameters_survive_refused_blocks)
{
    const bp_parameter wrong[] = {{"yaer", "2022"}, {"year", "soon"}};
    bp_error err = {0};
    ck_assert(bp_places_find(TEST_SOURCE_DIR, &places, &err));
    ck_assert(!run(wrong, 2, NULL, NULL, &err));
    sweep(wrong, 2, false, BP_ERR_USAGE);
    bp_places_clear(&places);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("describe");
    TCase *tests = tcase_create("describe");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, describing_survives_refused_blocks);
    tcase_add_test(tests, wrong_parameters_survive_refused_blocks);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
