/* Editions: what is entered, what the link points to, what is removed and what never is. */
#include "../base/suite.h"
#include "base/hash.h"
#include "base/lock.h"
#include "base/mem.h"
#include "job/edition_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static char top[64];

static void set_up(void)
{
    strcpy(top, "/tmp/briefpress-edition-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    ck_assert_int_eq(chdir(top), 0);
}

static void tear_down(void)
{
    char command[160];
    (void)snprintf(command, sizeof command, "chmod -R u+w %s; rm -r %s", top, top);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(system(command), 0); // NOLINT(cert-env33-c,concurrency-mt-unsafe)
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static bool is_there(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static size_t count_lines(const char *path)
{
    FILE *file = fopen(path, "re");
    size_t count = 0;
    for (int c; file != NULL && (c = fgetc(file)) != EOF;)
        count += c == '\n' ? 1 : 0;
    if (file != NULL)
        (void)fclose(file);
    return count;
}

/* What a run does. */
typedef struct {
    const char *pattern, *period, *region;
    bp_edition_rules rules;
    bool is_killed; /* Between entering and naming. */
} run;

static int64_t today;

static bool make(const run *to, bp_edition_outcome *outcome, bp_error *err)
{
    const bp_parameter values[] = {{"period", to->period},
                                   {"date", to->period},
                                   {"region", to->region != NULL ? to->region : "west"}};
    const bp_edition edition = {.pattern = to->pattern != NULL ? to->pattern : "out/{period}.pdf",
                                .values = values,
                                .value_count = 3,
                                .today = today};
    bp_edition_rules rules = to->rules;
    bp_edition_bytes bytes;
    bp_buf path = {0}, hidden = {0};
    bp_hash hash;
    *outcome = (bp_edition_outcome){0};
    bool ok = bp_pattern_expand(edition.pattern, values, 3, &path, err) &&
              bp_pattern_make_folders(path.bytes, err);
    char text[64];
    (void)snprintf(text, sizeof text, "%%PDF of %s", to->period);
    bytes.size = strlen(text);
    bp_hash_init(&hash);
    bp_hash_add(&hash, text, bytes.size);
    bp_hash_end(&hash, bytes.sha256);
    bp_lock lock = {.fd = -1};
    ok = ok && bp_lock_take(&lock, path.bytes, err);
    ok = ok && bp_edition_enter(&edition, &bytes, rules.keep != 0 || rules.latest != NULL, err);
    if (ok && !to->is_killed) {
        write_file(path.bytes, text);
        bp_lock_release(&lock);
        rules.made = &bytes;
        if (rules.keep != 0 || rules.latest != NULL)
            ok = bp_edition_settle(&edition, &rules, outcome, err);
    }
    bp_lock_release(&lock);
    bp_buf_clear(&path);
    bp_buf_clear(&hidden);
    return ok;
}

static void clear(bp_edition_outcome *outcome)
{
    bp_buf_clear(&outcome->removed);
    bp_buf_clear(&outcome->changed);
}

/* Makes the edition of a period, of which `keep` may stay; it must succeed. */
static void make_kept(const char *period, size_t keep)
{
    bp_edition_outcome outcome;
    bp_error err = {0};
    const run to = {.period = period, .rules = {.keep = keep}};
    ck_assert_msg(make(&to, &outcome, &err), "%s: %s", err.place, err.text);
    clear(&outcome);
}

START_TEST(the_oldest_go_with_all_that_is_theirs)
{
    today = bp_day_number(2022, 12, 1);
    make_kept("2022-05", 3);
    write_file("out/.2022-05.pdf.state", "state");
    make_kept("2022-06", 3);
    make_kept("2022-07", 3);
    ck_assert(is_there("out/2022-05.pdf") && is_there("out/.2022-05.pdf.lock"));
    bp_edition_outcome outcome;
    bp_error err = {0};
    const run to = {.period = "2022-08", .rules = {.keep = 3}};
    ck_assert(make(&to, &outcome, &err));
    ck_assert_uint_eq(outcome.count, 3);
    ck_assert_str_eq(outcome.removed.bytes, "out/2022-05.pdf");
    clear(&outcome);
    ck_assert(!is_there("out/2022-05.pdf") && !is_there("out/.2022-05.pdf.lock") &&
              !is_there("out/.2022-05.pdf.state"));
    ck_assert(is_there("out/2022-06.pdf") && is_there("out/2022-08.pdf"));
    ck_assert_uint_eq(count_lines("out/.{period}.pdf.editions"), 4);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(what_it_did_not_make_stays)
{
    today = bp_day_number(2022, 12, 1);
    ck_assert_int_eq(mkdir("out", 0777), 0);
    write_file("out/2019-01.pdf", "%PDF of 2019-01"); /* As if it were. */
    make_kept("2022-05", 1);
    make_kept("2022-06", 1);
    ck_assert(is_there("out/2019-01.pdf") && !is_there("out/2022-05.pdf"));
    write_file("out/2022-06.pdf", "mine: 2022-0x"); /* Of the same length. */
    bp_edition_outcome outcome;
    bp_error err = {0};
    const run to = {.period = "2022-07", .rules = {.keep = 1}};
    ck_assert_uint_eq(strlen("mine: 2022-0x"), strlen("%PDF of 2022-0") - 1);
    write_file("out/2022-06.pdf", "mine: 2022-06xx");
    ck_assert(make(&to, &outcome, &err));
    ck_assert_str_eq(outcome.changed.bytes, "out/2022-06.pdf");
    ck_assert_uint_eq(outcome.removed.length, 0);
    clear(&outcome);
    ck_assert(is_there("out/2022-06.pdf"));
    /* It is nobody's edition from now on. */
    make_kept("2022-08", 1);
    ck_assert(is_there("out/2022-06.pdf") && !is_there("out/2022-07.pdf"));
    /* Nor is what was put in its place: a link, a longer file, a folder. */
    ck_assert_int_eq(unlink("out/2022-08.pdf"), 0);
    ck_assert_int_eq(symlink("2022-06.pdf", "out/2022-08.pdf"), 0);
    make_kept("2022-09", 1);
    ck_assert(is_there("out/2022-08.pdf"));
    write_file("out/2022-09.pdf", "longer than what was made");
    make_kept("2022-10", 1);
    ck_assert(is_there("out/2022-09.pdf"));
    ck_assert_int_eq(unlink("out/2022-10.pdf"), 0);
    ck_assert_int_eq(mkdir("out/2022-10.pdf", 0777), 0);
    make_kept("2022-11", 1);
    ck_assert(is_there("out/2022-10.pdf"));
}
END_TEST

START_TEST(an_edition_made_again_is_still_one)
{
    today = bp_day_number(2022, 12, 1);
    make_kept("2022-05", 2);
    make_kept("2022-05", 2);
    make_kept("2022-06", 2);
    make_kept("2022-05", 2);
    ck_assert(is_there("out/2022-05.pdf") && is_there("out/2022-06.pdf"));
    ck_assert_uint_eq(count_lines("out/.{period}.pdf.editions"), 3);
}
END_TEST

/* An older one made now stays for now, and takes nobody's place. */
START_TEST(order_is_by_period_not_by_time)
{
    today = bp_day_number(2022, 12, 1);
    make_kept("2022-06", 2);
    make_kept("2022-07", 2);
    make_kept("2022-01", 2);
    ck_assert(is_there("out/2022-06.pdf") && is_there("out/2022-07.pdf") &&
              is_there("out/2022-01.pdf"));
    make_kept("2022-08", 2);
    ck_assert(!is_there("out/2022-06.pdf") && is_there("out/2022-07.pdf") &&
              !is_there("out/2022-01.pdf") && is_there("out/2022-08.pdf"));
}
END_TEST

/* Days that have not come were made by a clock that was wrong: they push nothing out, and stay. */
START_TEST(a_clock_that_jumped_removes_nothing)
{
    today = bp_day_number(2022, 9, 3);
    make_kept("2022-09-01", 2);
    make_kept("2022-09-02", 2);
    today = bp_day_number(2090, 1, 1);
    make_kept("2090-01-01", 2); /* One goes, as on any day. */
    ck_assert(!is_there("out/2022-09-01.pdf") && is_there("out/2022-09-02.pdf"));
    today = bp_day_number(2022, 9, 3);
    make_kept("2022-09-03", 2);
    make_kept("2022-09-03", 2);
    ck_assert(is_there("out/2022-09-02.pdf") && is_there("out/2022-09-03.pdf") &&
              is_there("out/2090-01-01.pdf"));
    today = bp_day_number(1970, 1, 1);
    make_kept("1970-01-01", 1);
    ck_assert(is_there("out/2022-09-02.pdf") && is_there("out/2022-09-03.pdf") &&
              is_there("out/1970-01-01.pdf"));
}
END_TEST

START_TEST(groups_and_kinds_of_periods_are_counted_apart)
{
    bp_edition_outcome outcome;
    bp_error err = {0};
    today = bp_day_number(2022, 12, 1);
    static const char *const regions[] = {"east", "west"};
    static const char *const periods[] = {"2022-05", "2022-Q2", "2022-06", "2022-07", "2022-Q3"};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 5; j++) {
            const run to = {.pattern = "out/{region}/{period:%Y}/{period}.pdf",
                            .period = periods[j],
                            .region = regions[i],
                            .rules = {.keep = 2}};
            ck_assert_msg(make(&to, &outcome, &err), "%s: %s", err.place, err.text);
            clear(&outcome);
        }
    for (size_t i = 0; i < 2; i++) {
        static const bool stay[] = {false, true, true, true, true};
        for (size_t j = 0; j < 5; j++) {
            char path[64];
            (void)snprintf(path, sizeof path, "out/%s/2022/%s.pdf", regions[i], periods[j]);
            ck_assert_msg(is_there(path) == stay[j], "%s", path);
        }
    }
    ck_assert(is_there("out/.{region}%2F{period:%25Y}%2F{period}.pdf.editions"));
}
END_TEST

START_TEST(folders_that_are_empty_go)
{
    bp_edition_outcome outcome;
    bp_error err = {0};
    today = bp_day_number(2022, 12, 1);
    static const char *const periods[] = {"2021-11", "2022-05", "2022-06"};
    for (size_t j = 0; j < 3; j++) {
        const run to = {.pattern = "out/{period:%Y}/{period}/r.pdf",
                        .period = periods[j],
                        .rules = {.keep = 1}};
        ck_assert(make(&to, &outcome, &err));
        clear(&outcome);
        if (j == 1)
            write_file("out/2022/mine", "mine");
    }
    ck_assert(!is_there("out/2021") && !is_there("out/2022/2022-05") &&
              is_there("out/2022/2022-06/r.pdf") && is_there("out/2022/mine"));
}
END_TEST

static void expect_link(const char *link, const char *expected)
{
    char text[256] = "";
    ck_assert_int_gt(readlink(link, text, sizeof text - 1), 0);
    ck_assert_str_eq(text, expected);
}

START_TEST(the_link_points_to_the_newest)
{
    bp_edition_outcome outcome;
    bp_error err = {0};
    today = bp_day_number(2022, 12, 1);
    static const char *const periods[] = {"2022-06", "2022-08", "2022-05"};
    static const char *const aims[] = {"2022-06.pdf", "2022-08.pdf", "2022-08.pdf"};
    for (size_t i = 0; i < 3; i++) {
        const run to = {.period = periods[i], .rules = {.latest = "latest.pdf", .keep = 1}};
        ck_assert_msg(make(&to, &outcome, &err), "%s", err.text);
        expect_link("out/latest.pdf", aims[i]);
        clear(&outcome);
    }
    /* The one at hand and the one that is linked to stay. */
    ck_assert(is_there("out/2022-08.pdf") && is_there("out/2022-05.pdf") &&
              !is_there("out/2022-06.pdf"));
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *pattern, *link, *place, *text;
} links[] = {
    {"out/{period}.pdf", "latest.pdf", "out/latest.pdf", "2022-08.pdf"},
    {"out/{period}.pdf", "./latest.pdf", "latest.pdf", "out/2022-08.pdf"},
    {"out/{period}.pdf", "pub/a/latest.pdf", "pub/a/latest.pdf", "../../out/2022-08.pdf"},
    {"out/{period}.pdf", "out2/latest.pdf", "out2/latest.pdf", "../out/2022-08.pdf"},
    {"{period}.pdf", "latest.pdf", "latest.pdf", "2022-08.pdf"},
    {"{period}/r.pdf", "latest.pdf", "latest.pdf", "2022-08/r.pdf"},
    {"a/b/{region}/{period}.pdf", "{region}.pdf", "a/b/west.pdf", "west/2022-08.pdf"},
    {"a/b/{region}/{period}.pdf", "a/{region}/latest.pdf", "a/west/latest.pdf",
     "../b/west/2022-08.pdf"},
};

START_TEST(links_are_relative)
{
    bp_edition_outcome outcome;
    bp_error err = {0};
    today = bp_day_number(2022, 12, 1);
    const run to = {
        .pattern = links[_i].pattern, .period = "2022-08", .rules = {.latest = links[_i].link}};
    ck_assert_msg(make(&to, &outcome, &err), "%s: %s", err.place, err.text);
    expect_link(links[_i].place, links[_i].text);
    struct stat status;
    ck_assert_int_eq(stat(links[_i].place, &status), 0);
    clear(&outcome);
}
END_TEST

START_TEST(only_a_link_is_replaced)
{
    bp_edition_outcome outcome;
    bp_error err = {0};
    today = bp_day_number(2022, 12, 1);
    ck_assert_int_eq(mkdir("out", 0777), 0);
    write_file("out/latest.pdf", "mine");
    const run to = {.period = "2022-08", .rules = {.latest = "latest.pdf"}};
    ck_assert(!make(&to, &outcome, &err));
    ck_assert_int_eq(err.code, BP_ERR_CREATE);
    ck_assert_str_eq(err.text, "is no symbolic link, and stays; name another one with --latest");
    ck_assert(is_there("out/2022-08.pdf"));
    clear(&outcome);
    /* A link that leads nowhere, or to itself, is one; so is one that a killed run left. */
    ck_assert_int_eq(unlink("out/latest.pdf"), 0);
    ck_assert_int_eq(symlink("latest.pdf", "out/latest.pdf"), 0);
    ck_assert_int_eq(symlink("x", "out/.latest.pdf.briefpress-link.tmp"), 0);
    err = (bp_error){0};
    ck_assert_msg(make(&to, &outcome, &err), "%s", err.text);
    expect_link("out/latest.pdf", "2022-08.pdf");
    ck_assert(!is_there("out/.latest.pdf.briefpress-link.tmp"));
    clear(&outcome);
}
END_TEST

/* Killed between entering and naming, once with nothing there, once with an edition there. */
START_TEST(a_killed_run_loses_nothing)
{
    bp_edition_outcome outcome;
    bp_error err = {0};
    today = bp_day_number(2022, 12, 1);
    run to = {.period = "2022-05", .rules = {.keep = 2}, .is_killed = true};
    ck_assert(make(&to, &outcome, &err));
    ck_assert_uint_eq(count_lines("out/.{period}.pdf.editions"), 2);
    make_kept("2022-06", 2);
    ck_assert_uint_eq(count_lines("out/.{period}.pdf.editions"), 2);
    /* The file there is an older making of it, and is known. */
    make_kept("2022-05", 2);
    FILE *ledger = fopen("out/.{period}.pdf.editions", "ae");
    ck_assert_int_gt(fprintf(ledger,
                             "%064d\t15\t2022-05-01\t2022-05-31\t-\tmonth\t2022-05.pdf\n"
                             "%064d\t14\t2022-05-01\t2022-05-31\t-\tmonth\t2022-05.pdf\n",
                             0, 0),
                     0);
    ck_assert_int_eq(fclose(ledger), 0);
    make_kept("2022-07", 2);
    ck_assert(!is_there("out/2022-05.pdf") && is_there("out/2022-06.pdf"));
    ck_assert_uint_eq(count_lines("out/.{period}.pdf.editions"), 3);
}
END_TEST

START_TEST(a_ledger_is_begun_only_where_it_is_asked_for)
{
    bp_edition_outcome outcome;
    bp_error err = {0};
    today = bp_day_number(2022, 12, 1);
    const run to = {.period = "2022-04"};
    ck_assert(make(&to, &outcome, &err));
    ck_assert(!is_there("out/.{period}.pdf.editions"));
    make_kept("2022-06", 1);
    ck_assert(is_there("out/2022-04.pdf")); /* Made before. */
    const run other = {.period = "2022-05"};
    ck_assert(make(&other, &outcome, &err)); /* Entered, where there is one. */
    make_kept("2022-06", 1);
    ck_assert(!is_there("out/2022-05.pdf") && is_there("out/2022-04.pdf"));
}
END_TEST

static const char *const foreign[] = {
    "something else\n",
    "briefpress editions 1\nx",
    "briefpress editions 1\nx\n",
    "briefpress editions 1\n"
    "0000000000000000000000000000000000000000000000000000000000000000\t1\t-\t-\t-\tg\t../x\n",
    "briefpress editions 1\n"
    "0000000000000000000000000000000000000000000000000000000000000000\t1\t-\t-\t-\tg\t/x\n",
    "briefpress editions 1\n"
    "0000000000000000000000000000000000000000000000000000000000000000\t1\t-\t-\t-\tg\ta/../../x\n",
    "briefpress editions 1\n"
    "0000000000000000000000000000000000000000000000000000000000000000\t-1\t-\t-\t-\tg\tx\n",
    "briefpress editions 1\n"
    "0000000000000000000000000000000000000000000000000000000000000000\t1\t2022\t-\t-\tg\tx\n",
    "briefpress editions 1\n"
    "000000000000000000000000000000000000000000000000000000000000000G\t1\t-\t-\t-\tg\tx\n",
};

START_TEST(a_ledger_that_is_none_removes_nothing)
{
    bp_edition_outcome outcome;
    bp_error err = {0};
    today = bp_day_number(2022, 12, 1);
    make_kept("2022-05", 1);
    write_file("out/.{period}.pdf.editions", foreign[_i]);
    const run to = {.period = "2022-06", .rules = {.keep = 1}};
    ck_assert(!make(&to, &outcome, &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
    ck_assert_str_eq(err.place, "out/.{period}.pdf.editions");
    ck_assert(is_there("out/2022-05.pdf") && is_there("out/2022-06.pdf"));
    clear(&outcome);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(an_edition_that_is_being_made_stays)
{
    bp_lock lock;
    bp_error err = {0};
    today = bp_day_number(2022, 12, 1);
    make_kept("2022-05", 1);
    ck_assert(bp_lock_take(&lock, "out/2022-05.pdf", &err));
    make_kept("2022-06", 1);
    ck_assert(is_there("out/2022-05.pdf") && is_there("out/.2022-05.pdf.lock"));
    bp_lock_release(&lock);
    make_kept("2022-06", 1);
    ck_assert(!is_there("out/2022-05.pdf"));
    /* A lock whose file went with an edition keeps nobody out. */
    ck_assert(bp_lock_take(&lock, "out/2022-05.pdf", &err));
    ck_assert_int_eq(unlink("out/.2022-05.pdf.lock"), 0);
    bp_lock other;
    ck_assert(bp_lock_take(&other, "out/2022-05.pdf", &err));
    bp_lock_release(&other);
    bp_lock_release(&lock);
}
END_TEST

START_TEST(the_ledger_is_waited_for)
{
    today = bp_day_number(2022, 12, 1);
    make_kept("2022-05", 1);
    int fd = open("out/.{period}.pdf.editions", O_RDONLY | O_CLOEXEC);
    ck_assert_int_eq(flock(fd, LOCK_EX), 0);
    pid_t pid = fork();
    if (pid == 0) {
        (void)usleep(200000);
        _exit(flock(fd, LOCK_UN) == 0 ? 0 : 1);
    }
    make_kept("2022-06", 1);
    ck_assert(is_there("out/2022-06.pdf") && !is_there("out/2022-05.pdf"));
    close(fd);
}
END_TEST

START_TEST(patterns_without_order_are_known)
{
    const bp_parameter values[] = {{"period", "spring"}, {"date", "2022-09-03"}};
    bp_edition edition = {.pattern = "{period}.pdf", .values = values, .value_count = 2};
    ck_assert(!bp_edition_has_order(&edition));
    edition.pattern = "{date:%Y}.pdf";
    ck_assert(bp_edition_has_order(&edition));
    edition.pattern = "{id}.pdf";
    ck_assert(!bp_edition_has_order(&edition));
}
END_TEST

START_TEST(editions_survive_refused_blocks)
{
    today = bp_day_number(2022, 12, 1);
    for (int all = 0; all < 2; all++)
        for (long n = 1;; n++) {
            bp_edition_outcome outcome;
            bp_error err = {0};
            make_kept("2022-04", 9);
            make_kept("2022-05", 9);
            bp_mem.asked = bp_mem.refused = 0;
            bp_mem.fail_at = n;
            bp_mem.fail_on = all != 0;
            const run to = {.period = "2022-06", .rules = {.keep = 1, .latest = "latest.pdf"}};
            bool ok = make(&to, &outcome, &err);
            bp_mem.fail_at = 0;
            ck_assert_msg(ok || err.code == BP_ERR_MEMORY, "%s", err.text);
            clear(&outcome);
            ck_assert_int_eq(bp_mem.live, 0);
            if (bp_mem.refused == 0)
                break;
        }
    ck_assert(!is_there("out/2022-04.pdf") && is_there("out/2022-06.pdf"));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("edition");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_oldest_go_with_all_that_is_theirs);
    tcase_add_test(tests, what_it_did_not_make_stays);
    tcase_add_test(tests, an_edition_made_again_is_still_one);
    tcase_add_test(tests, order_is_by_period_not_by_time);
    tcase_add_test(tests, a_clock_that_jumped_removes_nothing);
    tcase_add_test(tests, groups_and_kinds_of_periods_are_counted_apart);
    tcase_add_test(tests, folders_that_are_empty_go);
    tcase_add_test(tests, the_link_points_to_the_newest);
    tcase_add_loop_test(tests, links_are_relative, 0, sizeof links / sizeof *links);
    tcase_add_test(tests, only_a_link_is_replaced);
    tcase_add_test(tests, a_killed_run_loses_nothing);
    tcase_add_test(tests, a_ledger_is_begun_only_where_it_is_asked_for);
    tcase_add_loop_test(tests, a_ledger_that_is_none_removes_nothing, 0,
                        sizeof foreign / sizeof *foreign);
    tcase_add_test(tests, an_edition_that_is_being_made_stays);
    tcase_add_test(tests, the_ledger_is_waited_for);
    tcase_add_test(tests, patterns_without_order_are_known);
    tcase_add_test(tests, editions_survive_refused_blocks);
    return run_suite("edition", tests);
}
