/* Reading, publishing, paths and locks, in a folder of its own that is removed afterwards. */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lock.h"
#include "base/mem.h"
#include "suite.h"

static char folder[64];
static mode_t mask;

static void begin(void)
{
    mask = umask(022);
    strcpy(folder, "/tmp/bp-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    bp_mem = (bp_mem_probe){0};
}

static void end(void)
{
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(bp_mem.live, 0);
    umask(mask);
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void check_text(const char *path, const char *text)
{
    bp_buf buf = {0};
    bp_error err = {0};
    ck_assert_msg(bp_file_read(path, 0, &buf, &err), "%s", err.text);
    ck_assert_str_eq(buf.bytes, text);
    bp_buf_clear(&buf);
}

/* Files of the folder but "." and "..", hidden ones too. */
static size_t file_count(void)
{
    glob_t found;
    int status = glob("{.[!.]*,*}", GLOB_BRACE, NULL, &found);
    size_t count = status == 0 ? found.gl_pathc : 0;
    if (status == 0)
        globfree(&found);
    return count;
}

static bool publish(const char *path, const char *text, bp_error *err)
{
    bp_output *output = bp_output_new(path, err);
    bool ok = output != NULL && bp_output_write(output, text, strlen(text), err) &&
              bp_output_commit(output, err);
    bp_output_free(output);
    return ok;
}

START_TEST(reading_appends_and_counts)
{
    put("a", "hello");
    bp_buf buf = {0};
    bp_error err = {0};
    ck_assert(bp_buf_text(&buf, "> "));
    ck_assert(bp_file_read("a", 5, &buf, &err));
    ck_assert_str_eq(buf.bytes, "> hello");
    ck_assert(!bp_file_read("a", 4, &buf, &err));
    ck_assert_int_eq(err.code, BP_ERR_LIMIT);
    ck_assert_str_eq(buf.bytes, "> hello");
    bp_buf_clear(&buf);
}
END_TEST

START_TEST(what_cannot_be_read_says_why)
{
    bp_buf buf = {0};
    bp_error err = {0};
    ck_assert(!bp_file_read("none", 0, &buf, &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
    ck_assert_str_eq(err.place, "none");
    err = (bp_error){0};
    ck_assert(!bp_file_read(".", 0, &buf, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "folder"));
    bp_buf_clear(&buf);
}
END_TEST

START_TEST(files_that_lie_about_their_size_are_read_whole)
{
    bp_buf buf = {0};
    bp_error err = {0};
    ck_assert(bp_file_read("/proc/self/status", 0, &buf, &err));
    ck_assert_ptr_nonnull(strstr(buf.bytes, "Pid:"));
    bp_buf_clear(&buf);
}
END_TEST

START_TEST(a_map_shows_the_bytes)
{
    put("a", "mapped");
    put("empty", "");
    bp_file_map map;
    bp_error err = {0};
    ck_assert(bp_file_map_open(&map, "a", &err));
    ck_assert_uint_eq(map.size, 6);
    ck_assert_mem_eq(map.bytes, "mapped", 6);
    bp_file_map_clear(&map);
    ck_assert(bp_file_map_open(&map, "empty", &err));
    ck_assert_uint_eq(map.size, 0);
    bp_file_map_clear(&map);
    ck_assert(!bp_file_map_open(&map, "/dev/null", &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
}
END_TEST

START_TEST(an_output_appears_at_commit_only)
{
    put("out", "old");
    bp_error err = {0};
    bp_output *output = bp_output_new("out", &err);
    ck_assert_ptr_nonnull(output);
    ck_assert(bp_output_write(output, "new", 3, &err));
    check_text("out", "old");
    ck_assert(bp_output_commit(output, &err));
    bp_output_free(output);
    check_text("out", "new");
    ck_assert_uint_eq(file_count(), 1);
}
END_TEST

START_TEST(an_output_not_committed_leaves_nothing)
{
    put("out", "old");
    bp_error err = {0};
    bp_output *output = bp_output_new("out", &err);
    ck_assert(bp_output_write(output, "new", 3, &err));
    ck_assert_uint_eq(file_count(), 2);
    bp_output_free(output);
    ck_assert_uint_eq(file_count(), 1);
    check_text("out", "old");
}
END_TEST

START_TEST(abandoning_removes_the_parents_files_in_the_parent_only)
{
    bp_error err = {0};
    bp_output *output = bp_output_new("out", &err);
    pid_t child = fork();
    if (child == 0) {
        bp_output_abandon_all();
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ck_assert_uint_eq(file_count(), 1);
    bp_output_abandon_all();
    ck_assert_uint_eq(file_count(), 0);
    bp_output_free(output);
}
END_TEST

START_TEST(modes_follow_the_old_file_or_the_umask)
{
    bp_error err = {0};
    struct stat status;
    ck_assert(publish("fresh", "x", &err));
    ck_assert_int_eq(stat("fresh", &status), 0);
    ck_assert_uint_eq(status.st_mode & 07777, 0644);
    umask(0);
    ck_assert(publish("open", "x", &err));
    ck_assert_int_eq(stat("open", &status), 0);
    ck_assert_uint_eq(status.st_mode & 07777, 0666);
    ck_assert_int_eq(chmod("fresh", 0600), 0);
    ck_assert(publish("fresh", "y", &err));
    ck_assert_int_eq(stat("fresh", &status), 0);
    ck_assert_uint_eq(status.st_mode & 07777, 0600);
}
END_TEST

START_TEST(a_link_stays_a_link)
{
    bp_error err = {0};
    struct stat status;
    ck_assert_int_eq(mkdir("real", 0755), 0);
    put("real/out", "old");
    ck_assert_int_eq(symlink("real/out", "link"), 0);
    ck_assert_int_eq(symlink("real/fresh", "dangling"), 0);
    ck_assert_int_eq(symlink("loop", "loop"), 0);
    ck_assert(publish("link", "new", &err));
    ck_assert(publish("dangling", "new", &err));
    ck_assert_int_eq(lstat("link", &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    check_text("real/out", "new");
    check_text("real/fresh", "new");
    ck_assert(!publish("loop", "new", &err));
    ck_assert_int_eq(err.code, BP_ERR_CREATE);
}
END_TEST

static const struct {
    const char *path;
    const char *says;
} refused[] = {
    {"none/out", "folder does not exist"},
    {".", "is a folder"},
    {"sub", "is a folder"},
    {"sub/", "is a folder"},
    {"file/out", "folder"},
    {"", "is a folder"},
};

START_TEST(outputs_that_cannot_be_created_say_why)
{
    ck_assert_int_eq(mkdir("sub", 0755), 0);
    put("file", "");
    bp_error err = {0};
    ck_assert(!publish(refused[_i].path, "x", &err));
    ck_assert_int_eq(err.code, BP_ERR_CREATE);
    ck_assert_msg(strstr(err.text, refused[_i].says) != NULL, "%s", err.text);
    ck_assert_uint_eq(file_count(), 2);
}
END_TEST

START_TEST(a_name_as_long_as_can_be_is_published)
{
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    bp_error err = {0};
    ck_assert_msg(publish(name, "x", &err), "%s", err.text);
    check_text(name, "x");
    bp_lock lock;
    ck_assert(bp_lock_take(&lock, name, &err));
    bp_lock_release(&lock);
}
END_TEST

START_TEST(a_full_device_is_a_failed_write)
{
    bp_error err = {0};
    ck_assert(bp_output_is_direct("/dev/full"));
    ck_assert(!publish("/dev/full", "x", &err));
    ck_assert_int_eq(err.code, BP_ERR_WRITE);
    err = (bp_error){0};
    ck_assert(publish("/dev/null", "x", &err));
    struct stat status;
    ck_assert_int_eq(stat("/dev/null", &status), 0);
    ck_assert(S_ISCHR(status.st_mode));
}
END_TEST

START_TEST(sweeping_removes_what_killed_runs_left_and_no_more)
{
    put(".out.briefpress-123-0.tmp", "");
    put(".out.briefpress-99999-17.tmp", "");
    static const char *const others[] = {".out.briefpress-123.tmp",   ".out.briefpress-a-0.tmp",
                                         ".other.briefpress-1-0.tmp", ".out.briefpress-1-0.tmp.bak",
                                         "out.briefpress-1-0.tmp",    ".out.lock"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        put(others[i], "");
    bp_output_sweep("out");
    ck_assert_uint_eq(file_count(), sizeof others / sizeof others[0]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_assert_int_eq(access(others[i], F_OK), 0);
}
END_TEST

START_TEST(a_refused_block_leaves_no_file)
{
    for (long n = 1;; n++) {
        bp_mem = (bp_mem_probe){.fail_at = n};
        bp_error err = {0};
        bool ok = publish("out", "x", &err);
        ck_assert_int_eq(bp_mem.live, 0);
        if (bp_mem.refused == 0) {
            ck_assert(ok);
            break;
        }
        ck_assert(!ok);
        ck_assert_int_eq(err.code, BP_ERR_MEMORY);
        ck_assert_uint_eq(file_count(), 0);
    }
}
END_TEST

START_TEST(one_run_holds_the_lock)
{
    bp_lock lock, other;
    bp_error err = {0};
    ck_assert(bp_lock_take(&lock, "out", &err));
    ck_assert(!bp_lock_take(&other, "out", &err));
    ck_assert_int_eq(err.code, BP_ERR_BUSY);
    ck_assert_int_eq(other.fd, -1);
    err = (bp_error){0};
    ck_assert(bp_lock_take(&other, "elsewhere", &err));
    bp_lock_release(&other);
    bp_lock_release(&lock);
    bp_lock_release(&lock);
    ck_assert(bp_lock_take(&other, "out", &err));
    bp_lock_release(&other);
    ck_assert_int_eq(access(".out.lock", F_OK), 0);
}
END_TEST

START_TEST(a_link_and_its_target_share_the_lock)
{
    bp_lock lock, other;
    bp_error err = {0};
    ck_assert_int_eq(symlink("out", "link"), 0);
    ck_assert(bp_lock_take(&lock, "link", &err));
    ck_assert(!bp_lock_take(&other, "out", &err));
    ck_assert_int_eq(err.code, BP_ERR_BUSY);
    bp_lock_release(&lock);
}
END_TEST

START_TEST(a_child_does_not_hold_its_parents_lock)
{
    bp_lock lock;
    bp_error err = {0};
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert(bp_lock_take(&lock, "out", &err));
    pid_t child = fork();
    if (child == 0) {
        char byte;
        bp_lock_forget(&lock);
        close(ends[1]);
        _exit(read(ends[0], &byte, 1) == 0 ? 0 : 1);
    }
    close(ends[0]);
    bp_lock_release(&lock);
    ck_assert_msg(bp_lock_take(&lock, "out", &err), "%s", err.text);
    bp_lock_release(&lock);
    close(ends[1]);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

START_TEST(a_link_instead_of_a_lock_is_not_followed)
{
    bp_lock lock;
    bp_error err = {0};
    ck_assert_int_eq(symlink("victim", ".out.lock"), 0);
    ck_assert(!bp_lock_take(&lock, "out", &err));
    ck_assert_int_eq(err.code, BP_ERR_CREATE);
    ck_assert_int_ne(access("victim", F_OK), 0);
}
END_TEST

static const struct {
    const char *path, *folder, *name;
} parts[] = {
    {"a/b", "a", "b"},  {"b", ".", "b"}, {"/b", "/", "b"},
    {"a//b", "a", "b"}, {"a/", "a", ""}, {"//x", "/", "x"},
};

START_TEST(paths_come_apart)
{
    bp_error err = {0};
    char *parent = bp_path_folder(parts[_i].path, &err);
    ck_assert_str_eq(parent, parts[_i].folder);
    ck_assert_str_eq(bp_path_name(parts[_i].path), parts[_i].name);
    bp_free(parent);
}
END_TEST

static void check_joined(const char *a, const char *b, const char *joined)
{
    char *path = bp_path_join(a, b, NULL);
    ck_assert_str_eq(path, joined);
    bp_free(path);
}

START_TEST(paths_come_together)
{
    check_joined("a", "b", "a/b");
    check_joined("a//", "b", "a/b");
    check_joined("/", "b", "/b");
    check_joined("a", "/b", "/b");
    check_joined("", "b", "b");
    bp_error err = {0};
    ck_assert_ptr_null(bp_path_real("none", &err));
    ck_assert_int_eq(err.code, BP_ERR_INPUT);
}
END_TEST

START_TEST(below_means_below)
{
    ck_assert(bp_path_is_below("/a/b", "/a"));
    ck_assert(bp_path_is_below("/a", "/a"));
    ck_assert(bp_path_is_below("/a/b", "/a/"));
    ck_assert(bp_path_is_below("/a", "/"));
    ck_assert(!bp_path_is_below("/ab", "/a"));
    ck_assert(!bp_path_is_below("/", "/a"));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("file");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, reading_appends_and_counts);
    tcase_add_test(tests, what_cannot_be_read_says_why);
    tcase_add_test(tests, files_that_lie_about_their_size_are_read_whole);
    tcase_add_test(tests, a_map_shows_the_bytes);
    tcase_add_test(tests, an_output_appears_at_commit_only);
    tcase_add_test(tests, an_output_not_committed_leaves_nothing);
    tcase_add_test(tests, abandoning_removes_the_parents_files_in_the_parent_only);
    tcase_add_test(tests, modes_follow_the_old_file_or_the_umask);
    tcase_add_test(tests, a_link_stays_a_link);
    tcase_add_loop_test(tests, outputs_that_cannot_be_created_say_why, 0,
                        (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(tests, a_name_as_long_as_can_be_is_published);
    tcase_add_test(tests, a_full_device_is_a_failed_write);
    tcase_add_test(tests, sweeping_removes_what_killed_runs_left_and_no_more);
    tcase_add_test(tests, a_refused_block_leaves_no_file);
    tcase_add_test(tests, one_run_holds_the_lock);
    tcase_add_test(tests, a_link_and_its_target_share_the_lock);
    tcase_add_test(tests, a_child_does_not_hold_its_parents_lock);
    tcase_add_test(tests, a_link_instead_of_a_lock_is_not_followed);
    tcase_add_loop_test(tests, paths_come_apart, 0, (int)(sizeof parts / sizeof parts[0]));
    tcase_add_test(tests, paths_come_together);
    tcase_add_test(tests, below_means_below);
    return run_suite("file", tests);
}
