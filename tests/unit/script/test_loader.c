/* Modules come from the layout's own folder and the library, as text, and from nowhere else. */
#include "script_suite.h"

typedef struct {
    const char *name;
    bp_code code;
} refusal;

static const refusal refusals[] = {
    {"../outside", BP_ERR_FORBIDDEN},
    {"..outside", BP_ERR_FORBIDDEN},
    {"a..b", BP_ERR_FORBIDDEN},
    {"/etc/passwd", BP_ERR_FORBIDDEN},
    {"a/b", BP_ERR_FORBIDDEN},
    {"a\\\\b", BP_ERR_FORBIDDEN},
    {"~root", BP_ERR_FORBIDDEN},
    {"a\\0b", BP_ERR_FORBIDDEN},
    {"link", BP_ERR_FORBIDDEN},
    {"linked.outside", BP_ERR_FORBIDDEN},
    {"", BP_ERR_SCRIPT},
    {".", BP_ERR_SCRIPT},
    {".a", BP_ERR_SCRIPT},
    {"a.", BP_ERR_SCRIPT},
    {"a b", BP_ERR_SCRIPT},
    {"%s", BP_ERR_SCRIPT},
    {"absent", BP_ERR_SCRIPT},
    {"briefpress.absent", BP_ERR_SCRIPT},
    {"binary", BP_ERR_SCRIPT},
    {"broken", BP_ERR_SCRIPT},
    {"pipe", BP_ERR_FORBIDDEN},
    {"first", BP_ERR_SCRIPT},
    {"io", BP_ERR_SCRIPT},
    {"os", BP_ERR_SCRIPT},
    {"debug", BP_ERR_SCRIPT},
    {"package", BP_ERR_SCRIPT},
    {"mine.lua", BP_ERR_SCRIPT},
};

START_TEST(names_that_lead_out_are_refused)
{
    char outside[600], link[600], text[600];
    snprintf(outside, sizeof outside, "%s/elsewhere", folder);
    make_folder("elsewhere");
    make_folder("layouts");
    write_text("elsewhere/outside.lua", "return 'outside'");
    write_text("outside.lua", "return 'outside'");
    snprintf(link, sizeof link, "%s/layouts/linked", folder);
    ck_assert_int_eq(symlink(outside, link), 0);
    snprintf(link, sizeof link, "%s/layouts/link.lua", folder);
    ck_assert_int_eq(symlink("../outside.lua", link), 0);
    snprintf(link, sizeof link, "%s/layouts/pipe.lua", folder);
    ck_assert_int_eq(mkfifo(link, 0666), 0);
    write_file("layouts/binary.lua", "\x1bLua\x54\x00\x19\x93", 8);
    write_text("layouts/broken.lua", "return = 5");
    write_text("layouts/first.lua", "return require 'second'");
    write_text("layouts/second.lua", "return require 'first'");
    snprintf(text, sizeof text,
             "return function() local m = require \"%s\" error('reached', 0) end",
             refusals[_i].name);
    write_text("layouts/mine.lua", text);
    bp_error err = {0};
    ck_assert(!render_file("layouts/mine.lua", NULL, &err));
    ck_assert_str_ne(err.text, "reached");
    ck_assert_msg(err.code == refusals[_i].code, "%s: %s", bp_code_name(err.code), err.text);
    ck_assert_ptr_null(strstr(err.text, folder)); /* Nothing of the machine is told. */
}
END_TEST

START_TEST(modules_are_found_where_they_should)
{
    make_folder("charts");
    make_folder("library/themes");
    make_folder("themes");
    make_folder("briefpress");
    write_text("one.lua", "#!/usr/bin/lua\nreturn 'one'");
    write_text("charts/bar.lua", "\xEF\xBB\xBFreturn 'bar of ' .. ...");
    write_text("charts/init.lua", "return 'charts'");
    write_text("nothing.lua", "local x = 1");
    write_text("library/themes/plain.lua", "return 'plain of the library'");
    write_text("library/themes/own.lua", "return 'own of the library'");
    write_text("themes/own.lua", "return 'own'");
    write_text("library/briefpress/init.lua", "return 'library'");
    write_text("briefpress/init.lua", "return 'an impostor'");
    write_text("briefpress.lua", "return 'an impostor'");
    bp_error err = {0};
    ck_assert_msg(
        run_text("assert(require 'one' == 'one' and require 'charts.bar' == 'bar of charts.bar')\n"
                 "assert(require 'charts' == 'charts' and require 'nothing' == true)\n"
                 "assert(require 'themes.plain' == 'plain of the library' and require 'themes.own' "
                 "== 'own')\n"
                 "assert(require 'briefpress' == 'library')\n"
                 "assert(require 'briefpress.engine' == require 'briefpress.engine')\n",
                 NULL, &err),
        "%s: %s", err.place, err.text);
}
END_TEST

START_TEST(files_are_read_in_the_allowed_folders_only)
{
    static const struct {
        const char *file, *code;
    } cases[] = {{"pictures/bad.png", "resource"},   {"./pictures/../pictures/bad.png", "resource"},
                 {"absent.png", "resource"},         {"../outside.png", "forbidden"},
                 {"../absent.png", "forbidden"},     {"pictures/../../outside.png", "forbidden"},
                 {"/etc/passwd", "forbidden"},       {"/no/such/file", "forbidden"},
                 {"link.png", "forbidden"},          {"pictures", "input"},
                 {"../allowed/bad.png", "resource"}, {"pipe.png", "input"}};
    make_folder("layouts");
    make_folder("layouts/pictures");
    make_folder("allowed");
    write_text("layouts/pictures/bad.png", "no picture");
    write_text("allowed/bad.png", "no picture");
    write_text("outside.png", "no picture");
    char path[600], allowed[600];
    snprintf(path, sizeof path, "%s/layouts/link.png", folder);
    ck_assert_int_eq(symlink("../outside.png", path), 0);
    snprintf(path, sizeof path, "%s/layouts/pipe.png", folder);
    ck_assert_int_eq(mkfifo(path, 0666), 0);
    snprintf(allowed, sizeof allowed, "%s/allowed", folder);
    const char *folders[] = {allowed};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "return function() require('briefpress.engine').image.load('%s') end",
                 cases[i].file);
        write_text("layouts/mine.lua", text);
        bp_error err = {0};
        ck_assert(!render_file("layouts/mine.lua",
                               &(run_options){.read_folders = folders, .read_folder_count = 1},
                               &err));
        ck_assert_msg(strcmp(bp_code_name(err.code), cases[i].code) == 0, "%s: %s: %s",
                      cases[i].file, bp_code_name(err.code), err.text);
        ck_assert_ptr_null(strstr(err.text, folder));
        ck_assert_ptr_null(strstr(err.place, folder));
    }
}
END_TEST

START_TEST(files_that_were_read_are_told)
{
    write_text("part.lua", "return 1");
    write_text("bad.png", "no picture");
    write_text("mine.lua", "local p = require 'part'\nreturn function() require 'part'\n"
                           "require('briefpress.engine').image.load('bad.png') end");
    bp_buf files = {0};
    bp_catalog *catalog = new_catalog();
    run_options given = {0};
    bp_script_options options = full_options(&given, "mine.lua");
    options.files = &files;
    ck_assert_int_eq(chdir(folder), 0);
    bp_error err = {0};
    ck_assert(!bp_script_render(&options, NULL, catalog, NULL, NULL, &err));
    static const char *const names[] = {"mine.lua", "part.lua", "bad.png"};
    const char *at = files.bytes;
    for (size_t i = 0; i < 3; i++) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        ck_assert_str_eq(at, path);
        at += strlen(at) + 1;
    }
    ck_assert_ptr_eq(at, files.bytes + files.length);
    bp_buf_clear(&files);
    bp_catalog_free(catalog);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("loader");
    tcase_add_loop_test(tests, names_that_lead_out_are_refused, 0,
                        (int)(sizeof refusals / sizeof refusals[0]));
    tcase_add_test(tests, modules_are_found_where_they_should);
    tcase_add_test(tests, files_are_read_in_the_allowed_folders_only);
    tcase_add_test(tests, files_that_were_read_are_told);
    return run_suite("loader", tests);
}
