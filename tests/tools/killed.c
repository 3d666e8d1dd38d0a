/* Runs a command and kills it at a chosen moment, always the same for the same numbers:
 *
 *   killed parent MICROSECONDS COMMAND...   the process itself, so long after its start
 *   killed worker MICROSECONDS COMMAND...   its first child, so long after that was born
 *   killed call NUMBER COMMAND...           the process itself, as it enters a system call: the
 *                                           NUMBERth since it started a child, polls left out
 *
 * Prints "killed", or "ended CODE" where it was too late (or NUMBER is 0), and for calls how many
 * there were. What the killed one leaves behind is waited for, by those who look. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void pause_for(long microseconds)
{
    struct timespec time = {microseconds / 1000000, microseconds % 1000000 * 1000};
    while (nanosleep(&time, &time) != 0 && errno == EINTR)
        continue;
}

/* The first child of `pid`, 0 where it has none. */
static pid_t find_child(pid_t pid)
{
    char path[64];
    int child = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%d", &child) != 1)
        child = 0;
    (void)fclose(file);
    return child;
}

static int tell(int status, long calls)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        printf("killed");
    else
        printf("ended %d", WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    if (calls >= 0)
        printf(" %ld", calls);
    putchar('\n');
    return 0;
}

/* True where `pid` stands at the entry of a call that counts: how often it polls is chance.
 * `*has_child` becomes true where it starts a child. */
static bool is_counted(pid_t pid, bool *has_child)
{
    struct __ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof info, &info) <= 0) {
        fputs("this kernel does not tell the calls of a traced process\n", stderr);
        exit(77);
    }
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY)
        return false;
    bool is_one = *has_child;
    switch (info.entry.nr) {
#ifdef SYS_fork
    case SYS_fork:
    case SYS_vfork:
#endif
    case SYS_clone:
    case SYS_clone3:
        *has_child = true;
        break;
#ifdef SYS_poll
    case SYS_poll:
#endif
    case SYS_ppoll:
    case SYS_restart_syscall:
        is_one = false;
        break;
    default:
        break;
    }
    return is_one;
}

static int kill_in_call(pid_t pid, long number)
{
    int status;
    long calls = 0, signal = 0;
    bool has_child = false;
    if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) {
        fputs("the command cannot be traced here\n", stderr);
        return 77;
    }
    (void)ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL));
    while (ptrace(PTRACE_SYSCALL, pid, NULL, (void *)signal) == 0 &&
           waitpid(pid, &status, 0) == pid && WIFSTOPPED(status)) {
        signal = 0;
        if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
            signal = WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
        } else if (is_counted(pid, &has_child) && ++calls == number) {
            (void)kill(pid, SIGKILL);
            while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status))
                continue;
            break;
        }
    }
    return tell(status, calls);
}

int main(int argc, char **argv)
{
    const char *mode = argc > 3 ? argv[1] : "";
    int is_call = strcmp(mode, "call") == 0, is_worker = strcmp(mode, "worker") == 0;
    if (!is_call && !is_worker && strcmp(mode, "parent") != 0) {
        fputs("usage: killed parent|worker|call NUMBER COMMAND...\n", stderr);
        return 64;
    }
    long number = strtol(argv[2], NULL, 10);
    pid_t pid = fork();
    if (pid == 0) {
        if (is_call)
            (void)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    if (pid < 0)
        return 71;
    if (is_call)
        return kill_in_call(pid, number);
    pid_t victim = pid;
    int status;
    if (is_worker) {
        if (access("/proc/thread-self/children", F_OK) != 0) {
            (void)kill(pid, SIGKILL);
            fputs("this kernel does not tell the children of a process\n", stderr);
            return 77;
        }
        while ((victim = find_child(pid)) == 0 && waitpid(pid, &status, WNOHANG) == 0)
            continue;
        if (victim == 0)
            return tell(status, -1);
    }
    pause_for(number);
    /* Nobody else gets the number of a child that was not waited for; of a grandchild nearly so. */
    (void)kill(victim, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return tell(status, -1);
}
