/* Reading and writing whole files: see file.h. Publishing is in output.c, paths are in path.c. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/reads.h"

/* The system's want of descriptors or memory is not the file's fault. */
bool bp_fail_read(bp_error *err, const char *path, int number)
{
    if (number == EMFILE || number == ENFILE || number == ENOMEM)
        return bp_fail(err, BP_ERR_SYSTEM, path, "cannot be opened: %s", strerror(number));
    if (number == EISDIR)
        return bp_fail(err, BP_ERR_INPUT, path, "is a folder, expected a file");
    if (number == ENOENT)
        return bp_fail(err, BP_ERR_INPUT, path, "no such file");
    return bp_fail(err, BP_ERR_INPUT, path, "cannot be read: %s", strerror(number));
}

static int open_to_read(const char *path, int flags, struct stat *status, bp_error *err)
{
    int fd;
    do
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags);
    while (fd < 0 && errno == EINTR);
    if (fd < 0) {
        bp_fail_read(err, path, errno);
        bp_reads_note_look(path, false);
        return -1;
    }
    int number = fstat(fd, status) != 0 ? errno : S_ISDIR(status->st_mode) ? EISDIR : 0;
    if (number != 0) {
        bp_fail_read(err, path, number);
        close(fd);
        return -1;
    }
    return fd;
}

int bp_file_open(const char *path, size_t *size, bp_error *err)
{
    struct stat status;
    bool is_input = strcmp(path, "-") == 0;
    const char *name = is_input ? "standard input" : path;
    int fd =
        is_input ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open_to_read(path, 0, &status, err);
    if (fd < 0) {
        if (is_input)
            bp_fail_read(err, name, errno);
        return -1;
    }
    if (is_input && fstat(fd, &status) != 0) {
        bp_fail_read(err, name, errno);
        close(fd);
        return -1;
    }
    *size = S_ISREG(status.st_mode) && status.st_size > 0 ? (size_t)status.st_size : 0;
    return fd;
}

static bool fail_size(bp_error *err, const char *path, size_t limit)
{
    return bp_fail(err, BP_ERR_LIMIT, path, "is larger than %zu bytes, the most that is read",
                   limit);
}

/* Reads to the end; the buffer keeps what was read before a failure, which its owner clears or
 * keeps. */
static bool read_all(int fd, const char *path, size_t limit, bp_buf *out, bp_error *err)
{
    size_t total = 0;
    for (;;) {
        size_t room = out->capacity > out->length + 1 ? out->capacity - out->length - 1 : 0;
        if (room == 0) {
            if (!bp_buf_reserve(out, out->length < 32768 ? 32768 : out->length))
                return bp_fail_memory(err);
            continue;
        }
        ssize_t got = read(fd, out->bytes + out->length, room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return bp_fail_read(err, path, errno);
        if (got == 0)
            return true;
        out->length += (size_t)got;
        out->bytes[out->length] = '\0';
        total += (size_t)got;
        if (limit != 0 && total > limit)
            return fail_size(err, path, limit);
    }
}

bool bp_file_read(const char *path, size_t limit, bp_buf *out, bp_error *err)
{
    bool is_input = strcmp(path, "-") == 0;
    const char *name = is_input ? "standard input" : path;
    struct stat status = {0};
    int fd = STDIN_FILENO;
    if (is_input) {
        if (fstat(fd, &status) != 0)
            return bp_fail_read(err, name, errno);
    } else {
        fd = open_to_read(path, 0, &status, err);
        if (fd < 0)
            return false;
    }
    size_t before = out->length;
    /* Room for the whole file and one byte more, so that the read that finds the end needs no
     * growth. A file that lies about its size, as those below /proc do, is read all the same. */
    size_t size = S_ISREG(status.st_mode) && status.st_size > 0 ? (size_t)status.st_size : 0;
    bool ok;
    if (limit != 0 && size > limit)
        ok = fail_size(err, name, limit);
    else if (!bp_buf_reserve(out, size + 1))
        ok = bp_fail_memory(err);
    else
        ok = read_all(fd, name, limit, out, err);
    if (!is_input && bp_reads_is_on())
        bp_reads_note_file(path, &status, ok ? out->bytes + before : NULL, out->length - before);
    if (!is_input)
        close(fd);
    if (!ok && out->bytes != NULL) {
        out->length = before;
        out->bytes[before] = '\0';
    }
    return ok;
}

/* Fonts are large and seldom change: one at rest is known by its mark, and hashed later by who
 * wants to. */
static void note_map(const char *path, const struct stat *status, const bp_file_map *map)
{
    const bp_file_mark mark = bp_file_mark_of(status);
    bool is_settled = bp_file_mark_is_settled(&mark, bp_reads_now());
    const void *bytes = map->size != 0 ? (const void *)map->bytes : "";
    bp_reads_note_file(path, status, is_settled ? NULL : bytes, map->size);
}

bool bp_file_map_open(bp_file_map *map, const char *path, bp_error *err)
{
    *map = (bp_file_map){0};
    struct stat status;
    int fd = open_to_read(path, O_NONBLOCK, &status, err); /* Waits for no writer of a FIFO. */
    if (fd < 0)
        return false;
    if (!S_ISREG(status.st_mode)) {
        close(fd);
        return bp_fail(err, BP_ERR_INPUT, path, "is no regular file");
    }
    bool ok = true;
    if (status.st_size > 0) { /* mmap refuses to map nothing. */
        void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        ok = bytes != MAP_FAILED || bp_fail_read(err, path, errno);
        if (ok)
            *map = (bp_file_map){.bytes = bytes, .size = (size_t)status.st_size};
    }
    if (ok && bp_reads_is_on())
        note_map(path, &status, map);
    close(fd);
    return ok;
}

void bp_file_map_clear(bp_file_map *map)
{
    if (map->bytes != NULL)
        (void)munmap((void *)(uintptr_t)map->bytes, map->size);
    *map = (bp_file_map){0};
}

bool bp_file_write_all(int fd, const void *bytes, size_t length, const char *name, bp_error *err)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t put = write(fd, at, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return bp_fail(err, BP_ERR_WRITE, name, "cannot be written: %s%s", strerror(errno),
                           errno == EFBIG
                               ? "; the shell or the system limits the size of files (ulimit -f)"
                               : "");
        at += put;
        length -= (size_t)put;
    }
    return true;
}
