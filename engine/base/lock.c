/* The lock of an output: see lock.h. The file is opened for reading only: flock needs no more, and
 * so a lock file that another user made first still serves. */
#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

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

/* True where the file that was locked has gone meanwhile, with an output that is not wanted any
 * more: it keeps nobody out then. It is closed. Where that cannot be asked it counts as there, for
 * asking again would go on for ever. */
static bool is_gone(int fd, const char *path)
{
    struct stat mine, there;
    if (fstat(fd, &mine) != 0)
        return false;
    bool is_other = lstat(path, &there) != 0
                        ? errno == ENOENT
                        : mine.st_dev != there.st_dev || mine.st_ino != there.st_ino;
    if (is_other)
        close(fd);
    return is_other;
}

bool bp_lock_take(bp_lock *lock, const char *path, bp_error *err)
{
    lock->fd = -1;
    char *file = bp_path_hidden(path, ".lock", err);
    if (file == NULL)
        return false;
    int fd, status;
    do {
        fd = open_lock(file);
        if (fd < 0) {
            bp_fail_create(err, path, errno);
            bp_free(file);
            return false;
        }
        do
            status = flock(fd, LOCK_EX | LOCK_NB);
        while (status != 0 && errno == EINTR);
    } while (status == 0 && is_gone(fd, file));
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
