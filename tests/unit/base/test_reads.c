/* Notes of what is read, and when a mark is enough to say that a file is the same. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/reads.h"
#include "suite.h"

static char folder[64];

static void put(const char *name, const char *text)
{
    FILE *file = fopen(name, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void begin(void)
{
    strcpy(folder, "/tmp/bp-reads-XXXXXX");
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

START_TEST(reading_notes_itself)
{
    bp_buf log = {0}, bytes = {0};
    bp_reads reads = {0};
    bp_file_map map;
    bp_file_mark mark;
    unsigned char hash[32];
    put("a", "one");
    bp_reads_begin(&log);
    ck_assert(bp_file_read("a", 0, &bytes, NULL));
    ck_assert(bp_file_map_open(&map, "a", NULL));
    ck_assert(!bp_file_read("none", 0, &bytes, NULL));
    bp_reads_note_folder(".");
    bp_reads_note_variable("HOME", NULL);
    bp_reads_end();
    ck_assert(bp_file_read("a", 0, &bytes, NULL)); /* Nobody asks any more. */
    bp_file_map_clear(&map);
    ck_assert(bp_reads_add_log(&reads, log.bytes, log.length));
    ck_assert_uint_eq(bp_reads_count(&reads), 5);
    bp_reads_sort(&reads);
    ck_assert_uint_eq(bp_reads_count(&reads), 4);
    const bp_read *file = bp_reads_at(&reads, 0);
    ck_assert_int_eq(file->kind, BP_READ_FILE);
    ck_assert_int_eq(file->path[0], '/');
    ck_assert(file->has_hash);
    ck_assert(bp_file_print("a", 3, &mark, hash));
    ck_assert_mem_eq(hash, file->hash, sizeof hash);
    ck_assert(bp_file_mark_equal(&mark, &file->mark));
    ck_assert(!bp_file_print("a", 2, &mark, hash));
    ck_assert(!bp_file_print(".", 1000, &mark, hash));
    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    ck_assert(!bp_file_print("fifo", 1000, &mark, hash));
    bp_reads_clear(&reads);
    bp_buf_clear(&bytes);
    bp_buf_clear(&log);
}
END_TEST

START_TEST(a_file_read_as_two_is_known_as_neither)
{
    bp_buf log = {0}, bytes = {0};
    bp_reads reads = {0};
    put("a", "one");
    bp_reads_begin(&log);
    ck_assert(bp_file_read("a", 0, &bytes, NULL));
    put("a", "two");
    ck_assert(bp_file_read("a", 0, &bytes, NULL));
    bp_reads_end();
    ck_assert(bp_reads_add_log(&reads, log.bytes, log.length));
    bp_reads_sort(&reads);
    ck_assert_uint_eq(bp_reads_count(&reads), 1);
    ck_assert(!bp_reads_at(&reads, 0)->has_hash);
    bp_reads_clear(&reads);
    bp_buf_clear(&bytes);
    bp_buf_clear(&log);
}
END_TEST

START_TEST(a_log_that_makes_no_sense_is_refused)
{
    bp_buf log = {0};
    bp_reads_begin(&log);
    bp_reads_note_look("/a", true);
    bp_reads_end();
    for (size_t length = 1; length < log.length; length++) {
        bp_reads reads = {0};
        char *exact = bp_copy_bytes(log.bytes, length);
        ck_assert(!bp_reads_add_log(&reads, exact, length));
        bp_free(exact);
        bp_reads_clear(&reads);
    }
    for (size_t at = 0; at < log.length; at++) {
        bp_reads reads = {0};
        char kept = log.bytes[at];
        log.bytes[at] = (char)0xff;
        (void)bp_reads_add_log(&reads, log.bytes, log.length);
        log.bytes[at] = kept;
        bp_reads_clear(&reads);
    }
    bp_buf_clear(&log);
}
END_TEST

START_TEST(what_does_not_fit_leaves_no_half_log)
{
    bp_buf log = {0};
    char path[64];
    bp_reads_begin(&log);
    for (int i = 0; i < 100000; i++) {
        (void)snprintf(path, sizeof path, "/some/folder/with/files/%d", i);
        bp_reads_note_look(path, false);
    }
    ck_assert(!bp_reads_is_on());
    ck_assert_uint_eq(log.length, 0);
    bp_buf_clear(&log);
    bp_mem.asked = 0;
    bp_mem.fail_at = 1;
    bp_reads_begin(&log);
    bp_reads_note_look("/a", false);
    bp_mem.fail_at = 0;
    ck_assert_ptr_null(bp_reads_log());
    ck_assert_uint_eq(log.length, 0);
    bp_buf_clear(&log);
}
END_TEST

START_TEST(a_mark_is_enough_only_of_what_was_at_rest)
{
    const int64_t second = 1000000000;
    bp_file_mark mark = {.modified = 100 * second, .changed = 100 * second};
    ck_assert(bp_file_mark_is_settled(&mark, 103 * second));
    ck_assert(!bp_file_mark_is_settled(&mark, 102 * second));
    ck_assert(!bp_file_mark_is_settled(&mark, 50 * second)); /* The clock was set back. */
    mark.changed = 200 * second; /* Its time was set, but not when that was done. */
    ck_assert(!bp_file_mark_is_settled(&mark, 103 * second));
    mark.modified = mark.changed = INT64_MAX;
    ck_assert(!bp_file_mark_is_settled(&mark, INT64_MAX));
    ck_assert(!bp_file_mark_is_settled(&mark, INT64_MIN));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("reads");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, reading_notes_itself);
    tcase_add_test(tests, a_file_read_as_two_is_known_as_neither);
    tcase_add_test(tests, a_log_that_makes_no_sense_is_refused);
    tcase_add_test(tests, what_does_not_fit_leaves_no_half_log);
    tcase_add_test(tests, a_mark_is_enough_only_of_what_was_at_rest);
    return run_suite("reads", tests);
}
