/* Results as they come: appended to a file that is locked, so that its lines are whole whatever
 * happens, and nothing that is not ours is ever cut. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/digests.h"
#include "job/results_private.h"

enum { GATHERED = 64 << 10 };

struct bp_results_writer {
    char *path;
    int fd;
    bool is_plain;    /* Else a device, a pipe, or standard output: nothing is cut or locked. */
    bool is_broken;   /* A write failed: there is no more to be said. */
    off_t whole;      /* The length of the file up to its last whole line. */
    bp_buf lines;     /* That are still to be written. */
    bp_digests files; /* "SHA256 PATH", with their numbers. */
    bp_buf key;
    uint32_t file_count;
};

static void free_writer(bp_results_writer *writer)
{
    if (writer->fd >= 0)
        close(writer->fd);
    bp_buf_clear(&writer->lines);
    bp_buf_clear(&writer->key);
    bp_digests_clear(&writer->files);
    bp_free(writer->path);
    bp_free(writer);
}

/* Where the number of a file is; NULL when memory is refused. */
static uint32_t *number_of(bp_results_writer *writer, const char *path, const char *sha256)
{
    writer->key.length = 0;
    if (!bp_buf_text(&writer->key, sha256) || !bp_buf_char(&writer->key, ' ') ||
        !bp_buf_text(&writer->key, path))
        return NULL;
    return bp_digests_add(&writer->files, writer->key.bytes, writer->key.length);
}

static bool fail_foreign(const bp_results_writer *writer, uint32_t line, bp_error *err)
{
    char place[BP_ERROR_PLACE];
    (void)snprintf(place, sizeof place, "%s:%u", writer->path, line);
    return bp_fail(err, BP_ERR_DATA, place,
                   "is no line of batch results; a file that holds something else is not written "
                   "to");
}

/* A line that names a file. */
static bool take_file(bp_results_writer *writer, bp_result_parser *parser, const bp_line *line,
                      bp_error *err)
{
    if (!bp_result_parse(parser, writer->path, line->number, line->text, line->length, err))
        return false;
    uint32_t *number = number_of(writer, parser->line.file, parser->line.sha256);
    if (number == NULL)
        return bp_fail_memory(err);
    if (*number == 0)
        *number = parser->number;
    if (parser->number > writer->file_count)
        writer->file_count = parser->number;
    return true;
}

/* Goes through what is there: whether it is ours, where its last whole line ends, and which files
 * have which numbers. */
static bool take_over(bp_results_writer *writer, bp_error *err)
{
    bp_stream stream = {.name = writer->path, .line = 1, .fd = writer->fd};
    bp_result_parser parser = {0};
    bp_line line;
    bp_error own = {0};
    bool ok = true;
    while (ok && bp_stream_line(&stream, BP_RESULT_MOST, &line, &own)) {
        bool is_empty = line.length == 0 && line.has_break && !line.is_long;
        if (line.is_long || (!is_empty && !bp_result_is_ours(line.text, line.length)))
            ok = fail_foreign(writer, line.number, &own);
        else if (line.has_break && line.length > 8 && memcmp(line.text, "{\"file\":", 8) == 0)
            ok = take_file(writer, &parser, &line, &own);
        if (ok && line.has_break)
            writer->whole = (off_t)(stream.offset + stream.at);
    }
    stream.fd = -1; /* It is the writer's. */
    bp_stream_close(&stream);
    bp_result_parser_clear(&parser);
    return own.code == BP_OK || bp_fail(err, own.code, own.place, "%s", own.text);
}

static bool is_ours(const bp_results_writer *writer, bp_error *err)
{
    char begin[16];
    ssize_t got = pread(writer->fd, begin, sizeof begin, 0);
    if (got < 0)
        return bp_fail_read(err, writer->path, errno);
    return bp_result_is_ours(begin, (size_t)got) || fail_foreign(writer, 1, err);
}

static bool lock(const bp_results_writer *writer, bp_error *err)
{
    int status;
    do
        status = flock(writer->fd, LOCK_EX | LOCK_NB);
    while (status != 0 && errno == EINTR);
    if (status == 0 || errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP)
        return true; /* Some file systems have no locks; whole lines are appended all the same. */
    return errno == EWOULDBLOCK
               ? bp_fail(err, BP_ERR_BUSY, writer->path,
                         "another run is writing these results; try again later")
               : bp_fail(err, BP_ERR_SYSTEM, writer->path, "cannot be locked: %s", strerror(errno));
}

static bool open_file(bp_results_writer *writer, bool goes_on, bp_error *err)
{
    struct stat status;
    if (strcmp(writer->path, "-") == 0) {
        writer->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
        return writer->fd >= 0 || bp_fail_create(err, "standard output", errno);
    }
    int flags = O_APPEND | O_CLOEXEC | O_NOCTTY;
    bool is_special = stat(writer->path, &status) == 0 && !S_ISREG(status.st_mode);
    do
        writer->fd = open(writer->path, flags | (is_special ? O_WRONLY : O_RDWR | O_CREAT), 0666);
    while (writer->fd < 0 && errno == EINTR);
    if (writer->fd < 0 || fstat(writer->fd, &status) != 0)
        return bp_fail_create(err, writer->path, errno);
    writer->is_plain = S_ISREG(status.st_mode);
    if (!writer->is_plain)
        return true;
    if (!lock(writer, err) || !(goes_on ? take_over(writer, err) : is_ours(writer, err)))
        return false;
    return ftruncate(writer->fd, writer->whole) == 0 ||
           bp_fail(err, BP_ERR_WRITE, writer->path, "cannot be cut: %s", strerror(errno));
}

bp_results_writer *bp_results_open(const char *path, bool goes_on, bp_error *err)
{
    bp_results_writer *writer = bp_alloc_zero(1, sizeof *writer);
    if (writer == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    writer->fd = -1;
    writer->path = bp_copy_text(path);
    if (writer->path == NULL)
        bp_fail_memory(err);
    else if (open_file(writer, goes_on, err))
        return writer;
    free_writer(writer);
    return NULL;
}

uint32_t bp_results_name(bp_results_writer *writer, const char *path, const char sha256[65],
                         bp_error *err)
{
    uint32_t *number = number_of(writer, path, sha256);
    if (number == NULL) {
        bp_fail_memory(err);
        return 0;
    }
    if (*number == 0) {
        if (!bp_result_put_file(&writer->lines, writer->file_count + 1, path, sha256)) {
            bp_fail_memory(err);
            return 0;
        }
        *number = ++writer->file_count;
    }
    return *number;
}

bool bp_results_add(bp_results_writer *writer, const bp_result_line *line, bp_error *err)
{
    return (bp_result_put(&writer->lines, line) || bp_fail_memory(err)) &&
           (writer->lines.length < GATHERED || bp_results_flush(writer, err));
}

/* The bytes up to the last line break are written, if only the first of them are: those lines are
 * whole. The rest is cut off. */
static void keep_whole_lines(bp_results_writer *writer)
{
    struct stat status;
    if (fstat(writer->fd, &status) != 0 || status.st_size <= writer->whole)
        return;
    size_t put = (size_t)(status.st_size - writer->whole);
    put = put < writer->lines.length ? put : writer->lines.length;
    while (put > 0 && writer->lines.bytes[put - 1] != '\n')
        put--;
    writer->whole += (off_t)put;
    if (ftruncate(writer->fd, writer->whole) != 0)
        return; /* The next run cuts it. */
}

bool bp_results_flush(bp_results_writer *writer, bp_error *err)
{
    const char *name = strcmp(writer->path, "-") == 0 ? "standard output" : writer->path;
    if (writer->is_broken)
        return bp_fail(err, BP_ERR_WRITE, name, "could not be written");
    if (writer->lines.length == 0)
        return true;
    if (!bp_file_write_all(writer->fd, writer->lines.bytes, writer->lines.length, name, err)) {
        writer->is_broken = true;
        if (writer->is_plain)
            keep_whole_lines(writer);
        return false;
    }
    writer->whole += (off_t)writer->lines.length;
    writer->lines.length = 0;
    return true;
}

bool bp_results_sync(bp_results_writer *writer, bp_error *err)
{
    int status;
    if (!bp_results_flush(writer, err))
        return false;
    if (!writer->is_plain)
        return true;
    do
        status = fdatasync(writer->fd);
    while (status != 0 && errno == EINTR);
    return status == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS ||
           bp_fail(err, BP_ERR_WRITE, writer->path, "cannot be written: %s", strerror(errno));
}

bool bp_results_close(bp_results_writer *writer, bp_error *err)
{
    if (writer == NULL)
        return true;
    bool ok = bp_results_flush(writer, err);
    int number = close(writer->fd) != 0 && errno != EINTR ? errno : 0;
    writer->fd = -1;
    if (ok && number != 0)
        ok = bp_fail(err, BP_ERR_WRITE, writer->path, "cannot be written: %s", strerror(number));
    free_writer(writer);
    return ok;
}
