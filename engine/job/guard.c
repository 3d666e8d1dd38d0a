/* Signals while a job runs. The handler ends the worker, removes the temporary file and hands the
 * signal on to whoever had it before, usually the kernel, so that the shell sees a death by that
 * signal. It works wherever the program stands, also in a write to a pipe that nobody reads. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "job/job_private.h"

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
static const int ignored[] = {SIGPIPE, SIGXFSZ};
#define ENDING_COUNT (sizeof ending / sizeof ending[0])
#define IGNORED_COUNT (sizeof ignored / sizeof ignored[0])

static struct sigaction before[ENDING_COUNT];
static struct sigaction before_ignored[IGNORED_COUNT];
static volatile sig_atomic_t worker, caught;

static void end_all(int number)
{
    int kept = errno;
    if (worker > 0)
        (void)kill((pid_t)worker, SIGKILL);
    bp_output_abandon_all();
    caught = number;
    for (size_t i = 0; i < ENDING_COUNT; i++)
        if (ending[i] == number)
            (void)sigaction(number, &before[i], NULL);
    (void)raise(number); /* Held back until this handler returns. */
    errno = kept;
}

void bp_guard_begin(void)
{
    caught = 0;
    worker = 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < ENDING_COUNT; i++)
        sigaddset(&action.sa_mask, ending[i]);
    action.sa_handler = end_all;
    for (size_t i = 0; i < ENDING_COUNT; i++) {
        (void)sigaction(ending[i], NULL, &before[i]);
        /* What nohup and the shell ignore stays ignored. */
        if ((before[i].sa_flags & SA_SIGINFO) != 0 || before[i].sa_handler != SIG_IGN)
            (void)sigaction(ending[i], &action, NULL);
    }
    struct sigaction ignore = action;
    ignore.sa_handler = SIG_IGN;
    for (size_t i = 0; i < IGNORED_COUNT; i++)
        (void)sigaction(ignored[i], &ignore, &before_ignored[i]);
}

void bp_guard_end(void)
{
    for (size_t i = 0; i < ENDING_COUNT; i++)
        (void)sigaction(ending[i], &before[i], NULL);
    for (size_t i = 0; i < IGNORED_COUNT; i++)
        (void)sigaction(ignored[i], &before_ignored[i], NULL);
}

pid_t bp_guard_fork(void)
{
    sigset_t all, kept;
    sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, &kept);
    pid_t pid = fork();
    if (pid == 0) {
        for (size_t i = 0; i < ENDING_COUNT; i++)
            (void)signal(ending[i], SIG_DFL);
        worker = 0;
    } else if (pid > 0) {
        worker = (sig_atomic_t)pid;
    }
    (void)sigprocmask(SIG_SETMASK, &kept, NULL);
    return pid;
}

void bp_guard_reaped(void)
{
    worker = 0;
}

int bp_guard_signal(void)
{
    return caught;
}
