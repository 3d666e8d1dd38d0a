/* Publishing: see file.h. An output is a temporary file in the target's folder, reached through a
 * descriptor of that folder, so that neither a change of directory nor a renamed parent can part
 * the two. Devices, FIFOs and descriptors (/dev/stdout) are written directly: they cannot be
 * replaced, and there is nothing to keep. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/output_private.h"
#include "base/utf8.h"

#define SLOT_COUNT (BP_OUTPUTS_MOST + 16)

/* Temporary files that are open, for bp_output_abandon_all. `pid` is written last and cleared
 * first: a signal between sees a whole entry or none, and a forked child leaves those of its parent
 * alone. */
static struct {
    volatile sig_atomic_t pid;
    int folder_fd;
    char name[BP_OUTPUT_NAME];
} slots[SLOT_COUNT];

static int slot_take(int folder_fd, const char *name)
{
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (slots[i].pid == 0) {
            slots[i].folder_fd = folder_fd;
            memcpy(slots[i].name, name, BP_OUTPUT_NAME);
            slots[i].pid = (sig_atomic_t)getpid();
            return (int)i;
        }
    return -1;
}

void bp_output_abandon_all(void)
{
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (slots[i].pid == (sig_atomic_t)getpid()) {
            (void)unlinkat(slots[i].folder_fd, slots[i].name, 0);
            slots[i].pid = 0;
        }
}

bool bp_fail_create(bp_error *err, const char *path, int number)
{
    const char *hint = "";
    if (number == ENOENT || number == ENOTDIR)
        return bp_fail(err, BP_ERR_CREATE, path,
                       "cannot be created: its folder does not exist; create the folder first");
    if (number == EACCES || number == EPERM)
        hint = "; its folder must be writable";
    else if (number == EROFS)
        hint = "; choose another folder";
    else if (number == ENAMETOOLONG)
        hint = "; choose a shorter name";
    bp_code code = number == EMFILE || number == ENFILE ? BP_ERR_SYSTEM : BP_ERR_CREATE;
    return bp_fail(err, code, path, "cannot be created: %s%s", strerror(number), hint);
}

/* True where the path names a descriptor of this process: opening it writes to what is there
 * already. */
static bool is_descriptor(const char *path)
{
    return strcmp(path, "/dev/stdout") == 0 || strcmp(path, "/dev/stderr") == 0 ||
           strncmp(path, "/dev/fd/", 8) == 0 || strncmp(path, "/proc/", 6) == 0;
}

bool bp_output_is_direct(const char *path)
{
    struct stat status;
    return is_descriptor(path) ||
           (stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode));
}

static int open_again(int folder_fd, const char *name, int flags)
{
    int fd;
    do
        fd = openat(folder_fd, name, flags | O_CLOEXEC | O_NOCTTY, 0666);
    while (fd < 0 && errno == EINTR);
    return fd;
}

/* What temporaries of an output begin with; `sweep` looks for it. */
static int prefix_put(const char *name, char out[BP_OUTPUT_NAME])
{
    int shown = (int)bp_utf8_floor(name, strlen(name), BP_OUTPUT_NAME - 50);
    return snprintf(out, BP_OUTPUT_NAME, ".%.*s.briefpress-", shown, name);
}

static bool open_folder(bp_output *output, const char *target, bp_error *err)
{
    char *folder = bp_path_folder(target, err);
    if (folder == NULL)
        return false;
    output->folder_fd = open_again(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY);
    output->can_sync = output->folder_fd >= 0;
    if (output->folder_fd < 0 && errno == EACCES)
        output->folder_fd = open_again(AT_FDCWD, folder, O_PATH | O_DIRECTORY);
    int number = errno;
    bp_free(folder);
    return output->folder_fd >= 0 || bp_fail_create(err, output->path, number);
}

bool bp_output_hold(int fd)
{
    int status;
    do
        status = flock(fd, LOCK_EX | LOCK_NB);
    while (status != 0 && errno == EINTR);
    return status == 0 ||
           errno != EWOULDBLOCK; /* Where there are no locks, nobody sweeps by them. */
}

/* A new temporary is held at once; should a sweep have been quicker, it has no name any more, now
 * or soon. Where that cannot be asked it is taken for ours: left alone it would stay for ever. */
static bool is_held(int fd)
{
    struct stat status;
    return bp_output_hold(fd) && (fstat(fd, &status) != 0 || status.st_nlink != 0);
}

static bool open_temporary(bp_output *output, bp_error *err)
{
    char prefix[BP_OUTPUT_NAME];
    (void)prefix_put(output->name, prefix);
    static unsigned counter;
    sigset_t all, kept; /* No signal between the file and its entry in the list. */
    sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, &kept);
    for (int attempt = 0; attempt < 100; attempt++) {
        (void)snprintf(output->temporary, BP_OUTPUT_NAME, "%.200s%ld-%u.tmp", prefix,
                       (long)getpid(), counter++ % 1000000);
        output->fd = open_again(output->folder_fd, output->temporary,
                                O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
        if (output->fd >= 0 ? is_held(output->fd) : errno != EEXIST)
            break;
        if (output->fd >= 0)
            close(output->fd);
        output->fd = -1;
        errno = EEXIST;
    }
    int number = errno;
    if (output->fd >= 0) {
        output->slot = slot_take(output->folder_fd, output->temporary);
        if (output->slot < 0)
            (void)unlinkat(output->folder_fd, output->temporary, 0);
    }
    (void)sigprocmask(SIG_SETMASK, &kept, NULL);
    if (output->fd < 0)
        return bp_fail_create(err, output->path, number);
    return output->slot >= 0 ||
           bp_fail(err, BP_ERR_INTERNAL, output->path, "too many open outputs");
}

/* The new file takes the old one's mode and, where the system lets us, its owner. */
static bool take_after(bp_output *output, bp_error *err)
{
    struct stat old;
    if (fstatat(output->folder_fd, output->name, &old, AT_SYMLINK_NOFOLLOW) != 0)
        return true;
    if (S_ISDIR(old.st_mode))
        return bp_fail(err, BP_ERR_CREATE, output->path, "is a folder; name a file in it");
    if (!S_ISREG(old.st_mode)) /* A link, a FIFO: it goes, and its mode with it. */
        return true;
    if (faccessat(output->folder_fd, output->name, W_OK, AT_EACCESS) != 0)
        return bp_fail(err, BP_ERR_CREATE, output->path, "is write-protected");
    if (old.st_uid != geteuid() || old.st_gid != getegid()) {
        int refused = fchown(output->fd, old.st_uid, old.st_gid);
        (void)refused; /* Only the owner's and root's to give; the contents matter more. */
    }
    if (fchmod(output->fd, old.st_mode & 0777) != 0)
        return bp_fail(err, BP_ERR_CREATE, output->path, "cannot keep its mode: %s",
                       strerror(errno));
    return true;
}

static bool open_output(bp_output *output, const char *path, bp_error *err)
{
    if (bp_output_is_direct(path)) {
        output->fd = open_again(AT_FDCWD, path, O_WRONLY | O_TRUNC);
        return output->fd >= 0 || bp_fail_create(err, path, errno);
    }
    char *target = bp_path_target(path, err);
    if (target == NULL)
        return false;
    const char *name = bp_path_name(target);
    bool ok;
    if (name[0] == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        ok = bp_fail(err, BP_ERR_CREATE, path, "is a folder; name a file in it");
    else if (strlen(name) >= BP_OUTPUT_NAME)
        ok = bp_fail_create(err, path, ENAMETOOLONG);
    else {
        memcpy(output->name, name, strlen(name) + 1);
        ok = open_folder(output, target, err) && open_temporary(output, err) &&
             take_after(output, err);
    }
    bp_free(target);
    return ok;
}

bp_output *bp_output_new(const char *path, bp_error *err)
{
    bp_output *output = bp_alloc_zero(1, sizeof *output);
    if (output == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    output->fd = output->folder_fd = output->slot = -1;
    output->path = bp_copy_text(path);
    if (output->path == NULL)
        bp_fail_memory(err);
    if (output->path == NULL || !open_output(output, path, err)) {
        bp_output_free(output);
        return NULL;
    }
    return output;
}

bp_output *bp_output_new_in(int folder_fd, const char *name, const char *path, bool replaces,
                            bp_error *err)
{
    bp_output *output = bp_alloc_zero(1, sizeof *output);
    if (output == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    output->fd = output->slot = -1;
    output->folder_fd = fcntl(folder_fd, F_DUPFD_CLOEXEC, 3);
    output->is_unsynced = true;
    output->is_new = !replaces;
    bool ok = output->folder_fd >= 0 || bp_fail_create(err, path, errno);
    if (ok && strlen(name) >= BP_OUTPUT_NAME)
        ok = bp_fail_create(err, path, ENAMETOOLONG);
    if (ok && (output->path = bp_copy_text(path)) == NULL)
        ok = bp_fail_memory(err);
    if (ok) {
        memcpy(output->name, name, strlen(name) + 1);
        ok = open_temporary(output, err) && (!replaces || take_after(output, err));
    }
    if (ok)
        return output;
    bp_output_free(output);
    return NULL;
}

bool bp_output_write(bp_output *output, const void *bytes, size_t length, bp_error *err)
{
    return bp_file_write_all(output->fd, bytes, length, output->path, err);
}

bool bp_output_is_synced(int fd)
{
    int status;
    do
        status = fsync(fd);
    while (status != 0 && errno == EINTR);
    return status == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
}

/* Where the file system cannot rename without replacing, a second name does, and the first goes. */
static bool put_in_place(const bp_output *output)
{
    int folder = output->folder_fd;
    if (!output->is_new)
        return renameat(folder, output->temporary, folder, output->name) == 0;
    if (renameat2(folder, output->temporary, folder, output->name, RENAME_NOREPLACE) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS) &&
           linkat(folder, output->temporary, folder, output->name, 0) == 0 &&
           unlinkat(folder, output->temporary, 0) == 0;
}

static bool fail_written(const bp_output *output, int number, bp_error *err)
{
    return bp_fail(err, BP_ERR_WRITE, output->path, "cannot be written: %s", strerror(number));
}

bool bp_output_place(bp_output *output, bp_error *err)
{
    /* Linux ends the descriptor even where close says EINTR, so it is never closed again. */
    bool ok = close(output->fd) == 0 || errno == EINTR;
    output->fd = -1;
    if (!ok || (output->folder_fd >= 0 && !put_in_place(output)))
        return fail_written(output, errno, err);
    if (output->folder_fd >= 0) {
        slots[output->slot].pid = 0;
        output->slot = -1;
    }
    return true;
}

bool bp_output_sync(bp_output *output, bp_error *err)
{
    if (output->is_synced || output->is_unsynced)
        return true;
    if (output->unreached == 0 && !bp_output_is_synced(output->fd))
        output->unreached = errno;
    output->is_synced = output->unreached == 0;
    return output->is_synced || fail_written(output, output->unreached, err);
}

bool bp_output_commit(bp_output *output, bp_error *err)
{
    if (!bp_output_sync(output, err) || !bp_output_place(output, err))
        return false;
    /* The new file is in place; should its name not outlast a power cut, the old one does. */
    if (output->folder_fd >= 0 && output->can_sync)
        (void)bp_output_is_synced(output->folder_fd);
    return true;
}

void bp_output_free(bp_output *output)
{
    if (output == NULL)
        return;
    if (output->fd >= 0)
        close(output->fd);
    if (output->slot >= 0) {
        (void)unlinkat(output->folder_fd, output->temporary, 0);
        slots[output->slot].pid = 0;
    }
    if (output->folder_fd >= 0)
        close(output->folder_fd);
    bp_free(output->path);
    bp_free(output);
}

/* Digits, a dash, digits and ".tmp": the rest of the name of a temporary. Nobody else's file is
 * removed. */
static bool is_temporary_rest(const char *rest)
{
    size_t digits = strspn(rest, "0123456789");
    if (digits == 0 || rest[digits] != '-')
        return false;
    rest += digits + 1;
    digits = strspn(rest, "0123456789");
    return digits != 0 && strcmp(rest + digits, ".tmp") == 0;
}

/* Removes a temporary that nobody holds any more. */
static void remove_left(int folder_fd, const char *name)
{
    int fd = open_again(folder_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && bp_output_hold(fd))
        (void)unlinkat(folder_fd, name, 0);
    if (fd >= 0)
        close(fd);
}

/* Removes what is left of temporaries that begin with `prefix`; "": of all. */
static void sweep(const char *folder, const char *prefix)
{
    static const char mark[] = ".briefpress-";
    DIR *listing = opendir(folder);
    if (listing == NULL)
        return;
    size_t length = strlen(prefix);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        const char *rest = entry->d_name + length;
        if (entry->d_name[0] != '.' || strncmp(entry->d_name, prefix, length) != 0)
            continue;
        for (const char *at = rest; length == 0 && (at = strstr(at, mark)) != NULL;)
            rest = at += sizeof mark - 1;
        if (is_temporary_rest(rest))
            remove_left(dirfd(listing), entry->d_name);
    }
    closedir(listing);
}

void bp_output_sweep_folder(const char *folder)
{
    sweep(folder, "");
}

void bp_output_sweep(const char *path)
{
    char *target = bp_path_target(path, NULL);
    char *folder = target ? bp_path_folder(target, NULL) : NULL;
    char prefix[BP_OUTPUT_NAME];
    if (folder != NULL && prefix_put(bp_path_name(target), prefix) > 0)
        sweep(folder, prefix);
    bp_free(folder);
    bp_free(target);
}
