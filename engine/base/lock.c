/* The lock of an output: see lock.h. The file is opened for reading only: flock needs no more, and
 * so a lock file that another user made first still serves. */
#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

static char *lock_path(const char *output, bp_error *err)
{
    char *target = bp_path_target(output, err);
    if (target == NULL)
        return NULL;
    const char *name = bp_path_name(target);
    bp_buf path = {0};
    /* A name near the longest allowed one (255 bytes) is cut: two such outputs may then share a
     * lock, which costs a wait and no more. */
    int shown = (int)bp_utf8_floor(name, strlen(name), 255 - sizeof "..lock");
    bool ok = bp_buf_format(&path, "%.*s.%.*s.lock", (int)(name - target), target, shown, name);
    bp_free(target);
    char *taken = ok ? bp_buf_take(&path) : NULL;
    if (taken == NULL) {
        bp_buf_clear(&path);
        bp_fail_memory(err);
    }
    return taken;
}

static int open_lock(const char *path)
{
    int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    int fd;
    do
        fd = open(path, flags | O_CREAT, 0666);
    while (fd < 0 && errno == EINTR);
    /* In a sticky folder the kernel may refuse O_CREAT on a file of somebody else's. */
    if (fd < 0 && errno == EACCES) {
        fd = open(path, flags);
        if (fd < 0)
            errno = EACCES;
    }
    return fd;
}

bool bp_lock_take(bp_lock *lock, const char *path, bp_error *err)
{
    lock->fd = -1;
    char *file = lock_path(path, err);
    if (file == NULL)
        return false;
    int fd = open_lock(file);
    if (fd < 0) {
        bp_fail_create(err, path, errno);
        bp_free(file);
        return false;
    }
    int status;
    do
        status = flock(fd, LOCK_EX | LOCK_NB);
    while (status != 0 && errno == EINTR);
    if (status != 0) {
        if (errno == EWOULDBLOCK)
            bp_fail(err, BP_ERR_BUSY, path, "another run is writing this file; try again later");
        else
            bp_fail(err, BP_ERR_SYSTEM, file, "cannot be locked: %s", strerror(errno));
        close(fd);
        bp_free(file);
        return false;
    }
    bp_free(file);
    lock->fd = fd;
    return true;
}

/* Closing gives the lock up only with the last copy of the descriptor, so the lock itself is ended
 * first. */
void bp_lock_release(bp_lock *lock)
{
    if (lock->fd >= 0) {
        (void)flock(lock->fd, LOCK_UN);
        close(lock->fd);
    }
    lock->fd = -1;
}

void bp_lock_forget(bp_lock *lock)
{
    if (lock->fd >= 0)
        close(lock->fd);
    lock->fd = -1;
}
