/* The job around an honest worker: publishing, locks, refused memory, signals and kills. */
#include <sys/resource.h>

#include "base/lock.h"
#include "rooms.h"

START_TEST(an_honest_worker_is_published)
{
    bp_job job = make_job();
    job.no_fork = _i == 1;
    job.trace_file = "trace";
    behave = honest;
    bp_error err = {0};
    bp_job_result result;
    bp_faults findings = {0};
    ck_assert_msg(bp_job_run(&job, &result, &findings, &err), "%s", err.text);
    check_file("out.pdf", pdf_text);
    check_file("trace", "step\n");
    ck_assert_uint_eq(result.pages, 3);
    ck_assert_uint_eq(result.bytes, strlen(pdf_text));
    ck_assert_uint_eq(bp_faults_count(&findings), 1);
    ck_assert_str_eq(bp_faults_at(&findings, 0)->text, "a warning");
    bp_faults_clear(&findings);
    check_tidy();
}
END_TEST

START_TEST(the_last_pass_takes_the_whole_and_gives_what_is_published)
{
    bp_job job = make_job();
    job.no_fork = _i == 1;
    job.rewrite.is_linear = true;
    behave = honest;
    ck_assert_int_eq(run(&job).code, BP_OK);
    check_file("out.pdf", "%PDF-1.7\nbody\nagain\n%%EOF\n");
    check_tidy();
}
END_TEST

START_TEST(a_last_pass_that_fails_leaves_the_old_pdf)
{
    const bp_encryption encryption = {"fail", NULL, 0};
    bp_job job = make_job();
    job.no_fork = _i == 1;
    job.rewrite.encryption = &encryption;
    behave = honest;
    bp_error err = run(&job);
    ck_assert_int_eq(err.code, BP_ERR_INTERNAL);
    ck_assert_str_eq(err.text, "libqpdf fails");
    check_file("out.pdf", "old");
    check_tidy();
}
END_TEST

START_TEST(a_check_writes_nothing)
{
    bp_job job = make_job();
    job.no_fork = _i == 1;
    job.output = NULL;
    behave = honest;
    ck_assert_int_eq(run(&job).code, BP_OK);
    check_file("out.pdf", "old");
    ck_assert_int_ne(access(".out.pdf.lock", F_OK), 0);
}
END_TEST

START_TEST(memory_takes_the_bytes)
{
    bp_job job = make_job();
    bp_buf bytes = {0};
    job.no_fork = _i == 1;
    job.output = NULL;
    job.memory = &bytes;
    behave = honest;
    ck_assert_int_eq(run(&job).code, BP_OK);
    ck_assert_str_eq(bytes.bytes, pdf_text);
    bp_buf_clear(&bytes);
}
END_TEST

START_TEST(bad_data_stops_before_the_script)
{
    bp_job job = make_job();
    bp_data_input input = {.path = "d.json"};
    job.inputs = &input;
    job.input_count = 1;
    job.no_fork = _i == 1;
    behave = NULL;
    bp_error err = run(&job);
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    ck_assert_str_eq(err.place, "d.json:1:1");
    check_file("out.pdf", "old");
}
END_TEST

WORKER(fails)
{
    (void)bp_buf_text(pdf, pdf_text);
    bp_fail(err, BP_ERR_SCRIPT, "layout.lua:7", "no such block");
    strcpy(err->excerpt, "    7 | x()");
    strcpy(err->trace, "trace");
    return false;
}

START_TEST(a_failure_comes_through_whole)
{
    bp_job job = make_job();
    job.no_fork = _i == 1;
    behave = fails;
    bp_error err = run(&job);
    ck_assert_int_eq(err.code, BP_ERR_SCRIPT);
    ck_assert_str_eq(err.place, "layout.lua:7");
    ck_assert_str_eq(err.excerpt, "    7 | x()");
    ck_assert_str_eq(err.trace, "trace");
    check_file("out.pdf", "old");
}
END_TEST

START_TEST(the_standard_output_of_a_worker_is_not_ours)
{
    /* What the worker prints must not reach a PDF on standard output: see the commands' tests for
     * the rest. */
    bp_job job = make_job();
    job.output = "-";
    behave = honest;
    fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    int fd = open("captured", O_RDWR | O_CREAT | O_TRUNC, 0666);
    ck_assert_int_ge(dup2(fd, STDOUT_FILENO), 0);
    bp_error err = {0};
    bp_job_result result;
    bp_faults findings = {0};
    bool ok = bp_job_run(&job, &result, &findings, &err);
    ck_assert_int_ge(dup2(kept, STDOUT_FILENO), 0);
    close(kept);
    close(fd);
    bp_faults_clear(&findings);
    ck_assert(ok);
    check_file("captured", pdf_text);
}
END_TEST

START_TEST(a_held_lock_is_busy_and_touches_nothing)
{
    bp_job job = make_job();
    behave = honest;
    int ends[2], done[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(pipe(done), 0);
    pid_t holder = fork();
    if (holder == 0) {
        bp_lock lock;
        char byte = 0;
        close(ends[1]);
        close(done[0]);
        if (!bp_lock_take(&lock, "out.pdf", NULL) || write(done[1], &byte, 1) != 1)
            _exit(1);
        _exit((int)read(ends[0], &byte, 1));
    }
    char byte;
    close(done[1]);
    ck_assert_int_eq(read(done[0], &byte, 1), 1);
    bp_error err = {0};
    bp_job_result result;
    bp_faults findings = {0};
    ck_assert(!bp_job_run(&job, &result, &findings, &err));
    ck_assert_int_eq(err.code, BP_ERR_BUSY);
    check_file("out.pdf", "old");
    close(ends[1]);
    ck_assert_int_eq(waitpid(holder, NULL, 0), holder);
    ck_assert_int_eq(run(&job).code, BP_OK);
    check_file("out.pdf", pdf_text);
    close(ends[0]);
    close(done[0]);
}
END_TEST

START_TEST(each_refused_block_is_an_error_and_leaves_nothing)
{
    bp_job job = make_job();
    job.no_fork = _i == 1;
    behave = honest;
    for (long n = 1;; n++) {
        bp_mem = (bp_mem_probe){.fail_at = n, .fail_on = n % 2};
        bp_error err = {0};
        bp_job_result result;
        bp_faults findings = {0};
        bool ok = bp_job_run(&job, &result, &findings, &err);
        bool is_past = ok && bp_mem.refused == 0;
        bp_faults_clear(&findings);
        ck_assert_int_eq(bp_mem.live, 0);
        bp_mem = (bp_mem_probe){0};
        check_tidy();
        if (ok)
            check_file("out.pdf", pdf_text);
        else
            ck_assert_msg(err.code == BP_ERR_MEMORY || err.code == BP_ERR_LIMIT, "%s", err.text);
        if (is_past)
            break;
    }
}
END_TEST

/* A program around the job, ended by a signal while its worker sleeps. */
START_TEST(a_signal_ends_the_worker_and_leaves_nothing)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    bp_job job = make_job();
    behave = sleeps;
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0); /* Ends when the last process of the run has. */
    pid_t child = fork();
    if (child == 0) {
        struct rlimit none = {0, 0};
        (void)setrlimit(RLIMIT_CORE, &none);
        (void)signal(signals[_i], SIG_DFL); /* Check has handlers of its own. */
        close(ends[0]);
        bp_job_result result;
        (void)bp_job_run(&job, &result, NULL, NULL);
        _exit(0);
    }
    close(ends[1]);
    (void)usleep(150000);
    ck_assert_int_eq(kill(child, signals[_i]), 0);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), signals[_i]);
    char byte;
    ck_assert_int_eq(read(ends[0], &byte, 1), 0);
    close(ends[0]);
    check_tidy();
    check_file("out.pdf", "old");
}
END_TEST

START_TEST(a_killed_parent_takes_its_worker_along_and_the_next_run_sweeps)
{
    bp_job job = make_job();
    behave = sleeps;
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        bp_job_result result;
        (void)bp_job_run(&job, &result, NULL, NULL);
        _exit(0);
    }
    close(ends[1]);
    (void)usleep(150000);
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    char byte;
    ck_assert_int_eq(read(ends[0], &byte, 1), 0);
    close(ends[0]);
    check_file("out.pdf", "old");
    behave = honest;
    ck_assert_int_eq(run(&job).code, BP_OK);
    check_file("out.pdf", pdf_text);
}
END_TEST

static void hear(int number)
{
    heard = number;
}

START_TEST(a_host_that_handles_the_signal_goes_on)
{
    bp_job job = make_job();
    behave = sleeps;
    (void)signal(SIGTERM, hear);
    pid_t sender = fork();
    if (sender == 0) {
        (void)usleep(150000);
        _exit(kill(getppid(), SIGTERM));
    }
    bp_error err = {0};
    bp_job_result result;
    ck_assert(!bp_job_run(&job, &result, NULL, &err));
    ck_assert_int_eq(heard, SIGTERM);
    ck_assert_int_eq(err.code, BP_ERR_SYSTEM);
    ck_assert_ptr_nonnull(strstr(err.text, "interrupted"));
    ck_assert_int_eq(waitpid(sender, NULL, 0), sender);
    check_tidy();
    (void)signal(SIGTERM, SIG_DFL);
    behave = honest;
    ck_assert_int_eq(run(&job).code, BP_OK);
}
END_TEST

static void count_tick(void *owner, double seconds)
{
    ck_assert_double_ge(seconds, 0);
    ++*(int *)owner;
}

START_TEST(the_wait_is_told)
{
    int ticks = 0;
    bp_job job = make_job();
    job.limits.seconds = 0.8;
    job.tick = count_tick;
    job.owner = &ticks;
    behave = sleeps;
    ck_assert_int_eq(run(&job).code, BP_ERR_LIMIT);
    ck_assert_int_ge(ticks, 2);
}
END_TEST

static bool count_asked(void *owner)
{
    return ++*(int *)owner == 2;
}

WORKER(lists_parameters)
{
    ck_assert_ptr_nonnull(pdf);
    return bp_buf_text(pdf, "Title\tText\n");
}

START_TEST(a_run_that_is_overtaken_ends_and_leaves_the_old_pdf)
{
    int asked = 0;
    bp_job job = make_job();
    job.is_overtaken = count_asked;
    job.owner = &asked;
    behave = sleeps;
    ck_assert_int_eq(run(&job).code, BP_ERR_BUSY);
    ck_assert_int_eq(asked, 2);
    check_file("out.pdf", "old");
}
END_TEST

/* Loop: 1 is in this process. */
START_TEST(a_description_is_handed_over_and_no_data_is_read)
{
    const bp_data_input input = {.path = "none.json"};
    bp_buf text = {0};
    bp_job job = make_job();
    job.output = NULL;
    job.description = &text;
    job.inputs = &input;
    job.input_count = 1;
    job.no_fork = _i == 1;
    behave = lists_parameters;
    ck_assert_int_eq(run(&job).code, BP_OK);
    ck_assert_str_eq(text.bytes, "Title\tText\n");
    bp_buf_clear(&text);
    check_file("out.pdf", "old");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("worker");
    tcase_set_timeout(tests, 30);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, an_honest_worker_is_published, 0, 2);
    tcase_add_loop_test(tests, the_last_pass_takes_the_whole_and_gives_what_is_published, 0, 2);
    tcase_add_loop_test(tests, a_last_pass_that_fails_leaves_the_old_pdf, 0, 2);
    tcase_add_loop_test(tests, a_check_writes_nothing, 0, 2);
    tcase_add_loop_test(tests, memory_takes_the_bytes, 0, 2);
    tcase_add_loop_test(tests, bad_data_stops_before_the_script, 0, 2);
    tcase_add_loop_test(tests, a_failure_comes_through_whole, 0, 2);
    tcase_add_test(tests, the_standard_output_of_a_worker_is_not_ours);
    tcase_add_test(tests, a_held_lock_is_busy_and_touches_nothing);
    tcase_add_loop_test(tests, each_refused_block_is_an_error_and_leaves_nothing, 0, 2);
    tcase_add_loop_test(tests, a_signal_ends_the_worker_and_leaves_nothing, 0, 4);
    tcase_add_test(tests, a_killed_parent_takes_its_worker_along_and_the_next_run_sweeps);
    tcase_add_test(tests, a_host_that_handles_the_signal_goes_on);
    tcase_add_test(tests, the_wait_is_told);
    tcase_add_test(tests, a_run_that_is_overtaken_ends_and_leaves_the_old_pdf);
    tcase_add_loop_test(tests, a_description_is_handed_over_and_no_data_is_read, 0, 2);
    return run_suite("worker", tests);
}
