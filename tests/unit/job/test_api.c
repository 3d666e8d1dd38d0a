/* The public C API on real layouts: files, memory, checks, reports, and what a caller can get
 * wrong. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "briefpress.h"

#define FIXTURES TEST_SOURCE_DIR "/tests/cli/fixtures/"

static const briefpress_input figures = {.path = FIXTURES "figures.json"};
static char folder[64];

static void begin(void)
{
    strcpy(folder, "/tmp/bp-api-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static void end(void)
{
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(bp_mem.live, 0);
}

static briefpress_options make(const char *layout)
{
    briefpress_options options;
    briefpress_options_init(&options);
    options.layout = layout;
    options.library = TEST_SOURCE_DIR;
    options.inputs = &figures;
    options.input_count = 1;
    return options;
}

START_TEST(the_version_is_that_of_the_project)
{
    ck_assert_str_eq(briefpress_version(), BP_VERSION);
}
END_TEST

START_TEST(nothing_is_done_where_nothing_has_changed)
{
    briefpress_options options = make(FIXTURES "figures.lua");
    briefpress_error error;
    briefpress_outcome outcome = BRIEFPRESS_BROKEN;
    options.if_changed = true;
    options.outcome = &outcome;
    ck_assert_msg(briefpress_render_file(&options, "x.pdf", &error), "%s", error.message);
    ck_assert_int_eq(outcome, BRIEFPRESS_MADE);
    ck_assert_msg(briefpress_render_file(&options, "x.pdf", &error), "%s", error.message);
    ck_assert_int_eq(outcome, BRIEFPRESS_UNCHANGED);
    options.no_tags = true;
    options.standard = "none";
    ck_assert_msg(briefpress_render_file(&options, "x.pdf", &error), "%s", error.message);
    ck_assert_int_eq(outcome, BRIEFPRESS_MADE);
    options.inputs = &(briefpress_input){.path = "/nonexistent/x.json"};
    ck_assert(!briefpress_render_file(&options, "x.pdf", &error));
    ck_assert_int_eq(outcome, BRIEFPRESS_NO_DATA);
    ck_assert_str_eq(error.name, "no-data");
    options.inputs = &figures;
    options.layout = "/nonexistent/x.lua";
    ck_assert(!briefpress_render_file(&options, "x.pdf", &error));
    ck_assert_int_eq(outcome, BRIEFPRESS_BROKEN);
}
END_TEST

START_TEST(memory_and_file_hold_the_same_bytes)
{
    briefpress_options options = make(FIXTURES "figures.lua");
    briefpress_error error;
    unsigned char *pdf, *again;
    size_t length, again_length;
    ck_assert_msg(briefpress_render_memory(&options, &pdf, &length, &error), "%s: %s", error.place,
                  error.message);
    ck_assert_int_eq(error.code, 0);
    ck_assert_uint_gt(length, 500);
    ck_assert_mem_eq(pdf, "%PDF-", 5);
    options.in_process = true;
    ck_assert_msg(briefpress_render_memory(&options, &again, &again_length, &error), "%s",
                  error.message);
    ck_assert_uint_eq(length, again_length);
    ck_assert_mem_eq(pdf, again, length);
    options.in_process = false;
    ck_assert_msg(briefpress_render_file(&options, "x.pdf", &error), "%s", error.message);
    FILE *file = fopen("x.pdf", "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(again, 1, length, file), length);
    ck_assert_int_eq(fgetc(file), EOF);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_mem_eq(pdf, again, length);
    briefpress_free(again);
    briefpress_free(pdf);
    briefpress_free(NULL);
}
END_TEST

START_TEST(parameters_reach_the_layout)
{
    briefpress_options options = make(FIXTURES "plain.lua");
    briefpress_parameter parameter = {"word", "more"};
    unsigned char *plain, *more;
    size_t plain_length, more_length;
    ck_assert(briefpress_render_memory(&options, &plain, &plain_length, NULL));
    options.parameters = &parameter;
    options.parameter_count = 1;
    ck_assert(briefpress_render_memory(&options, &more, &more_length, NULL));
    ck_assert(plain_length != more_length || memcmp(plain, more, plain_length) != 0);
    briefpress_free(more);
    briefpress_free(plain);
}
END_TEST

START_TEST(an_error_says_where_and_what)
{
    briefpress_options options = make(FIXTURES "misspelt.lua");
    briefpress_error error;
    unsigned char *pdf = (unsigned char *)1;
    size_t length;
    ck_assert(!briefpress_render_memory(&options, &pdf, &length, &error));
    ck_assert_ptr_null(pdf);
    ck_assert_int_eq(error.code, 78);
    ck_assert_str_eq(error.name, "script");
    ck_assert_ptr_nonnull(strstr(error.place, "misspelt.lua:6"));
    ck_assert_ptr_nonnull(strstr(error.message, "did you mean \"ships\""));
    ck_assert_ptr_nonnull(strstr(error.excerpt, "b.figure"));
    ck_assert(!briefpress_render_file(&options, "none/x.pdf", &error));
    ck_assert_int_eq(error.code, 73);
    options.layout = "none.lua";
    ck_assert(!briefpress_check(&options, &error));
    ck_assert_int_eq(error.code, 66);
}
END_TEST

typedef struct {
    int count, code;
} told;

static void hear(void *owner, int code, const char *place, const char *message)
{
    told *all = owner;
    ck_assert(place != NULL && message != NULL && message[0] != '\0');
    all->count++;
    all->code = code;
}

START_TEST(a_character_that_no_font_has_is_an_error_or_reported)
{
    briefpress_options options = make(FIXTURES "missing.lua");
    briefpress_error error;
    unsigned char *pdf;
    size_t length;
    told all = {.code = -1};
    options.no_system_fonts = true;
    options.report = hear;
    options.owner = &all;
    ck_assert(!briefpress_render_memory(&options, &pdf, &length, &error));
    ck_assert_int_eq(error.code, 69);
    ck_assert_ptr_nonnull(strstr(error.place, "missing.lua:9"));
    ck_assert_ptr_nonnull(strstr(error.message, "U+13153 EGYPTIAN HIEROGLYPH G017"));
    ck_assert_int_eq(all.count, 0);
    options.allow_missing = true;
    ck_assert(briefpress_render_memory(&options, &pdf, &length, &error));
    ck_assert_int_eq(all.count, 3);
    ck_assert_int_eq(all.code, 0);
    briefpress_free(pdf);
}
END_TEST

START_TEST(faults_of_the_data_are_reported_one_by_one)
{
    FILE *file = fopen("bad.json", "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs("{\"dataset\": {\"id\": 3}, \"nonsense\": 1, \"indicators\": {}}", file),
                     0);
    ck_assert_int_eq(fclose(file), 0);
    briefpress_options options = make(FIXTURES "figures.lua");
    briefpress_input bad = {.path = "bad.json"};
    briefpress_error error;
    told all = {0};
    options.inputs = &bad;
    options.report = hear;
    options.owner = &all;
    ck_assert(!briefpress_check_data(&options, &error));
    ck_assert_int_eq(error.code, 65);
    ck_assert_int_ge(all.count, 3);
    ck_assert_int_eq(all.code, 65);
    told again = {0};
    options.owner = &again;
    ck_assert(!briefpress_render_file(&options, "x.pdf", &error));
    ck_assert_int_eq(error.code, 65);
    ck_assert_int_eq(again.count, all.count);
    ck_assert_int_ne(access("x.pdf", F_OK), 0);
}
END_TEST

START_TEST(good_inputs_pass_the_checks)
{
    briefpress_options options = make(FIXTURES "figures.lua");
    briefpress_error error;
    ck_assert_msg(briefpress_check(&options, &error), "%s", error.message);
    ck_assert_msg(briefpress_check_data(&options, &error), "%s", error.message);
}
END_TEST

START_TEST(what_a_caller_gets_wrong_is_a_usage_error)
{
    briefpress_options good = make(FIXTURES "figures.lua");
    briefpress_input no_path = {0};
    briefpress_parameter no_value = {.key = "x"};
    briefpress_options bad[8] = {good, good, good, good, good, good, good, good};
    bad[0].size = 0;
    bad[1].layout = NULL;
    bad[2].date = "soon";
    bad[3].deflate_level = 13;
    bad[4].inputs = &no_path;
    bad[5].parameters = &no_value;
    bad[5].parameter_count = 1;
    bad[6].user_password = "";       /* And no owner's. */
    bad[7].user_password = "sesame"; /* PDF/A forbids it. */
    for (size_t i = 0; i < 8; i++) {
        briefpress_error error;
        ck_assert(!briefpress_render_file(&bad[i], "x.pdf", &error));
        ck_assert_int_eq(error.code, 64);
    }
    ck_assert(!briefpress_render_file(&good, NULL, NULL));
    ck_assert_int_ne(access("x.pdf", F_OK), 0);
}
END_TEST

START_TEST(standards_are_asked_for_by_name)
{
    static const struct {
        const char *standard;
        bool no_tags;
        const char *held, *not_held;
    } cases[] = {{NULL, false, "<pdfaid:part>3<", NULL},
                 {"a-2u", true, "<pdfaid:part>2<", "<pdfuaid:part>"},
                 {"ua-1", false, "<pdfuaid:part>1<", "<pdfaid:part>"},
                 {"none", true, "<dc:title>", "<pdfaid:part>"}};
    briefpress_options options = make(FIXTURES "plain.lua");
    briefpress_error error;
    unsigned char *pdf;
    size_t length;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        options.standard = cases[i].standard;
        options.no_tags = cases[i].no_tags;
        ck_assert_msg(briefpress_render_memory(&options, &pdf, &length, &error), "%s",
                      error.message);
        const char *held = cases[i].held, *not_held = cases[i].not_held;
        ck_assert_ptr_nonnull(memmem(pdf, length, held, strlen(held)));
        if (not_held != NULL)
            ck_assert_ptr_null(memmem(pdf, length, not_held, strlen(not_held)));
        briefpress_free(pdf);
    }
    static const char *const wrong[] = {"a-4", "a-3a"};
    static const char *const said[] = {"standard: \"a-4\" is no standard", "PDF/A-3a needs tags"};
    for (int i = 0; i < 2; i++) {
        options.standard = wrong[i];
        ck_assert(!briefpress_render_memory(&options, &pdf, &length, &error));
        ck_assert_int_eq(error.code, 64);
        ck_assert_ptr_nonnull(strstr(error.message, said[i]));
    }
}
END_TEST

/* The dictionary that says so is the first of a linearized PDF, and in the open. */
START_TEST(a_pdf_may_be_linearized_and_encrypted)
{
    briefpress_options options = make(FIXTURES "figures.lua");
    briefpress_error error;
    for (int i = 0; i < 3; i++) {
        unsigned char *pdf = NULL;
        size_t length = 0;
        options.web = i != 1;
        options.standard = i != 0 ? "none" : NULL;
        options.user_password = i != 0 ? "sesame" : NULL;
        ck_assert_msg(briefpress_render_memory(&options, &pdf, &length, &error), "%s",
                      error.message);
        ck_assert_int_eq(memmem(pdf, length, "/Linearized 1", 13) != NULL, i != 1);
        ck_assert_int_eq(memmem(pdf, length, "/Encrypt ", 9) != NULL, i != 0);
        briefpress_free(pdf);
    }
}
END_TEST

START_TEST(limits_hold)
{
    briefpress_options options = make(FIXTURES "spin.lua");
    briefpress_error error;
    options.max_seconds = 0.5;
    ck_assert(!briefpress_render_file(&options, "x.pdf", &error));
    ck_assert_int_eq(error.code, 76);
    options = make(FIXTURES "memory.lua");
    options.max_memory = 32u << 20;
    ck_assert(!briefpress_render_file(&options, "x.pdf", &error));
    ck_assert_int_eq(error.code, 76);
    options = make(FIXTURES "pages.lua");
    options.max_pages = 5;
    ck_assert(!briefpress_render_file(&options, "x.pdf", &error));
    ck_assert_int_eq(error.code, 76);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("api");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, the_version_is_that_of_the_project);
    tcase_add_test(tests, nothing_is_done_where_nothing_has_changed);
    tcase_add_test(tests, memory_and_file_hold_the_same_bytes);
    tcase_add_test(tests, parameters_reach_the_layout);
    tcase_add_test(tests, an_error_says_where_and_what);
    tcase_add_test(tests, a_character_that_no_font_has_is_an_error_or_reported);
    tcase_add_test(tests, faults_of_the_data_are_reported_one_by_one);
    tcase_add_test(tests, good_inputs_pass_the_checks);
    tcase_add_test(tests, what_a_caller_gets_wrong_is_a_usage_error);
    tcase_add_test(tests, standards_are_asked_for_by_name);
    tcase_add_test(tests, a_pdf_may_be_linearized_and_encrypted);
    tcase_add_test(tests, limits_hold);
    return run_suite("api", tests);
}
