/* A process for work on bytes that may mean harm: see confined.h. */
#include "job/confined.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/job_private.h"

#define GRACE_SECONDS 0.5
#define CHUNK (64u << 10)
#define LIBRARIES ((size_t)256 << 20) /* Of address space, for programs and libraries. */
#define EXIT_REFUSED 76               /* The process ended for want of memory. */

static bool is_confined;

void bp_confined_refused(void)
{
    if (is_confined)
        _exit(EXIT_REFUSED);
}

static bool fail_memory_limit(const bp_confined *task, bp_error *err)
{
    return bp_fail(err, BP_ERR_LIMIT, task->name,
                   "the memory limit of %zu MiB was reached; raise it with --max-memory",
                   task->limits.memory_bytes >> 20);
}

/* An answer is how the work ended, and then its own answer where it ended well. */
static bool put_answer(bp_buf *out, const bp_error *err, const bp_buf *answer)
{
    out->length = 0;
    return bp_wire_put_number(out, (uint64_t)err->code) && bp_wire_put_text(out, err->place) &&
           bp_wire_put_text(out, err->text) &&
           (err->code != BP_OK || answer->length == 0 ||
            bp_buf_add(out, answer->bytes, answer->length));
}

/* What a library says on standard error in its last moments quotes the file. */
static void silence(void)
{
#ifndef BP_SANITIZED
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) {
        (void)dup2(nowhere, STDERR_FILENO);
        close(nowhere);
    }
#endif
}

_Noreturn static void live(const bp_confined *task, int pipe, pid_t parent)
{
    const int kept[3] = {pipe, task->fd, -1};
    const size_t memory = task->limits.memory_bytes;
    bool is_bound = memory != 0 && memory < SIZE_MAX / 4;
    silence();
    bp_worker_confine(&task->limits, is_bound ? memory + task->mapped_bytes + LIBRARIES : 0, kept,
                      parent);
    bp_error err = {0};
    bp_buf answer = {0}, out = {0};
    is_confined = true;
    bool ok = bp_buf_reserve(&out, BP_RECORD_RESERVED) || bp_fail_memory(&err);
    ok = ok && task->work(task->owner, &answer, &err);
    if (!ok && err.code == BP_OK)
        bp_fail(&err, BP_ERR_INTERNAL, task->name, "the work failed without a reason");
    if (err.code == BP_ERR_MEMORY && memory != 0) {
        err.code = BP_OK;
        fail_memory_limit(task, &err);
    }
    if (ok && answer.length > BP_CONFINED_ANSWER_MOST)
        bp_fail(&err, BP_ERR_LIMIT, task->name, "has more to tell than %zu MiB",
                BP_CONFINED_ANSWER_MOST >> 20);
    bp_mem.budget = 0; /* The answer may be needed because the budget is spent. */
    if (!put_answer(&out, &err, &answer)) {
        bp_buf_clear(&answer);
        err = (bp_error){0};
        fail_memory_limit(task, &err);
        if (!put_answer(&out, &err, &answer))
            _exit(EXIT_REFUSED);
    }
    ok = bp_file_write_all(pipe, out.bytes, out.length, "the answer", NULL);
    bp_buf_clear(&out); /* For the sanitizers, which look for what was forgotten. */
    bp_buf_clear(&answer);
    _exit(ok ? 0 : 70);
}

/* Reads until the pipe ends. False where time ran out, or the answer has no end. */
static bool gather(const bp_confined *task, int fd, bp_buf *answer, bp_error *err)
{
    uint64_t start = bp_clock_now();
    double most = task->limits.seconds > 0 ? task->limits.seconds + GRACE_SECONDS : 1e9;
    while (bp_guard_signal() == 0) {
        double left = most - (double)(bp_clock_now() - start) / 1e9;
        if (left <= 0)
            return false;
        struct pollfd item = {.fd = fd, .events = POLLIN};
        if (poll(&item, 1, left < 1 ? (int)(left * 1000) + 1 : 1000) <= 0)
            continue;
        if (answer->length > BP_CONFINED_ANSWER_MOST + CHUNK)
            return bp_fail(err, BP_ERR_INTERNAL, task->name, "the worker's answer has no end");
        if (!bp_buf_reserve(answer, CHUNK))
            return bp_fail_memory(err);
        ssize_t got = read(fd, answer->bytes + answer->length, CHUNK);
        if (got == 0 || (got < 0 && errno != EINTR))
            return true;
        answer->length += got > 0 ? (size_t)got : 0;
    }
    return true;
}

static int reap(pid_t pid)
{
    int status = 0;
    pid_t ended;
    do
        ended = waitpid(pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    bp_guard_reaped();
    return ended == pid ? status : 0;
}

/* Says why a process ended without an answer. */
static bool fail_death(const bp_confined *task, int status, bp_error *err)
{
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_REFUSED)
        return fail_memory_limit(task, err);
    if (number == SIGXCPU)
        return bp_fail(err, BP_ERR_LIMIT, task->name,
                       "reading it took more than %g s; raise it with --max-seconds",
                       task->limits.seconds);
    if (number == SIGKILL)
        return bp_fail(err, BP_ERR_INTERNAL, task->name,
                       "the worker was killed from outside; the machine may be short of memory");
    if (number != 0)
        return bp_fail(err, BP_ERR_DATA, task->name,
                       "is damaged in a way that ended the worker that read it (signal %d, %s)",
                       number, strsignal(number));
    return bp_fail(err, BP_ERR_INTERNAL, task->name, "the worker ended without an answer (%d)",
                   WIFEXITED(status) ? WEXITSTATUS(status) : 0);
}

static bool take_answer(const bp_confined *task, const bp_buf *told, bp_buf *answer, bp_error *err)
{
    bp_error ended = {0};
    bp_wire from = {.at = told->bytes, .end = told->bytes + told->length};
    ended.code = bp_wire_code(&from);
    bp_wire_text(&from, ended.place, sizeof ended.place);
    bp_wire_text(&from, ended.text, sizeof ended.text);
    if (from.is_bad)
        return bp_fail(err, BP_ERR_INTERNAL, task->name, "the worker's answer makes no sense");
    if (ended.code != BP_OK)
        return bp_fail(err, ended.code, ended.place, "%s", ended.text);
    return bp_buf_add(answer, from.at, (size_t)(from.end - from.at)) || bp_fail_memory(err);
}

static bool run_apart(const bp_confined *task, bp_buf *answer, bp_error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "no pipe for the worker: %s", strerror(errno));
    pid_t parent = getpid();
    bp_guard_begin();
    pid_t pid = bp_guard_fork();
    if (pid == 0)
        live(task, ends[1], parent);
    int number = errno;
    close(ends[1]);
    bool ok = pid > 0 ||
              bp_fail(err, BP_ERR_SYSTEM, NULL, "cannot start the worker: %s", strerror(number));
    bp_buf told = {0};
    if (ok) {
        bool is_ended = gather(task, ends[0], &told, err);
        if (!is_ended || bp_guard_signal() != 0)
            (void)kill(pid, SIGKILL);
        int status = reap(pid);
        if (bp_guard_signal() != 0)
            ok = bp_fail(err, BP_ERR_SYSTEM, NULL, "interrupted by signal %d", bp_guard_signal());
        else if (!is_ended)
            ok = bp_fail(err, BP_ERR_LIMIT, task->name,
                         "reading it took longer than %g s; raise it with --max-seconds",
                         task->limits.seconds);
        else if (told.length == 0)
            ok = fail_death(task, status, err);
        else
            ok = take_answer(task, &told, answer, err);
    }
    bp_buf_clear(&told);
    close(ends[0]);
    bp_guard_end();
    return ok;
}

bool bp_confined_run(const bp_confined *task, bp_buf *answer, bp_error *err)
{
    bp_error own = {0};
    if (err == NULL)
        err = &own;
    return task->no_fork ? task->work(task->owner, answer, err) : run_apart(task, answer, err);
}
