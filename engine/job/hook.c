/* Running a hook: see hook.h. All that needs memory is made before the fork; the child only calls
 * what a forked child may. The hook leads a process group of its own, so that the time limit ends
 * all of it, and dies with this process, should that be killed. */
#include "job/hook.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "job/hook_private.h"

#define FOLDERS "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#define STEP_MS 50      /* At most between two looks at the clock and at signals. */
#define GRACE_SECONDS 2 /* From being asked to end to being killed. */
#define NO_PROGRAM 127

const char *bp_hook_event_name(bp_hook_event event)
{
    static const char *const names[BP_HOOK_EVENT_COUNT] = {"on-success", "on-failure", "on-end"};
    return event < BP_HOOK_EVENT_COUNT ? names[event] : "on-end";
}

bool bp_hook_follows(bp_hook_event event, bp_outcome outcome)
{
    bool failed = outcome != BP_OUTCOME_MADE && outcome != BP_OUTCOME_UNCHANGED;
    return event == BP_HOOK_END || (event == BP_HOOK_SUCCESS && outcome == BP_OUTCOME_MADE) ||
           (event == BP_HOOK_FAILURE && failed);
}

const char *bp_hook_state_name(bp_hook_state state)
{
    static const char *const names[] = {"ok",   "failed",      "killed",
                                        "late", "interrupted", "not-started"};
    return (size_t)state < sizeof names / sizeof names[0] ? names[state] : "failed";
}

const char *bp_hook_describe(const bp_hook_result *result, char *out, size_t size)
{
    const char *program = result->program;
    switch (result->state) {
    case BP_HOOK_OK:
        (void)snprintf(out, size, "%s ended well", program);
        break;
    case BP_HOOK_FAILED:
        (void)snprintf(out, size, "%s ended with %d", program, result->status);
        break;
    case BP_HOOK_KILLED:
        (void)snprintf(out, size, "%s died of signal %d (%s)", program, result->status,
                       strsignal(result->status));
        break;
    case BP_HOOK_LATE:
        (void)snprintf(out, size,
                       "%s ran longer than %.3g s and was ended; raise it with --hook-seconds",
                       program, result->seconds);
        break;
    case BP_HOOK_INTERRUPTED:
        (void)snprintf(out, size, "%s was ended, for a signal came", program);
        break;
    case BP_HOOK_NOT_STARTED:
        (void)snprintf(out, size, "%s cannot be started: %s", program,
                       result->status == ENOENT ? "there is no such program"
                                                : strerror(result->status));
        break;
    }
    return out;
}

/* What a child needs, all of it made before. */
typedef struct {
    bp_buf words;       /* Of char *, filled in and ended by NULL. */
    bp_buf environment; /* The same. */
    char *file;         /* The program's. */
} command;

static void command_clear(command *of)
{
    bp_words_clear(&of->words);
    bp_words_clear(&of->environment);
    bp_free(of->file);
}

static bool add_text(bp_buf *list, char *text)
{
    if (text != NULL && bp_buf_add(list, &text, sizeof text))
        return true;
    bp_free(text);
    return false;
}

static bool end_list(bp_buf *list)
{
    char *end = NULL;
    return bp_buf_add(list, &end, sizeof end);
}

static bool fill_words(bp_hook_event event, const char *text, const bp_hook_value *values,
                       size_t count, bp_buf *out)
{
    bp_buf words = {0};
    bool ok = bp_words_split(event, text, &words, NULL);
    for (size_t i = 0; ok && i < BP_BUF_COUNT(&words, char *); i++) {
        bp_buf filled = {0};
        ok = bp_word_fill(event, BP_BUF_ITEMS(&words, char *)[i], values, count, &filled, NULL) &&
             add_text(out, bp_buf_take(&filled));
        bp_buf_clear(&filled);
    }
    bp_words_clear(&words);
    return ok && end_list(out);
}

/* "BRIEFPRESS_NAME=value". */
static char *variable(const bp_hook_value *value)
{
    bp_buf text = {0};
    bool ok = bp_buf_text(&text, "BRIEFPRESS_");
    for (const char *at = value->name; ok && *at != '\0'; at++)
        ok = bp_buf_char(&text, (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at));
    ok = ok && bp_buf_format(&text, "=%s", value->value);
    char *taken = ok ? bp_buf_take(&text) : NULL;
    bp_buf_clear(&text);
    return taken;
}

/* Ours are made anew, and passwords are nobody's business. */
static bool make_environment(const bp_hook_value *values, size_t count, bp_buf *out)
{
    bool ok = true;
    for (char **at = environ; ok && at != NULL && *at != NULL; at++)
        if (strncmp(*at, "BRIEFPRESS_", 11) != 0)
            ok = add_text(out, bp_copy_text(*at));
    if (ok && getenv("PATH") == NULL)
        ok = add_text(out, bp_copy_text("PATH=" FOLDERS));
    for (size_t i = 0; ok && i < count; i++)
        ok = add_text(out, variable(&values[i]));
    return ok && end_list(out);
}

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* The file of a program, as execvp finds it, but that an empty part of PATH is no working folder.
 * NULL with `*number` where there is none. */
static char *find_program(const char *name, int *number)
{
    char *file = NULL;
    *number = ENOENT;
    if (strchr(name, '/') != NULL) {
        file = bp_copy_text(name);
        *number = file != NULL ? 0 : ENOMEM;
        return file;
    }
    const char *path = getenv("PATH");
    for (const char *at = path != NULL ? path : FOLDERS; file == NULL && name[0] != '\0';) {
        size_t length = strcspn(at, ":");
        bp_buf found = {0};
        if (length != 0 && !bp_buf_format(&found, "%.*s/%s", (int)length, at, name)) {
            *number = ENOMEM;
            return NULL;
        }
        if (length != 0 && is_program(found.bytes) && (file = bp_buf_take(&found)) != NULL)
            *number = 0;
        bp_buf_clear(&found);
        if (at[length] == '\0')
            break;
        at += length + 1;
    }
    return file;
}

/* The child: from here on nothing but system calls. */
_Noreturn static void become(const command *of, int output, int failure, pid_t parent)
{
    (void)setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(NO_PROGRAM);
    for (int number = 1; number < NSIG; number++)
        (void)signal(number, SIG_DFL);
    int empty = open("/dev/null", O_RDONLY);
    /* Numbers above the standard ones, so that none is lost while they are put in their places. */
    int high = fcntl(output, F_DUPFD, 3), told = fcntl(failure, F_DUPFD_CLOEXEC, 3);
    if (empty < 0 || high < 0 || told < 0 || dup2(empty, 0) < 0 || dup2(high, 1) < 0 ||
        dup2(high, 2) < 0)
        _exit(NO_PROGRAM);
    long most = sysconf(_SC_OPEN_MAX);
    if (told > 3)
        (void)close_range(3, (unsigned)told - 1, 0);
    if (close_range((unsigned)told + 1, ~0u, 0) != 0)
        for (int fd = told + 1; fd < (most > 0 && most < 65536 ? (int)most : 65536); fd++)
            (void)close(fd);
    sigset_t none;
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)execve(of->file, BP_BUF_ITEMS(&of->words, char *),
                 BP_BUF_ITEMS(&of->environment, char *));
    int number = errno;
    (void)!write(told, &number, sizeof number);
    _exit(NO_PROGRAM);
}

/* Takes a piece of what it has written. Answers what read did. */
static ssize_t take_output(int fd, bp_hook_result *result, size_t *length)
{
    char bytes[4096];
    ssize_t got = read(fd, bytes, sizeof bytes);
    for (ssize_t i = 0; i < got; i++) {
        if (*length + 1 == sizeof result->output) {
            result->is_cut = true;
            break;
        }
        result->output[(*length)++] = bytes[i] != '\0' ? bytes[i] : ' ';
    }
    return got;
}

/* The life of a hook that was started, in the eyes of its parent. */
typedef struct {
    pid_t pid;
    int fd; /* Its output; -1: ended. */
    size_t length;
    uint64_t began, asked; /* When it was started, and when it was asked to end; 0: not yet. */
    bool (*is_stopped)(void);
} child;

static void end_group(child *of, bp_hook_result *result, bp_hook_state why)
{
    uint64_t now = bp_clock_now();
    if (of->asked == 0) {
        result->state = why;
        of->asked = now;
        (void)kill(-of->pid, SIGTERM);
        (void)kill(-of->pid, SIGCONT);
    } else if (now - of->asked > (uint64_t)GRACE_SECONDS * 1000000000u) {
        (void)kill(-of->pid, SIGKILL);
    }
}

static void wait_for(child *of, double seconds, bp_hook_result *result)
{
    int status = 0;
    for (int step = 1;; step = step * 2 < STEP_MS ? step * 2 : STEP_MS) {
        struct pollfd item = {.fd = of->fd, .events = POLLIN};
        int ready = poll(&item, 1, step); /* A negative descriptor is none: it only waits. */
        if (ready > 0 && take_output(of->fd, result, &of->length) == 0) {
            close(of->fd);
            of->fd = -1;
        }
        pid_t ended = waitpid(of->pid, &status, WNOHANG);
        if (ended == of->pid || (ended < 0 && errno != EINTR))
            break;
        double ran = (double)(bp_clock_now() - of->began) / 1e9;
        if (of->is_stopped != NULL && of->is_stopped())
            end_group(of, result, BP_HOOK_INTERRUPTED);
        else if (seconds > 0 && ran >= seconds)
            end_group(of, result, BP_HOOK_LATE);
        if (ready > 0)
            step = 1;
    }
    if (of->asked != 0) {
        (void)kill(-of->pid, SIGKILL); /* What outlived its leader. */
    } else if (WIFSIGNALED(status)) {
        result->state = BP_HOOK_KILLED;
        result->status = WTERMSIG(status);
    } else {
        result->status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
        result->state = result->status == 0 ? BP_HOOK_OK : BP_HOOK_FAILED;
    }
    /* What is left in the pipe; whoever still writes to it is not waited for. */
    for (int i = 0; i < 16 && of->fd >= 0 && take_output(of->fd, result, &of->length) > 0; i++)
        continue;
}

static int start(const command *of, child *made, int *failure)
{
    int output[2], told[2];
    if (pipe2(output, O_CLOEXEC) != 0)
        return errno;
    if (pipe2(told, O_CLOEXEC) != 0) {
        int number = errno;
        close(output[0]);
        close(output[1]);
        return number;
    }
    (void)fcntl(output[0], F_SETFL, O_NONBLOCK);
    sigset_t all, kept; /* The child never runs this process' handlers. */
    sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, &kept);
    pid_t parent = getpid();
    made->began = bp_clock_now();
    made->pid = fork();
    int number = errno;
    if (made->pid == 0)
        become(of, output[1], told[1], parent);
    (void)sigprocmask(SIG_SETMASK, &kept, NULL);
    close(output[1]);
    close(told[1]);
    if (made->pid < 0) {
        close(output[0]);
        close(told[0]);
        return number;
    }
    (void)setpgid(made->pid, made->pid); /* Whichever of the two comes first. */
    made->fd = output[0];
    *failure = told[0];
    return 0;
}

/* The errno by which the program could not be started; 0 where it was. */
static int read_failure(int fd)
{
    int number = 0;
    ssize_t got;
    do
        got = read(fd, &number, sizeof number);
    while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof number ? number : 0;
}

static int run(const command *of, double seconds, bool (*is_stopped)(void), bp_hook_result *result)
{
    child made = {.fd = -1, .is_stopped = is_stopped};
    int told = -1;
    int number = start(of, &made, &told);
    if (number != 0)
        return number;
    number = read_failure(told);
    close(told);
    wait_for(&made, number == 0 ? seconds : 0, result);
    if (made.fd >= 0)
        close(made.fd);
    result->seconds = (double)(bp_clock_now() - made.began) / 1e9;
    return number;
}

/* The name of the program, and text that may be shown: a cut character at its end goes. */
static void finish(const command *of, bp_hook_result *result)
{
    char *const *word = BP_BUF_ITEMS(&of->words, char *);
    const char *name = BP_BUF_COUNT(&of->words, char *) > 0 && word[0] ? bp_path_name(word[0]) : "";
    size_t shown = bp_utf8_floor(name, strlen(name), sizeof result->program - 1);
    memcpy(result->program, name, shown);
    result->program[shown] = '\0';
    if (result->is_cut) {
        size_t length = sizeof result->output - 1;
        result->output[bp_utf8_floor(result->output, length, length - 1)] = '\0';
    }
}

bool bp_hook_run(bp_hook_event event, const char *text, const bp_hook_value *values, size_t count,
                 double seconds, bool (*is_stopped)(void), bp_hook_result *result)
{
    *result = (bp_hook_result){.event = event, .state = BP_HOOK_NOT_STARTED};
    command of = {0};
    int number = ENOMEM;
    if (fill_words(event, text, values, count, &of.words) &&
        make_environment(values, count, &of.environment) &&
        (of.file = find_program(BP_BUF_ITEMS(&of.words, char *)[0], &number)) != NULL)
        number = run(&of, seconds, is_stopped, result);
    if (number != 0) {
        result->state = BP_HOOK_NOT_STARTED;
        result->status = number;
    }
    finish(&of, result);
    command_clear(&of);
    return result->state == BP_HOOK_OK;
}
