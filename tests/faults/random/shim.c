/* Stands between a program and the C library (LD_PRELOAD) and makes chosen calls go wrong, the same
 * way each time: counted calls, not moments.
 *
 *   FAULT_PLAN    ROLE:SCOPE:CALL:NTH:TIMES:ACTION, several with "," between
 *                 ROLE parent|worker, SCOPE tree|else, CALL as in shim.h, NTH from 1 on, TIMES 0:
 * for ever; ACTION: a number is the errno of the failed call, "kill" and "after" die of SIGKILL
 * before and after it, "short" does half of what it should FAULT_UNDER   the folder that is looked
 * after: "tree" are calls on files below it FAULT_PAGE    a file of sizeof(shim_page) bytes that
 * takes the counts; without it nothing happens FAULT_CLOCK   OFFSET[:READINGS]: the time of day is
 * so many seconds off, from that reading on
 *
 * Actions that no system knows, to try whether the tests can see: "half" renames a file of which
 * only the first half is there, "lose" removes the target of a rename and fails, "skip" claims
 * success and does nothing. */
#include "shim.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define FD_MOST 1024

typedef enum {
    DO_NOTHING,
    DO_FAIL,
    DO_KILL,
    DO_KILL_AFTER,
    DO_SHORT,
    DO_HALF,
    DO_LOSE,
    DO_SKIP
} deed;

typedef struct {
    int role, scope;
    shim_call call;
    uint32_t nth, times;
    deed does;
    int number;
} fault;

static fault plan[8];
static size_t plan_length;
static char under[512];
static size_t under_length;
static shim_page own_page, *page = &own_page;
static int role = SHIM_PARENT;
static bool is_ours[FD_MOST]; /* Descriptors of files and folders below `under`. */
static long clock_offset, clock_readings;

static const char *const call_names[] = {
#define SHIM_NAME(name) #name,
    SHIM_CALLS(SHIM_NAME)
#undef SHIM_NAME
};

static void refuse(const char *what)
{
    (void)fprintf(stderr, "shim: %s\n", what);
    abort();
}

static int find(const char *word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(word, names[i]) == 0)
            return i;
    refuse(word);
    return 0;
}

static void read_fault(char *text)
{
    static const char *const roles[] = {"parent", "worker"}, *const scopes[] = {"tree", "else"};
    static const char *const deeds[] = {"kill", "after", "short", "half", "lose", "skip"};
    char *words[6], *rest = NULL;
    for (int i = 0; i < 6; i++)
        if ((words[i] = strtok_r(i == 0 ? text : NULL, ":", &rest)) == NULL)
            refuse("a plan has six words");
    if (plan_length == sizeof plan / sizeof plan[0])
        refuse("too many plans");
    fault *item = &plan[plan_length++];
    item->role = find(words[0], roles, 2);
    item->scope = find(words[1], scopes, 2);
    item->call = (shim_call)find(words[2], call_names, SHIM_CALL_COUNT);
    item->nth = (uint32_t)strtoul(words[3], NULL, 10);
    item->times = (uint32_t)strtoul(words[4], NULL, 10);
    item->number = (int)strtol(words[5], NULL, 10);
    item->does = item->number > 0 ? DO_FAIL : (deed)(DO_KILL + find(words[5], deeds, 6));
}

static void become_worker(void)
{
    role = SHIM_WORKER;
}

__attribute__((constructor)) static void begin(void)
{
    const char *text = getenv("FAULT_PLAN");
    char copy[1024], *rest = NULL;
    if (text != NULL) {
        (void)snprintf(copy, sizeof copy, "%s", text);
        for (char *part = strtok_r(copy, ",", &rest); part != NULL;
             part = strtok_r(NULL, ",", &rest))
            read_fault(part);
    }
    if ((text = getenv("FAULT_UNDER")) != NULL) {
        (void)snprintf(under, sizeof under, "%s", text);
        under_length = strlen(under);
    }
    if ((text = getenv("FAULT_CLOCK")) != NULL) {
        clock_offset = strtol(text, NULL, 10);
        const char *readings = strchr(text, ':');
        clock_readings = readings != NULL ? strtol(readings + 1, NULL, 10) : 0;
    }
    /* Shells before it and programs that it starts are not what is tried. */
    if (strcmp(program_invocation_short_name, "briefpress") != 0)
        return;
    if ((text = getenv("FAULT_PAGE")) != NULL) {
        int fd = open(text, O_RDWR | O_CLOEXEC);
        void *map = fd < 0 ? MAP_FAILED
                           : mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (map == MAP_FAILED)
            refuse("the page of counts cannot be mapped");
        (void)close(fd);
        memset(map, 0, sizeof *page);
        page = map;
    }
    (void)pthread_atfork(NULL, NULL, become_worker);
}

static void die(void)
{
    (void)kill(getpid(), SIGKILL); /* The sandbox lets a process signal itself. */
    (void)raise(SIGKILL);
}

/* Counts the call; what is to happen to it, and with which errno. */
static deed meet(shim_call call, int scope, int *number)
{
    shim_call both[2] = {call, SHIM_any};
    deed answer = DO_NOTHING;
    if (page == &own_page)
        return DO_NOTHING;
    for (int i = 0; i < (call == SHIM_malloc ? 1 : 2); i++) {
        uint32_t count =
            __atomic_add_fetch(&page->counts[role][scope][both[i]], 1, __ATOMIC_RELAXED);
        for (size_t k = 0; k < plan_length && answer == DO_NOTHING; k++)
            if (plan[k].role == role && plan[k].scope == scope && plan[k].call == both[i] &&
                count >= plan[k].nth &&
                (plan[k].times == 0 || count - plan[k].nth < plan[k].times)) {
                answer = plan[k].does;
                *number = plan[k].number;
                (void)__atomic_add_fetch(&page->hits, 1, __ATOMIC_RELAXED);
            }
    }
    if (answer == DO_KILL)
        die();
    return answer;
}

static int scope_of(int fd)
{
    return fd >= 0 && fd < FD_MOST && is_ours[fd] ? SHIM_TREE : SHIM_ELSE;
}

static int scope_at(int folder, const char *path)
{
    if (path == NULL || (path[0] != '/' && folder != AT_FDCWD))
        return scope_of(folder);
    return under_length > 0 && strncmp(path, under, under_length) == 0 ? SHIM_TREE : SHIM_ELSE;
}

static int opened(int fd, int scope)
{
    if (fd >= 0 && fd < FD_MOST)
        is_ours[fd] = scope == SHIM_TREE;
    return fd;
}

/* The C library's own, found once. */
#define REAL(name)                                                                                 \
    static __typeof__(name) *real;                                                                 \
    if (real == NULL)                                                                              \
    real = (__typeof__(real))dlsym(RTLD_NEXT, #name)

/* Calls that either are made or fail as a whole. */
#define PASS(call, scope, type, bad, expression)                                                   \
    int number = 0, where = (scope);                                                               \
    deed does = meet(call, where, &number);                                                        \
    if (does == DO_FAIL) {                                                                         \
        errno = number;                                                                            \
        return (type)(bad);                                                                        \
    }                                                                                              \
    if (does == DO_SKIP)                                                                           \
        return (type)0;                                                                            \
    type result = (expression);                                                                    \
    if (does == DO_KILL_AFTER)                                                                     \
        die();                                                                                     \
    return result

static mode_t mode_of(int flags, va_list *rest)
{
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(*rest, mode_t) : 0;
}

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the names of the C library's
 * are its own. */
EXPORT int openat(int folder, const char *path, int flags, ...)
{
    REAL(openat);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, &rest);
    va_end(rest);
    PASS(SHIM_open, scope_at(folder, path), int, -1,
         opened(real(folder, path, flags, mode), where));
}

EXPORT int open(const char *path, int flags, ...)
{
    REAL(open);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, &rest);
    va_end(rest);
    PASS(SHIM_open, scope_at(AT_FDCWD, path), int, -1, opened(real(path, flags, mode), where));
}

/* Never refused: only that a copy is of the tree as its original is. */
EXPORT int fcntl(int fd, int command, ...)
{
    REAL(fcntl);
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    int result = real(fd, command, argument);
    return command == F_DUPFD || command == F_DUPFD_CLOEXEC ? opened(result, scope_of(fd)) : result;
}

EXPORT FILE *fopen(const char *path, const char *mode)
{
    REAL(fopen);
    PASS(SHIM_open, scope_at(AT_FDCWD, path), FILE *, NULL, real(path, mode));
}

EXPORT DIR *opendir(const char *path)
{
    REAL(opendir);
    PASS(SHIM_list, scope_at(AT_FDCWD, path), DIR *, NULL, real(path));
}

/* Descriptors may also come from elsewhere: none is ours until it is opened as such. */
EXPORT int close(int fd)
{
    REAL(close);
    int number = 0, scope = scope_of(fd);
    deed does = meet(SHIM_close, scope, &number);
    (void)opened(fd, SHIM_ELSE);
    int result = real(fd);
    if (does == DO_KILL_AFTER)
        die();
    if (does != DO_FAIL)
        return result;
    errno = number; /* As Linux does: the descriptor is gone all the same. */
    return -1;
}

EXPORT ssize_t write(int fd, const void *bytes, size_t length)
{
    REAL(write);
    int number = 0;
    deed does = meet(SHIM_write, scope_of(fd), &number);
    if (does == DO_FAIL) {
        errno = number;
        return -1;
    }
    if (does == DO_SKIP)
        return (ssize_t)length;
    ssize_t result = real(fd, bytes, does == DO_SHORT && length > 1 ? length / 2 : length);
    if (does == DO_KILL_AFTER)
        die();
    return result;
}

EXPORT ssize_t read(int fd, void *bytes, size_t length)
{
    REAL(read);
    int number = 0;
    deed does = meet(SHIM_read, scope_of(fd), &number);
    if (does == DO_FAIL) {
        errno = number;
        return -1;
    }
    ssize_t result = real(fd, bytes, does == DO_SHORT && length > 1 ? length / 2 : length);
    if (does == DO_KILL_AFTER)
        die();
    return result;
}

EXPORT ssize_t pread(int fd, void *bytes, size_t length, off_t at)
{
    REAL(pread);
    int number = 0;
    deed does = meet(SHIM_read, scope_of(fd), &number);
    if (does == DO_FAIL) {
        errno = number;
        return -1;
    }
    ssize_t result = real(fd, bytes, does == DO_SHORT && length > 1 ? length / 2 : length, at);
    if (does == DO_KILL_AFTER)
        die();
    return result;
}

EXPORT int fsync(int fd)
{
    REAL(fsync);
    PASS(SHIM_sync, scope_of(fd), int, -1, real(fd));
}

EXPORT int fdatasync(int fd)
{
    REAL(fdatasync);
    PASS(SHIM_sync, scope_of(fd), int, -1, real(fd));
}

EXPORT int syncfs(int fd)
{
    REAL(syncfs);
    PASS(SHIM_sync, scope_of(fd), int, -1, real(fd));
}

/* What a rename without care would leave: half of a file under the new name, or none. */
static int rename_badly(deed does, int from, const char *old, int to, const char *new)
{
    struct stat status;
    int fd = openat(from, old, O_RDWR | O_CLOEXEC);
    if (does == DO_LOSE) {
        (void)unlinkat(to, new, 0);
        errno = EIO;
    }
    bool is_half = does == DO_HALF && fd >= 0 && fstat(fd, &status) == 0 &&
                   ftruncate(fd, status.st_size / 2) == 0;
    if (fd >= 0)
        (void)close(fd);
    return is_half || does == DO_LOSE ? 0 : -1;
}

#define RENAME(from, old, to, new, expression)                                                     \
    int number = 0, where = scope_at(to, new);                                                     \
    deed does = meet(SHIM_rename, where, &number);                                                 \
    if (does == DO_FAIL) {                                                                         \
        errno = number;                                                                            \
        return -1;                                                                                 \
    }                                                                                              \
    if (does == DO_SKIP)                                                                           \
        return unlinkat(from, old, 0);                                                             \
    if ((does == DO_HALF || does == DO_LOSE) && rename_badly(does, from, old, to, new) != 0)       \
        return -1;                                                                                 \
    if (does == DO_LOSE)                                                                           \
        return -1;                                                                                 \
    int result = (expression);                                                                     \
    if (does == DO_KILL_AFTER)                                                                     \
        die();                                                                                     \
    return result

EXPORT int rename(const char *old, const char *new)
{
    REAL(rename);
    RENAME(AT_FDCWD, old, AT_FDCWD, new, real(old, new));
}

EXPORT int renameat(int from, const char *old, int to, const char *new)
{
    REAL(renameat);
    RENAME(from, old, to, new, real(from, old, to, new));
}

EXPORT int renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    REAL(renameat2);
    RENAME(from, old, to, new, real(from, old, to, new, flags));
}

EXPORT int link(const char *old, const char *new)
{
    REAL(link);
    PASS(SHIM_link, scope_at(AT_FDCWD, new), int, -1, real(old, new));
}

EXPORT int linkat(int from, const char *old, int to, const char *new, int flags)
{
    REAL(linkat);
    PASS(SHIM_link, scope_at(to, new), int, -1, real(from, old, to, new, flags));
}

EXPORT int symlink(const char *target, const char *path)
{
    REAL(symlink);
    PASS(SHIM_symlink, scope_at(AT_FDCWD, path), int, -1, real(target, path));
}

EXPORT int symlinkat(const char *target, int folder, const char *path)
{
    REAL(symlinkat);
    PASS(SHIM_symlink, scope_at(folder, path), int, -1, real(target, folder, path));
}

EXPORT int unlink(const char *path)
{
    REAL(unlink);
    PASS(SHIM_unlink, scope_at(AT_FDCWD, path), int, -1, real(path));
}

EXPORT int unlinkat(int folder, const char *path, int flags)
{
    REAL(unlinkat);
    PASS(SHIM_unlink, scope_at(folder, path), int, -1, real(folder, path, flags));
}

EXPORT int mkdir(const char *path, mode_t mode)
{
    REAL(mkdir);
    PASS(SHIM_mkdir, scope_at(AT_FDCWD, path), int, -1, real(path, mode));
}

EXPORT int mkdirat(int folder, const char *path, mode_t mode)
{
    REAL(mkdirat);
    PASS(SHIM_mkdir, scope_at(folder, path), int, -1, real(folder, path, mode));
}

EXPORT int ftruncate(int fd, off_t length)
{
    REAL(ftruncate);
    PASS(SHIM_truncate, scope_of(fd), int, -1, real(fd, length));
}

EXPORT int stat(const char *restrict path, struct stat *restrict status)
{
    REAL(stat);
    PASS(SHIM_stat, scope_at(AT_FDCWD, path), int, -1, real(path, status));
}

EXPORT int lstat(const char *restrict path, struct stat *restrict status)
{
    REAL(lstat);
    PASS(SHIM_stat, scope_at(AT_FDCWD, path), int, -1, real(path, status));
}

EXPORT int fstat(int fd, struct stat *status)
{
    REAL(fstat);
    PASS(SHIM_stat, scope_of(fd), int, -1, real(fd, status));
}

EXPORT int fstatat(int folder, const char *restrict path, struct stat *restrict status, int flags)
{
    REAL(fstatat);
    PASS(SHIM_stat, scope_at(folder, path), int, -1, real(folder, path, status, flags));
}

EXPORT int flock(int fd, int operation)
{
    REAL(flock);
    PASS(SHIM_lock, scope_of(fd), int, -1, real(fd, operation));
}

EXPORT int fchmod(int fd, mode_t mode)
{
    REAL(fchmod);
    PASS(SHIM_mode, scope_of(fd), int, -1, real(fd, mode));
}

EXPORT pid_t fork(void)
{
    REAL(fork);
    PASS(SHIM_fork, SHIM_ELSE, pid_t, -1, real());
}

EXPORT int pipe2(int ends[2], int flags)
{
    REAL(pipe2);
    PASS(SHIM_pipe, SHIM_ELSE, int, -1, real(ends, flags));
}

EXPORT int memfd_create(const char *name, unsigned flags)
{
    REAL(memfd_create);
    PASS(SHIM_memfd, SHIM_ELSE, int, -1, real(name, flags));
}

EXPORT int poll(struct pollfd *items, nfds_t count, int timeout)
{
    REAL(poll);
    PASS(SHIM_poll, SHIM_ELSE, int, -1, real(items, count, timeout));
}

EXPORT pid_t waitpid(pid_t pid, int *status, int options)
{
    REAL(waitpid);
    PASS(SHIM_wait, SHIM_ELSE, pid_t, -1, real(pid, status, options));
}

EXPORT void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t at)
{
    REAL(mmap);
    PASS(SHIM_map, scope_of(fd), void *, MAP_FAILED,
         real(address, length, protection, flags, fd, at));
}

#ifdef SHIM_MEMORY /* The sanitizers have an allocator of their own, which this would take apart.  \
                    */
#include "shim_memory.h"
#endif

/* The time of day, which may jump; the clock that only goes on does not. */
static long jump(void)
{
    static long readings;
    return clock_offset != 0 && ++readings > clock_readings ? clock_offset : 0;
}

EXPORT int clock_gettime(clockid_t which, struct timespec *now)
{
    REAL(clock_gettime);
    int result = real(which, now);
    if (result == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
        now->tv_sec += jump();
    return result;
}

EXPORT time_t time(time_t *out)
{
    REAL(time);
    time_t now = real(NULL) + jump();
    if (out != NULL)
        *out = now;
    return now;
}

EXPORT int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    REAL(gettimeofday);
    int result = real(now, zone);
    if (result == 0)
        now->tv_sec += jump();
    return result;
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
