/* The parent against every worker: slow, greedy, crashing, lying, taken over. */
#include <stdint.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "rooms.h"

WORKER(spins)
{
    while (heard == 0)
        ;
    return false;
}

WORKER(spins_blocked)
{
    sigset_t all;
    sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, NULL);
    return spins(options, pdf, findings, err);
}

WORKER(segfaults)
{
    (void)signal(SIGSEGV, SIG_DFL);
    (void)raise(SIGSEGV);
    return true;
}

WORKER(kills_itself)
{
    struct rlimit now = {0, 0};
    (void)setrlimit(RLIMIT_CPU, &now); /* The kernel's own way: SIGXCPU or SIGKILL. */
    return spins(options, pdf, findings, err);
}

WORKER(exits)
{
    _exit(0);
}

WORKER(no_pdf)
{
    return bp_buf_text(pdf, "not a PDF at all");
}

WORKER(half_pdf)
{
    return bp_buf_text(pdf, "%PDF-1.7\nand then noth");
}

/* What there is by then is no output. */
WORKER(fails_halfway)
{
    return bp_buf_text(pdf, pdf_text) && bp_fail(err, BP_ERR_SCRIPT, "layout.lua:1", "no more");
}

WORKER(has_no_room)
{
    struct rlimit few = {4, 4};
    return setrlimit(RLIMIT_FSIZE, &few) == 0 && bp_buf_text(pdf, pdf_text);
}

WORKER(nothing)
{
    return true;
}

WORKER(too_large)
{
    for (int i = 0; i < 3000; i++)
        if (!bp_buf_format(pdf, "%1000d", i))
            return bp_fail_memory(err);
    return true;
}

WORKER(eats_budget)
{
    while (bp_buf_format(pdf, "%100000d", 1))
        ;
    return bp_fail_memory(err);
}

/* Writes to each descriptor above the standard ones: the answer's pipe is one of them. */
static void write_everywhere(const void *bytes, size_t length)
{
    for (int fd = 3; fd < 100; fd++)
        if (write(fd, bytes, length) < 0)
            continue;
}

WORKER(babbles)
{
    write_everywhere("this is no answer, but it is long enough to be taken for one", 60);
    while (heard == 0)
        (void)pause();
    return false;
}

/* A head that promises more than there will ever be. */
WORKER(promises)
{
    uint64_t head[3] = {UINT64_C(0x3172657061707062), 4000000, 0};
    write_everywhere(head, sizeof head);
    _exit(0);
}

/* A flood into the pipe, for as long as anybody reads. */
WORKER(floods)
{
    static char zeros[65536];
    uint64_t head[3] = {UINT64_C(0x3172657061707062), UINT64_MAX, 0};
    write_everywhere(head, sizeof head);
    while (heard == 0)
        write_everywhere(zeros, sizeof zeros);
    return false;
}

static const struct {
    bool (*behave)(const bp_script_options *, bp_buf *, bp_faults *, bp_error *);
    bp_code code;
    const char *says;
} bad[] = {
    {sleeps, BP_ERR_LIMIT, "ran longer than 0.3 s, at last in one step that nothing"},
    {spins, BP_ERR_LIMIT, "ran longer than 0.3 s"},
    {spins_blocked, BP_ERR_LIMIT, "ran longer than 0.3 s"},
    {segfaults, BP_ERR_INTERNAL, "died of signal 11"},
    {exits, BP_ERR_INTERNAL, "without an answer"},
    {no_pdf, BP_ERR_INTERNAL, "no whole PDF"},
    {half_pdf, BP_ERR_INTERNAL, "no whole PDF"},
    {fails_halfway, BP_ERR_SCRIPT, "no more"},
    {has_no_room, BP_ERR_WRITE, "cannot be written: File too large"},
    {nothing, BP_ERR_INTERNAL, "no whole PDF"},
    {too_large, BP_ERR_LIMIT, "--max-output"},
    {eats_budget, BP_ERR_LIMIT, "--max-memory"},
    {babbles, BP_ERR_INTERNAL, "makes no sense"},
    {promises, BP_ERR_INTERNAL, "without an answer"},
    {floods, BP_ERR_INTERNAL, "makes no sense"},
};

START_TEST(a_bad_worker_harms_nobody)
{
    bp_job job = make_job();
    /* Who is not to run out of time has enough of it on any machine. */
    job.limits.seconds = strstr(bad[_i].says, "0.3 s") != NULL ? 0.3 : 30;
    behave = bad[_i].behave;
    bp_error err = run(&job);
    ck_assert_msg(err.code == bad[_i].code && strstr(err.text, bad[_i].says) != NULL, "%s: %s",
                  bp_code_name(err.code), err.text);
    check_file("out.pdf", "old");
}
END_TEST

START_TEST(computing_time_is_bound_by_the_kernel_too)
{
    bp_job job = make_job();
    behave = kills_itself;
    bp_error err = run(&job);
    ck_assert_msg(err.code == BP_ERR_LIMIT || err.code == BP_ERR_INTERNAL, "%s", err.text);
    check_file("out.pdf", "old");
}
END_TEST

/* A child of the worker that keeps the pipe open must not keep the parent waiting. */
WORKER(leaves_a_child)
{
    pid_t child = fork();
    if (child == 0) {
        (void)sleep(3);
        _exit(0);
    }
    return honest(options, pdf, findings, err);
}

START_TEST(a_grandchild_keeps_nobody_waiting)
{
    bp_job job = make_job();
    behave = leaves_a_child;
    uint64_t start = bp_clock_now();
    ck_assert_int_eq(run(&job).code, BP_OK);
    ck_assert_uint_lt(bp_clock_now() - start, 2000000000u);
    check_file("out.pdf", pdf_text);
}
END_TEST

#ifndef BP_SANITIZED
/* What a worker that was taken over tries: each answer is told through the PDF. */
WORKER(breaks_out)
{
    bool ok = bp_buf_text(pdf, "%PDF-1.7\n");
    int fd = open("written", O_WRONLY | O_CREAT, 0666);
    ok = ok && bp_buf_format(pdf, "write %d\n", fd >= 0);
    ok = ok && bp_buf_format(pdf, "unlink %d\n", unlink("layout.lua") == 0);
    ok = ok && bp_buf_format(pdf, "socket %d\n", socket(AF_INET, SOCK_STREAM, 0) >= 0);
    ok = ok && bp_buf_format(pdf, "kill %d\n", kill(getppid(), 0) == 0);
    ok = ok && bp_buf_format(pdf, "exec %d\n", execl("/bin/true", "true", (char *)NULL) != -1);
    ok = ok && bp_buf_format(pdf, "lock %d\n", open(".out.pdf.lock", O_WRONLY) >= 0);
    for (int other = 3; other < 200; other++) {
        char link[64], target[256];
        (void)snprintf(link, sizeof link, "/proc/self/fd/%d", other);
        ssize_t length = readlink(link, target, sizeof target - 1);
        target[length > 0 ? length : 0] = '\0';
        ok = ok &&
             (strstr(target, "out.pdf") == NULL || bp_buf_text(pdf, "descriptor of the output\n"));
    }
    return (ok && bp_buf_text(pdf, "%%EOF")) || bp_fail_memory(err);
}

START_TEST(a_worker_cannot_write_send_signal_or_start_programs)
{
    bp_job job = make_job();
    behave = breaks_out;
    ck_assert_int_eq(run(&job).code, BP_OK);
    check_file("out.pdf", "%PDF-1.7\nwrite 0\nunlink 0\nsocket 0\nkill 0\nexec 0\nlock 0\n%%EOF");
    ck_assert_int_eq(access("layout.lua", F_OK), 0);
}
END_TEST

WORKER(eats_memory)
{
    for (;;) { /* As a foreign library would, past our allocator. */
        char *block = malloc(64u << 20);
        if (block == NULL)
            return bp_fail(err, BP_ERR_MEMORY, NULL, "out of memory");
        memset(block, 1, 4096);
    }
}

START_TEST(foreign_memory_is_bound_too)
{
    bp_job job = make_job();
    behave = eats_memory;
    bp_error err = run(&job);
    ck_assert_int_eq(err.code, BP_ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(err.text, "memory limit of 64 MiB"));
}
END_TEST
#endif

int main(void)
{
    TCase *tests = tcase_create("hostile");
    tcase_set_timeout(tests, 30);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, a_bad_worker_harms_nobody, 0, (int)(sizeof bad / sizeof bad[0]));
    tcase_add_test(tests, computing_time_is_bound_by_the_kernel_too);
    tcase_add_test(tests, a_grandchild_keeps_nobody_waiting);
#ifndef BP_SANITIZED
    tcase_add_test(tests, a_worker_cannot_write_send_signal_or_start_programs);
    tcase_add_test(tests, foreign_memory_is_bound_too);
#endif
    return run_suite("hostile", tests);
}
