/* A crew of processes: the bytes are those of a rendering alone, whatever was rendered before; what
 * dies, hangs or lies costs one rendering and no more. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../base/suite.h"
#include "base/mem.h"
#include "job/crew.h"

#define LAYOUT                                                                                     \
    "local b, kept = require 'briefpress', require 'kept'\n"                                       \
    "kept.count = kept.count + 1\n"                                                                \
    "return function(data, params)\n"                                                              \
    "  if params.what == 'fail' then error('as asked') end\n"                                      \
    "  if params.what == 'hang' then string.find(string.rep('a', 60000), '.-.-.-.-.-b') end\n"     \
    "  local words = {}\n"                                                                         \
    "  for i = 1, tonumber(params.words or '5') do words[i] = 'word' .. i end\n"                   \
    "  return b.report { title = 'T', language = params.lang or 'en',\n"                           \
    "    b.text('Dear ' .. params.name .. ', ' .. kept.count),\n"                                  \
    "    b.text(table.concat(words, ' ')) }\n"                                                     \
    "end\n"

static char folder[64], layout[96];
static bp_job job;

static void write_file(const char *name, const char *text)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void begin(void)
{
    strcpy(folder, "/tmp/bp-crew-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(layout, sizeof layout, "%s/layout.lua", folder);
    write_file("layout.lua", LAYOUT);
    write_file("kept.lua", "return { count = 0 }\n");
    job = (bp_job){
        .script = {.layout = layout, .library = TEST_SOURCE_DIR "/scripts", .deflate_level = -1},
        .manifest = TEST_SOURCE_DIR "/fonts/fonts.json",
        .system_fonts = true,
        .limits = bp_limits_default};
    job.limits.seconds = 20;
}

static void end(void)
{
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(bp_mem.live, 0);
}

/* What a rendering of its own makes of these parameters. */
static void render_alone(const bp_parameter *parameters, size_t count, bp_buf *pdf)
{
    bp_job alone = job;
    bp_job_result result;
    bp_faults findings = {0};
    bp_error err = {0};
    alone.script.parameters = parameters;
    alone.script.parameter_count = count;
    alone.memory = pdf;
    ck_assert_msg(bp_job_run(&alone, &result, &findings, &err), "%s: %s", err.place, err.text);
    bp_faults_clear(&findings);
}

static void read_pdf(const bp_crew_outcome *outcome, bp_buf *pdf)
{
    pdf->length = 0;
    ck_assert(bp_buf_reserve(pdf, outcome->result.bytes));
    ck_assert_int_eq(pread(outcome->fd, pdf->bytes, outcome->result.bytes, 0),
                     (ssize_t)outcome->result.bytes);
    pdf->length = outcome->result.bytes;
}

/* Which of the rows below asks for what. */
static const bp_parameter rows[][3] = {
    {{"name", "Ada"}, {"words", "5"}, {"what", ""}},
    {{"name", "Bo"}, {"words", "900"}, {"what", ""}},
    {{"name", "Cy"}, {"words", "5"}, {"what", "fail"}},
    {{"name", "李雷"}, {"words", "12"}, {"what", ""}},
    {{"name", "Ada"}, {"words", "5"}, {"what", ""}},
};
#define ROWS (sizeof rows / sizeof rows[0])

/* Renders all rows by a crew, which must give what renderings alone give. */
static void compare(size_t size, bool no_fork)
{
    bp_error err = {0};
    bp_faults findings = {0};
    bp_buf expected[ROWS] = {{0}}, pdf = {0};
    for (size_t i = 0; i < ROWS; i++)
        if (i != 2)
            render_alone(rows[i], 3, &expected[i]);
    job.no_fork = no_fork;
    bp_crew *crew = bp_crew_new(&job, size, &err);
    ck_assert_ptr_nonnull(crew);
    ck_assert_msg(bp_crew_open(crew, &findings, &err), "%s", err.text);
    size_t next = 0, ended = 0;
    bool is_done[ROWS * 3] = {false};
    while (ended < ROWS * 3) {
        while (next < ROWS * 3 && bp_crew_has_room(crew)) {
            ck_assert_msg(bp_crew_start(crew, next, rows[next % ROWS], 3, &err), "%s", err.text);
            next++;
        }
        bp_crew_outcome outcome;
        ck_assert_msg(bp_crew_wait(crew, -1, &outcome, &err), "%s", err.text);
        size_t row = outcome.tag % ROWS;
        ck_assert(!is_done[outcome.tag]);
        is_done[outcome.tag] = true;
        if (row == 2) {
            ck_assert_int_eq(outcome.err.code, BP_ERR_SCRIPT);
            ck_assert_ptr_nonnull(strstr(outcome.err.text, "as asked"));
        } else {
            ck_assert_msg(outcome.err.code == BP_OK, "%s: %s", outcome.err.place, outcome.err.text);
            read_pdf(&outcome, &pdf);
            ck_assert_uint_eq(pdf.length, expected[row].length);
            ck_assert_mem_eq(pdf.bytes, expected[row].bytes, pdf.length);
            ck_assert_uint_ge(outcome.result.pages, row == 1 ? 2 : 1);
        }
        bp_crew_done(crew, &outcome);
        ended++;
    }
    ck_assert_uint_eq(bp_crew_busy(crew), 0);
    bp_crew_free(crew);
    for (size_t i = 0; i < ROWS; i++)
        bp_buf_clear(&expected[i]);
    bp_buf_clear(&pdf);
    bp_faults_clear(&findings);
}

START_TEST(rows_are_what_they_are_alone)
{
    compare(1, false);
}
END_TEST

START_TEST(three_workers_give_the_same)
{
    compare(3, false);
}
END_TEST

START_TEST(without_a_process_it_is_the_same)
{
    compare(1, true);
}
END_TEST

/* Starts one rendering and answers how it ended. */
static bp_code run_one(bp_crew *crew, const char *what, void (*meanwhile)(void))
{
    bp_error err = {0};
    const bp_parameter parameters[] = {{"name", "X"}, {"what", what}};
    ck_assert_msg(bp_crew_start(crew, 7, parameters, 2, &err), "%s", err.text);
    if (meanwhile != NULL)
        meanwhile();
    bp_crew_outcome outcome;
    ck_assert_msg(bp_crew_wait(crew, -1, &outcome, &err), "%s", err.text);
    ck_assert_uint_eq(outcome.tag, 7);
    bp_code code = outcome.err.code;
    if (code != BP_OK)
        ck_assert_uint_eq(outcome.result.bytes, 0);
    bp_crew_done(crew, &outcome);
    return code;
}

/* The parent of a process; 0 where it is gone. */
static int parent_of(const char *pid)
{
    char path[300];
    int parent = 0;
    (void)snprintf(path, sizeof path, "/proc/%s/stat", pid);
    FILE *file = fopen(path, "r");
    if (file != NULL) {
        if (fscanf(file, "%*d (%*[^)]) %*c %d", &parent) != 1)
            parent = 0;
        ck_assert_int_eq(fclose(file), 0);
    }
    return parent;
}

/* Kills the children of this process, as the kernel does when memory is short. */
static void kill_children(void)
{
    int killed = 0;
    DIR *listing = opendir("/proc");
    ck_assert_ptr_nonnull(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
            parent_of(entry->d_name) == (int)getpid())
            killed += kill((pid_t)strtol(entry->d_name, NULL, 10), SIGKILL) == 0;
    ck_assert_int_eq(closedir(listing), 0);
    ck_assert_int_eq(killed, 1);
}

START_TEST(a_killed_worker_costs_one_rendering)
{
    bp_error err = {0};
    bp_crew *crew = bp_crew_new(&job, 1, &err);
    ck_assert_int_eq(run_one(crew, "", NULL), BP_OK);
    ck_assert_int_eq(run_one(crew, "hang", kill_children), BP_ERR_INTERNAL);
    ck_assert_int_eq(run_one(crew, "", NULL), BP_OK);
    kill_children(); /* While it is idle: nobody notices. */
    (void)usleep(20000);
    ck_assert_int_eq(run_one(crew, "", NULL), BP_OK);
    bp_crew_free(crew);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(what_takes_too_long_is_ended)
{
    bp_error err = {0};
    job.limits.seconds = 0.7;
    bp_crew *crew = bp_crew_new(&job, 1, &err);
    ck_assert_int_eq(run_one(crew, "hang", NULL), BP_ERR_LIMIT);
    job.limits.seconds = 20;
    bp_crew_free(crew);
}
END_TEST

START_TEST(bad_data_is_told_before_the_first)
{
    char path[96];
    (void)snprintf(path, sizeof path, "%s/bad.json", folder);
    write_file("bad.json", "{\n");
    const bp_data_input input = {.path = path};
    job.inputs = &input;
    job.input_count = 1;
    for (int no_fork = 0; no_fork < 2; no_fork++) {
        bp_error err = {0};
        bp_faults findings = {0};
        job.no_fork = no_fork == 1;
        bp_crew *crew = bp_crew_new(&job, 2, &err);
        ck_assert(!bp_crew_open(crew, &findings, &err));
        ck_assert_int_eq(err.code, BP_ERR_DATA);
        ck_assert_uint_gt(bp_faults_count(&findings), 0);
        bp_crew_free(crew);
        bp_faults_clear(&findings);
    }
}
END_TEST

START_TEST(a_signal_ends_the_waiting)
{
    pid_t child = fork();
    if (child == 0) {
        bp_error err = {0};
        (void)signal(SIGTERM, SIG_DFL);
        bp_crew *crew = bp_crew_new(&job, 1, &err);
        const bp_parameter hang[] = {{"name", "X"}, {"what", "hang"}};
        bp_crew_outcome outcome;
        if (bp_crew_start(crew, 1, hang, 2, &err)) {
            (void)alarm(30);
            (void)kill(getpid(), SIGTERM);
            (void)bp_crew_wait(crew, -1, &outcome, &err);
        }
        _exit(1);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGTERM);
}
END_TEST

START_TEST(refused_blocks_are_survived)
{
    job.no_fork = true;
    const bp_parameter parameters[] = {{"name", "X"}};
    for (int fail_on = 0; fail_on < 2; fail_on++)
        for (long at = 1;; at += 1 + at / 12) {
            bp_error err = {0};
            bp_crew_outcome outcome = {0};
            bp_mem.fail_at = bp_mem.asked + at;
            bp_mem.fail_on = fail_on == 1;
            bp_mem.refused = 0;
            bp_crew *crew = bp_crew_new(&job, 2, &err);
            bool ok = crew != NULL && bp_crew_start(crew, 1, parameters, 1, &err) &&
                      bp_crew_wait(crew, -1, &outcome, &err);
            long refused = bp_mem.refused;
            bp_mem.fail_at = 0;
            if (ok) {
                ck_assert(outcome.err.code == BP_OK || outcome.err.code == BP_ERR_MEMORY);
                bp_crew_done(crew, &outcome);
            } else {
                ck_assert_int_eq(err.code, BP_ERR_MEMORY);
            }
            bp_crew_free(crew);
            ck_assert_int_eq(bp_mem.live, 0);
            if (refused == 0)
                break;
        }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("crew");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, rows_are_what_they_are_alone);
    tcase_add_test(tests, three_workers_give_the_same);
    tcase_add_test(tests, without_a_process_it_is_the_same);
    tcase_add_test(tests, a_killed_worker_costs_one_rendering);
    tcase_add_test(tests, what_takes_too_long_is_ended);
    tcase_add_test(tests, bad_data_is_told_before_the_first);
    tcase_add_test(tests, a_signal_ends_the_waiting);
    tcase_add_test(tests, refused_blocks_are_survived);
    return run_suite("crew", tests);
}
