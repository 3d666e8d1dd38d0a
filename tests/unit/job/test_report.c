/* Reading PDFs in a process that may die of them, and writing what they carry. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/suite.h"
#include "../pdf/written.h"
#include "base/file.h"
#include "base/mem.h"
#include "job/confined.h"
#include "job/extract.h"

/* Work of all kinds. */

static bool tell(void *owner, bp_buf *answer, bp_error *err)
{
    return bp_buf_text(answer, owner) || bp_fail_memory(err);
}

static bool refuse(void *owner, bp_buf *answer, bp_error *err)
{
    (void)owner;
    (void)answer;
    return bp_fail(err, BP_ERR_DATA, "r.pdf", "is no good\x1b");
}

static bool give_no_reason(void *owner, bp_buf *answer, bp_error *err)
{
    (void)owner;
    (void)answer;
    (void)err;
    return false;
}

static bool crash(void *owner, bp_buf *answer, bp_error *err)
{
    (void)answer;
    (void)err;
    (void)signal(*(const int *)owner, SIG_DFL); /* The sanitizers have handlers of their own. */
    (void)raise(*(const int *)owner);
    return true;
}

static bool leave(void *owner, bp_buf *answer, bp_error *err)
{
    (void)answer;
    (void)err;
    _exit(*(const int *)owner);
}

static bool be_refused(void *owner, bp_buf *answer, bp_error *err)
{
    (void)owner;
    (void)answer;
    (void)err;
    bp_confined_refused();
    return true;
}

static bool spin(void *owner, bp_buf *answer, bp_error *err)
{
    (void)answer;
    (void)err;
    while (owner == NULL)
        (void)usleep(1000);
    return true;
}

static bool fill(void *owner, bp_buf *answer, bp_error *err)
{
    (void)owner;
    while (answer->length < (size_t)1 << 40)
        if (!bp_buf_reserve(answer, answer->length + 4096))
            return bp_fail_memory(err);
        else
            answer->length += answer->length + 4096;
    return true;
}

static bool talk(void *owner, bp_buf *answer, bp_error *err)
{
    (void)owner;
    if (!bp_buf_reserve(answer, BP_CONFINED_ANSWER_MOST + 1))
        return bp_fail_memory(err);
    memset(answer->bytes, 'x', BP_CONFINED_ANSWER_MOST + 1);
    answer->length = BP_CONFINED_ANSWER_MOST + 1;
    return true;
}

static bool change_files(void *owner, bp_buf *answer, bp_error *err)
{
    (void)err;
    int fd = open("made", O_WRONLY | O_CREAT, 0600);
    (void)owner;
    return bp_buf_text(answer, fd < 0 ? "refused" : "made");
}

static int segv = SIGSEGV, killed = SIGKILL, zero = 0, three = 3;

static const struct {
    bool (*work)(void *owner, bp_buf *answer, bp_error *err);
    void *owner;
    bp_code code;
    const char *said;
} works[] = {
    {tell, "an answer", BP_OK, "an answer"},
    {refuse, NULL, BP_ERR_DATA, "is no good?"},
    {give_no_reason, NULL, BP_ERR_INTERNAL, "the work failed without a reason"},
    {crash, &segv, BP_ERR_DATA, "is damaged in a way that ended the worker"},
    {crash, &killed, BP_ERR_INTERNAL, "the worker was killed from outside"},
    {leave, &zero, BP_ERR_INTERNAL, "the worker ended without an answer (0)"},
    {leave, &three, BP_ERR_INTERNAL, "the worker ended without an answer (3)"},
    {be_refused, NULL, BP_ERR_LIMIT, "the memory limit of 64 MiB"},
    {spin, NULL, BP_ERR_LIMIT, "reading it took longer than 0.3 s"},
    {fill, NULL, BP_ERR_LIMIT, "the memory limit of 64 MiB"},
    {talk, NULL, BP_ERR_LIMIT, "has more to tell than 32 MiB"},
};

static const bp_report_file *find_file(const bp_report *report, const char *name)
{
    for (size_t i = 0; i < BP_REPORT_FILE_COUNT(report); i++)
        if (strcmp(BP_REPORT_FILES(report)[i].name, name) == 0)
            return &BP_REPORT_FILES(report)[i];
    return NULL;
}

START_TEST(however_the_work_ends_it_is_told)
{
    bp_error err = {0};
    bp_buf answer = {0};
    const bp_confined task = {.name = "r.pdf",
                              .limits = {.seconds = 0.3, .memory_bytes = 64u << 20},
                              .fd = -1,
                              .work = works[_i].work,
                              .owner = works[_i].owner};
    bool ok = bp_confined_run(&task, &answer, &err);
    ck_assert_msg(err.code == works[_i].code, "%s: %s", bp_code_name(err.code), err.text);
    ck_assert(ok == (err.code == BP_OK));
    const char *said = ok ? answer.bytes : err.text;
    ck_assert_msg(strncmp(said, works[_i].said, strlen(works[_i].said)) == 0, "%s", said);
    bp_buf_clear(&answer);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(the_work_changes_no_file)
{
    bp_error err = {0};
    bp_buf answer = {0};
    const bp_confined task = {
        .name = "r.pdf", .limits = {.seconds = 5}, .fd = -1, .work = change_files};
    ck_assert(bp_confined_run(&task, &answer, &err));
#ifndef BP_SANITIZED
    ck_assert_str_eq(answer.bytes, "refused");
#endif
    bp_buf_clear(&answer);
    (void)unlink("made");
}
END_TEST

/* Reports. */

static void write_report(written *pdf)
{
    bp_buf large = {0}, deflated = {0};
    for (int i = 0; i < 30000; i++)
        ck_assert(bp_buf_format(&large, "%d,", i));
    written_deflate(large.bytes, large.length, &deflated);
    written_begin(pdf);
    written_object(pdf, "<< /Type /Catalog /Pages 2 0 R /AF [4 0 R 6 0 R 8 0 R] >>");
    written_object(pdf, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    written_object(pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>");
    written_object(pdf, "<< /F (one.txt) /EF << /F 5 0 R >> >>");
    written_stream(pdf, "/Params << /Size 99 >>", "one", 3);
    written_object(pdf, "<< /F (in/two.csv) /EF << /F 7 0 R >> /Desc (Two) >>");
    written_stream(pdf, "/Filter /FlateDecode", deflated.bytes, deflated.length);
    written_object(pdf, "<< /F (bad) /EF << /F 9 0 R >> >>");
    written_stream(pdf, "/Filter /FlateDecode", "bad", 3);
    written_end(pdf, "");
    bp_buf_clear(&large);
    bp_buf_clear(&deflated);
}

static bool read_report(const written *pdf, bool has_contents, bool no_fork, size_t most,
                        bp_report *report, bp_error *err)
{
    const bp_report_source source = {
        .path = "r.pdf", .bytes = pdf->bytes.bytes, .length = pdf->bytes.length};
    const bp_report_options options = {
        .limits = {.seconds = 20, .memory_bytes = 256u << 20, .output_bytes = most},
        .has_contents = has_contents,
        .no_fork = no_fork};
    return bp_report_read(&source, &options, report, err);
}

START_TEST(a_report_is_read_with_and_without_contents)
{
    written pdf;
    bp_error err = {0};
    bp_report report;
    write_report(&pdf);
    for (int way = 0; way < 4; way++) {
        bp_buf bytes = {0};
        const bp_sink sink = bp_sink_to_buf(&bytes);
        ck_assert_msg(read_report(&pdf, way & 1, way & 2, 1u << 20, &report, &err), "%s", err.text);
        ck_assert_uint_eq(report.about.pages, 1);
        ck_assert_uint_eq(BP_REPORT_FILE_COUNT(&report), 3);
        const bp_report_file *one = find_file(&report, "one.txt");
        const bp_report_file *two = find_file(&report, "in/two.csv");
        const bp_report_file *bad = find_file(&report, "bad");
        ck_assert_ptr_null(find_file(&report, "none"));
        ck_assert_str_eq(two->description, "Two");
        if (way & 1) {
            ck_assert_int_eq(one->size_bytes, 3);
            ck_assert(bp_report_contents(&report, two, &sink, &err));
            ck_assert_uint_eq(bytes.length, (size_t)two->size_bytes);
            ck_assert_int_eq(memcmp(bytes.bytes, "0,1,2,3,", 8), 0);
            ck_assert_int_eq(bad->code, BP_ERR_DATA);
            ck_assert(!bp_report_contents(&report, bad, &sink, &err));
            ck_assert_int_eq(err.code, BP_ERR_DATA);
            err = (bp_error){0};
        } else {
            ck_assert_int_eq(one->size_bytes, 99); /* What it claims. */
            ck_assert_int_eq(two->size_bytes, -1);
        }
        bp_buf_clear(&bytes);
        bp_report_clear(&report);
    }
    written_clear(&pdf);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(more_bytes_than_allowed_are_a_limit)
{
    written pdf;
    bp_report report;
    bp_error err = {0};
    write_report(&pdf);
    ck_assert(!read_report(&pdf, true, false, pdf.bytes.length + 100, &report, &err));
    ck_assert_int_eq(err.code, BP_ERR_LIMIT);
    bp_report_clear(&report);
    err = (bp_error){0};
    ck_assert(!read_report(&pdf, false, false, pdf.bytes.length - 1, &report, &err));
    ck_assert_int_eq(err.code, BP_ERR_LIMIT);
    bp_report_clear(&report);
    written_clear(&pdf);
}
END_TEST

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/briefpress-report-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static void remove_folder(void)
{
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(system(command), 0); // NOLINT(cert-env33-c)
}

static bool extract(const bp_report *report, bool replaces, bp_faults *faults, bp_error *err)
{
    *err = (bp_error){0};
    return bp_extract(report, &(bp_extraction){.folder = "out", .replaces = replaces}, faults, err);
}

static void expect_file(const char *path, const char *content)
{
    bp_buf bytes = {0};
    ck_assert(bp_file_read(path, 0, &bytes, NULL));
    ck_assert_str_eq(bytes.bytes, content);
    bp_buf_clear(&bytes);
}

static void put_file(const char *path, const char *content)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert(bp_file_write_all(fd, content, strlen(content), path, NULL));
    close(fd);
}

START_TEST(files_are_written_whole_and_new)
{
    written pdf;
    bp_report report;
    bp_faults faults = {0};
    bp_error err = {0};
    struct stat status;
    make_folder();
    write_report(&pdf);
    ck_assert(read_report(&pdf, true, false, 1u << 20, &report, &err));
    mode_t mask = umask(027);
    ck_assert(!extract(&report, false, &faults, &err));
    ck_assert_int_eq(err.code, BP_ERR_DATA); /* "bad", and the others are there. */
    ck_assert_uint_eq(bp_faults_count(&faults), 1);
    expect_file("out/one.txt", "one");
    ck_assert_int_eq(stat("out/in/two.csv", &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0640);
    ck_assert_int_eq(stat("out/in", &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0750);
    ck_assert_int_ne(access("out/bad", F_OK), 0);
    (void)umask(mask);
    /* Nothing is replaced, and nothing written beside it. */
    put_file("out/one.txt", "mine");
    (void)unlink("out/in/two.csv");
    ck_assert(!extract(&report, false, &faults, &err));
    ck_assert_int_eq(err.code, BP_ERR_CREATE);
    ck_assert_str_eq(err.place, "out/one.txt");
    expect_file("out/one.txt", "mine");
    ck_assert_int_ne(access("out/in/two.csv", F_OK), 0);
    /* Unless that is asked for; then a link is replaced, not what it leads to. */
    put_file("elsewhere", "mine");
    (void)unlink("out/one.txt");
    ck_assert_int_eq(symlink("../elsewhere", "out/one.txt"), 0);
    ck_assert(!extract(&report, false, &faults, &err));
    ck_assert_int_eq(err.code, BP_ERR_CREATE);
    (void)extract(&report, true, &faults, &err);
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    expect_file("out/one.txt", "one");
    expect_file("elsewhere", "mine");
    bp_report_clear(&report);
    bp_faults_clear(&faults);
    written_clear(&pdf);
    remove_folder();
}
END_TEST

START_TEST(no_link_leads_out_of_the_folder)
{
    written pdf;
    bp_report report;
    bp_faults faults = {0};
    bp_error err = {0};
    make_folder();
    write_report(&pdf);
    ck_assert(read_report(&pdf, true, false, 1u << 20, &report, &err));
    ck_assert(mkdir("out", 0700) == 0 && mkdir("away", 0700) == 0);
    for (int replaces = 0; replaces < 2; replaces++) {
        ck_assert_int_eq(symlink("../away", "out/in"), 0);
        ck_assert(!extract(&report, replaces, &faults, &err));
        ck_assert_int_eq(err.code, BP_ERR_CREATE);
        ck_assert_int_ne(access("away/two.csv", F_OK), 0);
        ck_assert_int_ne(access("out/one.txt", F_OK), 0);
        ck_assert_int_eq(unlink("out/in"), 0);
    }
    /* A file where a folder would be, a folder where a file would be. */
    put_file("out/in", "x");
    ck_assert(!extract(&report, true, &faults, &err));
    ck_assert_int_eq(err.code, BP_ERR_CREATE);
    ck_assert(unlink("out/in") == 0 && mkdir("out/one.txt", 0700) == 0);
    ck_assert(!extract(&report, true, &faults, &err));
    ck_assert_int_eq(err.code, BP_ERR_CREATE);
    ck_assert_int_eq(rmdir("out/one.txt"), 0);
    ck_assert(rmdir("out") == 0 && symlink("away", "out") == 0); /* The user's own. */
    (void)extract(&report, false, &faults, &err);
    expect_file("away/one.txt", "one");
    bp_report_clear(&report);
    bp_faults_clear(&faults);
    written_clear(&pdf);
    remove_folder();
}
END_TEST

START_TEST(reading_and_writing_survive_refused_blocks)
{
    written pdf;
    bp_error err;
    make_folder();
    write_report(&pdf);
    long live = bp_mem.live;
    for (int all = 0; all < 2; all++)
        for (long n = 1;; n++) {
            bp_report report;
            bp_faults faults = {0};
            err = (bp_error){0};
            bp_mem.asked = bp_mem.refused = 0;
            bp_mem.fail_at = n;
            bp_mem.fail_on = all != 0;
            bool ok = read_report(&pdf, true, true, 1u << 20, &report, &err);
            if (ok)
                (void)extract(&report, true, &faults, &err);
            bp_mem.fail_at = 0;
            ck_assert_msg(err.code == BP_ERR_MEMORY || err.code == BP_ERR_DATA, "block %ld: %s", n,
                          err.text);
            bp_report_clear(&report);
            bp_faults_clear(&faults);
            ck_assert_msg(bp_mem.live == live, "block %ld: %ld left", n, bp_mem.live - live);
            if (bp_mem.refused == 0)
                break;
        }
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    written_clear(&pdf);
    remove_folder();
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("report");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, however_the_work_ends_it_is_told, 0, sizeof works / sizeof works[0]);
    tcase_add_test(tests, the_work_changes_no_file);
    tcase_add_test(tests, a_report_is_read_with_and_without_contents);
    tcase_add_test(tests, more_bytes_than_allowed_are_a_limit);
    tcase_add_test(tests, files_are_written_whole_and_new);
    tcase_add_test(tests, no_link_leads_out_of_the_folder);
    tcase_add_test(tests, reading_and_writing_survive_refused_blocks);
    return run_suite("report", tests);
}
