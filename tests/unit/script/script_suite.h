/* What the tests of this room share: a folder of their own to write Lua into, a library of two
 * files, and the runs. */
#ifndef BP_TESTS_SCRIPT_SUITE_H
#define BP_TESTS_SCRIPT_SUITE_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "script/script.h"

static char folder[256];         /* Of the test that runs: layouts, data. */
static char library_folder[300]; /* Inside it. */

static inline void write_file(const char *name, const void *bytes, size_t length)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

static inline void make_folder(const char *name)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    ck_assert_int_eq(mkdir(path, 0777), 0);
}

/* A report here is a function that draws: what the library does is not this room's business. */
static inline void open_folder(void)
{
    snprintf(folder, sizeof folder, "%s/briefpress-script-XXXXXX",
             getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(library_folder, sizeof library_folder, "%s/library", folder);
    make_folder("library");
    make_folder("library/briefpress");
    write_text("library/briefpress/run.lua", "local M = {}\n"
                                             "function M.render(report, document, data, params)\n"
                                             "  report.draw(document, data, params)\n"
                                             "end\n"
                                             "return M\n");
    write_text(
        "library/briefpress/helper.lua",
        "local M = {}\n"
        "function M.complain(text) error(text, 2) end\n"
        "function M.call(f) return f() end\n"
        "function M.break_down() local t = nil; return t.field end\n"
        "function M.style(spec) return (require \"briefpress.engine\").text.style(spec) end\n"
        "return M\n");
}

static inline void close_folder(void)
{
    char command[400];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

typedef struct {
    double seconds;
    const bp_parameter *parameters;
    size_t parameter_count;
    const char *const *read_folders;
    size_t read_folder_count;
    const char *language, *date;
    const bp_data *data;
    bp_faults *findings;
    bp_buf *pdf, *trace;
    size_t pages_most;
} run_options;

static inline bp_script_options full_options(const run_options *given, const char *layout)
{
    return (bp_script_options){.layout = layout,
                               .library = library_folder,
                               .read_folders = given->read_folders,
                               .read_folder_count = given->read_folder_count,
                               .language = given->language,
                               .parameters = given->parameters,
                               .parameter_count = given->parameter_count,
                               .seconds_most = given->seconds,
                               .date = given->date,
                               .trace = given->trace,
                               .pages_most = given->pages_most,
                               .deflate_level = -1};
}

static inline bp_catalog *new_catalog(void)
{
    bp_error err = {0};
    bp_catalog *catalog = bp_catalog_new(TEST_SOURCE_DIR "/fonts/fonts.json", NULL, 0, false, &err);
    ck_assert_msg(catalog != NULL, "%s", err.text);
    return catalog;
}

/* Renders the file `layout` of the folder; the run is in the folder, so that places are as short as
 * its name. */
static inline bool render_file(const char *layout, const run_options *given, bp_error *err)
{
    static const run_options none;
    bp_script_options options = full_options(given ? given : &none, layout);
    bp_catalog *catalog = new_catalog();
    ck_assert_int_eq(chdir(folder), 0);
    bp_sink pdf = {0};
    if (given != NULL && given->pdf != NULL)
        pdf = bp_sink_to_buf(given->pdf);
    bool ok =
        bp_script_render(&options, given ? given->data : NULL, catalog,
                         pdf.write != NULL ? &pdf : NULL, given ? given->findings : NULL, err);
    bp_catalog_free(catalog);
    ck_assert_int_eq(
        bp_mem.live,
        given && (given->data || given->pdf || given->trace || given->findings) ? bp_mem.live : 0);
    return ok;
}

static inline bool render(const char *text, const run_options *given, bp_error *err)
{
    write_text("mine.lua", text);
    return render_file("mine.lua", given, err);
}

/* Runs a test file of `text`; the sandbox is that of layouts. */
static inline bool run_text(const char *text, const run_options *given, bp_error *err)
{
    static const run_options none;
    write_text("mine.lua", text);
    bp_script_options options = full_options(given ? given : &none, "mine.lua");
    bp_catalog *catalog = new_catalog();
    ck_assert_int_eq(chdir(folder), 0);
    bool ok = bp_script_run_test(&options, "mine.lua", catalog, err);
    bp_catalog_free(catalog);
    ck_assert_int_eq(bp_mem.live, 0);
    return ok;
}

static inline int run_suite(const char *name, TCase *tests)
{
    tcase_add_checked_fixture(tests, open_folder, close_folder);
    tcase_set_timeout(tests, 60);
    Suite *suite = suite_create(name);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
