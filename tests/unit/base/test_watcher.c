/* Waiting for files to change: what counts, and what does not. */
#include "base/watcher.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "suite.h"

static char folder[] = "/tmp/briefpress-watcher-XXXXXX";
static bp_watcher *watcher;

static void put(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void begin(void)
{
    bp_error err = {0};
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    put("a.lua", "1");
    put("real.json", "1");
    ck_assert_int_eq(symlink("real.json", "link.json"), 0);
    ck_assert_int_eq(mkdir("fonts", 0777), 0);
    watcher = bp_watcher_new(&err);
    ck_assert_ptr_nonnull(watcher);
    ck_assert(bp_watcher_add(watcher, "a.lua", &err));
    ck_assert(bp_watcher_add(watcher, "a.lua", &err)); /* Once is enough. */
    ck_assert(bp_watcher_add(watcher, "link.json", &err));
    ck_assert(bp_watcher_add(watcher, "later/b.lua", &err));
    ck_assert(bp_watcher_add_folder(watcher, "fonts", &err));
    ck_assert(bp_watcher_ignore(watcher, "out.pdf", &err));
    ck_assert_uint_eq(bp_watcher_file_count(watcher), 5);
}

static void end(void)
{
    char command[100];
    bp_watcher_free(watcher);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(bp_mem.live, 0);
}

static bool changed(bool any)
{
    return bp_watcher_wait(watcher, -1, any, 50);
}

START_TEST(a_change_is_a_file_that_is_whole)
{
    ck_assert(!changed(false));
    put("a.lua", "2");
    ck_assert(changed(false));
    ck_assert(!changed(false));
    put("new", "3");
    ck_assert(!changed(false));
    ck_assert_int_eq(rename("new", "a.lua"), 0);
    ck_assert(changed(false));
    put("real.json", "2");
    ck_assert(changed(false));
    ck_assert_int_eq(symlink("a.lua", "swap"), 0);
    ck_assert_int_eq(rename("swap", "link.json"), 0);
    ck_assert(changed(false));
    ck_assert_int_eq(unlink("a.lua"), 0);
    ck_assert(!changed(false)); /* It is being saved. */
    FILE *file = fopen("a.lua", "w");
    ck_assert_ptr_nonnull(file);
    ck_assert(!changed(false));
    ck_assert_int_eq(fclose(file), 0);
    ck_assert(changed(false));
    ck_assert_int_eq(unlink("a.lua"), 0);
    ck_assert_int_eq(link("real.json", "a.lua"), 0);
    ck_assert(changed(false));
}
END_TEST

START_TEST(a_folder_counts_whatever_comes_into_it)
{
    put("fonts/x.ttf", "1");
    ck_assert(changed(false));
    put("fonts/.x.swp", "1");
    ck_assert(!changed(false));
}
END_TEST

START_TEST(any_file_counts_but_outputs_and_temporary_ones)
{
    static const char *const quiet[] = {"out.pdf", ".hidden", "a.lua~", "b.tmp", "4913", "#a#"};
    for (size_t i = 0; i < sizeof quiet / sizeof quiet[0]; i++) {
        put(quiet[i], "1");
        ck_assert_msg(!changed(true), "%s", quiet[i]);
    }
    put("other.lua", "1");
    ck_assert(!changed(false));
    put("other.lua", "2");
    ck_assert(changed(true));
}
END_TEST

START_TEST(a_folder_may_come_and_go)
{
    ck_assert_int_eq(mkdir("later", 0777), 0);
    ck_assert(bp_watcher_wait(watcher, -1, false, 2000));
    put("later/b.lua", "1");
    ck_assert(changed(false));
    ck_assert_int_eq(rename("later", "away"), 0);
    ck_assert(!changed(false));
    put("away/b.lua", "2");
    ck_assert(!changed(false));
    ck_assert_int_eq(rename("away", "later"), 0);
    ck_assert(bp_watcher_wait(watcher, -1, false, 2000));
    put("later/b.lua", "3");
    ck_assert(changed(false));
}
END_TEST

/* Only the last part of a path was taken for a link that may change. */
START_TEST(links_on_the_way_are_watched)
{
    bp_error err = {0};
    ck_assert_int_eq(mkdir("v1", 0777), 0);
    ck_assert_int_eq(mkdir("v2", 0777), 0);
    put("v1/x.json", "1");
    put("v2/x.json", "2");
    ck_assert_int_eq(symlink("v1", "current"), 0);
    ck_assert_int_eq(symlink("current/x.json", "x.json"), 0);
    ck_assert(bp_watcher_add(watcher, "x.json", &err));
    put("v1/x.json", "1b");
    ck_assert(changed(false));
    ck_assert_int_eq(symlink("v2", "swap"), 0);
    ck_assert_int_eq(rename("swap", "current"), 0);
    ck_assert(changed(false));
    ck_assert(bp_watcher_add(watcher, "x.json", &err));
    put("v2/x.json", "2b");
    ck_assert(changed(false));
    put("v2/other.json", "1");
    ck_assert(!changed(false));
    ck_assert_int_eq(symlink("ring", "ring"), 0);
    ck_assert(bp_watcher_add(watcher, "ring", &err));
}
END_TEST

START_TEST(who_may_read_a_file_counts_where_it_may_be_the_fault)
{
    ck_assert_int_eq(chmod("a.lua", 0), 0);
    ck_assert(!changed(false));
    ck_assert_int_eq(chmod("a.lua", 0666), 0);
    ck_assert(changed(true));
    ck_assert_int_eq(chmod("fonts", 0700), 0);
    ck_assert(changed(true));
}
END_TEST

START_TEST(a_descriptor_ends_the_wait)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], "", 1), 1);
    ck_assert(!bp_watcher_wait(watcher, ends[0], false, -1));
    close(ends[0]);
    close(ends[1]);
}
END_TEST

START_TEST(refused_memory_leaves_it_whole)
{
    ck_assert_int_eq(symlink(".", "by"), 0);
    for (long n = 1;; n++) {
        bp_error err = {0};
        long live = bp_mem.live;
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        bp_watcher *made = bp_watcher_new(&err);
        bool ok = made != NULL && bp_watcher_add(made, "link.json", &err) &&
                  bp_watcher_add(made, "by/link.json", &err) &&
                  bp_watcher_add_folder(made, "fonts", &err);
        bp_mem.fail_at = 0;
        bp_watcher_free(made);
        ck_assert_int_eq(bp_mem.live, live);
        ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "%s", err.text);
        if (bp_mem.refused == 0)
            break;
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("watcher");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, a_change_is_a_file_that_is_whole);
    tcase_add_test(tests, a_folder_counts_whatever_comes_into_it);
    tcase_add_test(tests, any_file_counts_but_outputs_and_temporary_ones);
    tcase_add_test(tests, a_folder_may_come_and_go);
    tcase_add_test(tests, links_on_the_way_are_watched);
    tcase_add_test(tests, who_may_read_a_file_counts_where_it_may_be_the_fault);
    tcase_add_test(tests, a_descriptor_ends_the_wait);
    tcase_add_test(tests, refused_memory_leaves_it_whole);
    return run_suite("watcher", tests);
}
