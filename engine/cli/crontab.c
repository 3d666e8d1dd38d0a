/* Reading and writing the user's crontab: see crontab.h. What is lost here is somebody's backup, so
 * nothing is taken on trust: "no crontab" is told from a failure by what the program says, and what
 * was written is read back. */
#include "cli/crontab.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "job/crontab_text.h"

#define LOCK_SECONDS 30
#define RUN_SECONDS 60
#define TEXT_MOST ((size_t)16 << 20)

/* What a run of the program gave. */
typedef struct {
    int status; /* As waitpid has it. */
    bp_buf out, err;
} run;

static void run_clear(run *of)
{
    bp_buf_clear(&of->out);
    bp_buf_clear(&of->err);
}

static void pause_ms(int milliseconds)
{
    (void)poll(NULL, 0, milliseconds);
}

static bool read_back(int fd, bp_buf *out, bp_error *err)
{
    char chunk[8192];
    for (off_t at = 0;;) {
        ssize_t got = pread(fd, chunk, sizeof chunk, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || out->length > TEXT_MOST)
            return bp_fail(err, BP_ERR_SYSTEM, NULL, "what crontab says cannot be read: %s",
                           got < 0 ? strerror(errno) : "it is too long");
        if (got == 0)
            return true;
        if (!bp_buf_add(out, chunk, (size_t)got))
            return bp_fail_memory(err);
        at += got;
    }
}

/* The child: nothing of our environment, which could change what the program does. `editor` stands
 * in for one where the program is asked to edit. */
_Noreturn static void become(const char *program, const char *argument, const int ends[3])
{
    char home[512], name[128];
    const struct passwd *user = getpwuid(getuid());
    (void)snprintf(home, sizeof home, "HOME=%s", user ? user->pw_dir : "/");
    (void)snprintf(name, sizeof name, "LOGNAME=%s", user ? user->pw_name : "");
    char *environment[] = {"PATH=/usr/bin:/bin",
                           "LC_ALL=C",
                           "CRONTAB_NOHEADER=N",
                           "VISUAL=cat",
                           "EDITOR=cat",
                           home,
                           name,
                           NULL};
    char *arguments[] = {"crontab", (char *)(uintptr_t)argument, NULL};
    for (int i = 0; i < 3; i++)
        if (dup2(ends[i], i) < 0)
            _exit(126);
    execve(program, arguments, environment);
    _exit(127);
}

static bool wait_for(pid_t pid, int *status)
{
    uint64_t start = bp_clock_now();
    for (int pause = 1;; pause = pause < 20 ? pause + 1 : pause) {
        pid_t ended = waitpid(pid, status, WNOHANG);
        if (ended == pid)
            return true;
        if (ended < 0 && errno != EINTR)
            return false;
        if ((double)(bp_clock_now() - start) / 1e9 > RUN_SECONDS) {
            (void)kill(pid, SIGKILL);
            (void)waitpid(pid, status, 0);
            return false;
        }
        pause_ms(pause);
    }
}

/* Runs `crontab ARGUMENT`. Its streams are files in memory, so that neither waits for the other. */
static bool run_program(const char *program, const char *argument, const bp_buf *input, run *of,
                        bp_error *err)
{
    int ends[3] = {-1, -1, -1};
    bool ok = true;
    *of = (run){0};
    for (int i = 0; ok && i < 3; i++) {
        ends[i] = memfd_create("crontab", MFD_CLOEXEC);
        ok = ends[i] > 2 ||
             bp_fail(err, BP_ERR_SYSTEM, NULL, "no memory file for crontab: %s", strerror(errno));
    }
    if (ok && input != NULL)
        ok = bp_file_write_all(ends[0], input->bytes, input->length, "crontab", err) &&
             (lseek(ends[0], 0, SEEK_SET) == 0 ||
              bp_fail(err, BP_ERR_SYSTEM, NULL, "%s", strerror(errno)));
    pid_t pid = ok ? fork() : -1;
    if (pid == 0)
        become(program, argument, ends);
    if (ok && pid < 0)
        ok = bp_fail(err, BP_ERR_SYSTEM, program, "cannot be started: %s", strerror(errno));
    if (ok && !wait_for(pid, &of->status))
        ok = bp_fail(err, BP_ERR_SYSTEM, program, "did not end within %d s", RUN_SECONDS);
    ok = ok && read_back(ends[1], &of->out, err) && read_back(ends[2], &of->err, err);
    for (int i = 0; i < 3; i++)
        if (ends[i] >= 0)
            close(ends[i]);
    return ok;
}

static bool is_success(const run *of)
{
    return WIFEXITED(of->status) && WEXITSTATUS(of->status) == 0;
}

/* What the program said, on one line. */
static bool fail_run(const char *program, const char *what, run *of, bp_error *err)
{
    for (size_t i = 0; i < of->err.length; i++)
        if (of->err.bytes[i] == '\n')
            of->err.bytes[i] = i + 1 < of->err.length ? ' ' : '\0';
    return bp_fail(err, BP_ERR_SYSTEM, program, "%s: %s", what,
                   of->err.length > 0 && of->err.bytes[0] != '\0' ? of->err.bytes
                   : WIFSIGNALED(of->status)                      ? "it was killed"
                                                                  : "it does not say why");
}

static bool ends_with(const bp_buf *text, const bp_buf *tail)
{
    return text->length >= tail->length &&
           memcmp(text->bytes + text->length - tail->length, tail->bytes ? tail->bytes : "",
                  tail->length) == 0;
}

/* As Debian's crontab lists a text: two control characters as if they were typed. */
static bool put_listed(const bp_buf *raw, bp_buf *out)
{
    for (size_t i = 0; i < raw->length; i++) {
        char c = raw->bytes[i];
        bool ok = c == '\r'   ? bp_buf_text(out, "\\r")
                  : c == '\b' ? bp_buf_text(out, "\\b")
                              : bp_buf_char(out, c);
        if (!ok)
            return false;
    }
    return true;
}

static bool is_ambiguous(const bp_buf *listed)
{
    for (size_t i = 0; i + 1 < listed->length; i++)
        if (listed->bytes[i] == '\\' && strchr("rb", listed->bytes[i + 1]) != NULL)
            return true;
    return false;
}

/* Debian's crontab lists a carriage return as the two characters "\r". A list with those may stand
 * for either, so the bytes are asked for by way of its editor, which is `cat` here. That leaves out
 * up to three comments in front, which are then those of the list. */
static bool resolve(const char *program, bp_buf *listed, bp_error *err)
{
    run edited;
    bp_buf told = {0}, raw = {0};
    bool ok = run_program(program, "-e", NULL, &edited, err);
    if (ok && !is_success(&edited))
        ok = fail_run(program, "crontab -e", &edited, err);
    ok = ok && (put_listed(&edited.out, &told) || bp_fail_memory(err));
    bool is_plain = ok && ends_with(listed, &edited.out);
    if (ok && !is_plain && !ends_with(listed, &told))
        ok = bp_fail(err, BP_ERR_SYSTEM, program,
                     "shows one crontab by -l and another by -e; nothing was changed");
    if (ok) {
        size_t head = listed->length - (is_plain ? edited.out.length : told.length);
        bp_buf front = {.bytes = listed->bytes, .length = head};
        if (head > 0 && is_ambiguous(&front))
            ok = bp_fail(err, BP_ERR_SYSTEM, program,
                         "has a carriage return in the first lines of this crontab, which it does "
                         "not show; take it out with crontab -e");
        ok = ok && ((bp_buf_add(&raw, listed->bytes, head) &&
                     bp_buf_add(&raw, edited.out.bytes, edited.out.length)) ||
                    bp_fail_memory(err));
    }
    if (ok) {
        bp_buf_clear(listed);
        *listed = raw;
        raw = (bp_buf){0};
    }
    bp_buf_clear(&raw);
    bp_buf_clear(&told);
    run_clear(&edited);
    return ok;
}

/* The crontab as it is listed, header and all. */
static bool read_whole(const char *program, bp_buf *text, bool *is_there, bp_error *err)
{
    run listed;
    bool ok = run_program(program, "-l", NULL, &listed, err);
    *is_there = ok && is_success(&listed);
    if (*is_there) {
        *text = listed.out;
        listed.out = (bp_buf){0};
        ok = !is_ambiguous(text) || resolve(program, text, err);
    } else if (ok && !(listed.out.length == 0 && listed.err.length > 0 &&
                       strstr(listed.err.bytes, "no crontab for") != NULL)) {
        ok = fail_run(program, "the crontab cannot be read, and nothing was changed", &listed, err);
    }
    run_clear(&listed);
    return ok;
}

static bool read_crontab(bp_crontab *of, bp_error *err)
{
    bp_buf whole = {0};
    bp_buf_clear(&of->text);
    bp_buf_clear(&of->header);
    bool ok = read_whole(of->program, &whole, &of->is_there, err) &&
              (bp_buf_text(&whole, "") || bp_fail_memory(err)); /* Bytes, if none. */
    size_t header = ok ? bp_crontab_header(whole.bytes, whole.length) : 0;
    ok = ok && ((bp_buf_add(&of->header, whole.bytes, header) &&
                 bp_buf_add(&of->text, whole.bytes + header, whole.length - header)) ||
                bp_fail_memory(err));
    bp_buf_clear(&whole);
    return ok;
}

/* The lock is on the program itself: it leaves nothing behind, and all runs know the place. */
static bool take_lock(bp_crontab *of, bp_error *err)
{
    of->lock = open(of->program, O_RDONLY | O_CLOEXEC);
    if (of->lock < 0)
        of->lock = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    uint64_t start = bp_clock_now();
    while (of->lock < 0 || flock(of->lock, LOCK_EX | LOCK_NB) != 0) {
        if (of->lock < 0 || (errno != EWOULDBLOCK && errno != EINTR))
            return bp_fail(err, BP_ERR_SYSTEM, of->program, "cannot be locked: %s",
                           strerror(errno));
        if ((double)(bp_clock_now() - start) / 1e9 > LOCK_SECONDS)
            return bp_fail(err, BP_ERR_BUSY, NULL,
                           "another run is changing a crontab; try again later");
        pause_ms(20);
    }
    return true;
}

bool bp_crontab_open(bp_crontab *of, const char *chosen, bp_error *err)
{
    static const char *const places[] = {"/usr/bin/crontab", "/bin/crontab",
                                         "/usr/local/bin/crontab"};
    *of = (bp_crontab){.program = chosen, .lock = -1};
    for (size_t i = 0; of->program == NULL && i < sizeof places / sizeof places[0]; i++)
        if (access(places[i], X_OK) == 0)
            of->program = places[i];
    if (of->program == NULL)
        return bp_fail(err, BP_ERR_SYSTEM, NULL,
                       "there is no crontab program on this machine; apt install cron, or use "
                       "--systemd");
    if (access(of->program, X_OK) != 0)
        return bp_fail(err, BP_ERR_SYSTEM, of->program, "cannot be run: %s", strerror(errno));
    return take_lock(of, err) && read_crontab(of, err);
}

static bool is_same(const bp_buf *a, const bp_buf *b)
{
    return a->length == b->length && (a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0);
}

static bool write_text(const bp_crontab *of, const bp_buf *text, bp_error *err)
{
    run written;
    bool ok = run_program(of->program, "-", text, &written, err);
    if (ok && !is_success(&written))
        ok = fail_run(of->program, "the crontab was refused, and is as before", &written, err);
    run_clear(&written);
    return ok;
}

static bool take_away(const bp_crontab *of, bp_error *err)
{
    run removed;
    bool ok = run_program(of->program, "-r", NULL, &removed, err);
    if (ok && !is_success(&removed))
        ok = fail_run(of->program, "the empty crontab could not be taken away", &removed, err);
    run_clear(&removed);
    return ok;
}

/* Writes the text; some crontabs refuse one whose last line has no end. */
static bool write_any(const bp_crontab *of, bp_buf *text, bp_error *err)
{
    bp_error first = {0};
    if (write_text(of, text, &first))
        return true;
    if (text->length > 0 && text->bytes[text->length - 1] != '\n')
        return bp_buf_char(text, '\n') ? write_text(of, text, err) : bp_fail_memory(err);
    *err = first;
    return false;
}

bool bp_crontab_replace(bp_crontab *of, const bp_buf *text, bp_error *err)
{
    bp_buf wanted = {0}, header = of->header;
    of->header = (bp_buf){0};
    bool ok = bp_buf_add(&wanted, text->bytes, text->length) || bp_fail_memory(err);
    bool is_gone = ok && wanted.length == 0 && header.length == 0;
    if (ok && !is_gone)
        ok = write_any(of, &wanted, err) && read_crontab(of, err);
    if (ok && !is_gone && header.length > 0 && of->header.length == 0) {
        /* The program puts no header there: those comments were somebody's. */
        bp_buf whole = {0};
        ok = (bp_buf_add(&whole, header.bytes, header.length) &&
              bp_buf_add(&whole, wanted.bytes, wanted.length)) ||
             bp_fail_memory(err);
        ok = ok && write_any(of, &whole, err) && read_crontab(of, err);
        bp_buf_clear(&whole);
    } else if (ok && wanted.length == 0) {
        ok = take_away(of, err) && read_crontab(of, err);
    }
    if (ok && !is_same(&of->text, &wanted))
        ok = bp_fail(err, BP_ERR_WRITE, of->program,
                     "the crontab is not what was written; somebody else may have changed it at "
                     "the same time, so look with crontab -l");
    bp_buf_clear(&header);
    bp_buf_clear(&wanted);
    return ok;
}

void bp_crontab_clear(bp_crontab *of)
{
    bp_buf_clear(&of->text);
    bp_buf_clear(&of->header);
    if (of->lock >= 0)
        close(of->lock);
    of->lock = -1;
}
