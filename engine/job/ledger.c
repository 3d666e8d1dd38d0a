/* The list of editions: see ledger.h. A line for each, fields between tabs, which no path of a
 * pattern holds. */
#include "job/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define HEAD "briefpress editions 1\n"
#define SIZE_MOST ((size_t)64 << 20)
#define CHUNK ((size_t)16 << 10)
#define WAIT_MS 10
#define WAITS 6000 /* A minute. */

static bool fail_foreign(const char *path, bp_error *err)
{
    return bp_fail(err, BP_ERR_INPUT, path,
                   "is no list of editions; move it away: what it may have listed will stay");
}

/* Where that cannot be asked it counts as there. */
static bool is_replaced(int fd, const char *path)
{
    struct stat mine, there;
    if (fstat(fd, &mine) != 0)
        return false;
    return lstat(path, &there) != 0 ? errno == ENOENT
                                    : mine.st_dev != there.st_dev || mine.st_ino != there.st_ino;
}

/* Opens and locks what is at the path at last: a file that was replaced while one waited is
 * nobody's any more. */
static int open_locked(const char *path, bool makes, bp_error *err)
{
    for (int waits = 0; waits < WAITS; waits++) {
        int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
        int fd = open(path, flags | (makes ? O_CREAT : 0), 0666);
        if (fd < 0 && errno == EINTR)
            continue;
        if (fd < 0) {
            if (errno == ELOOP)
                fail_foreign(path, err);
            else if (makes || errno != ENOENT)
                bp_fail_create(err, path, errno);
            return -1;
        }
        bool is_locked = flock(fd, LOCK_EX | LOCK_NB) == 0;
        int number = errno;
        if (is_locked && !is_replaced(fd, path))
            return fd;
        close(fd);
        if (!is_locked && number != EWOULDBLOCK && number != EINTR) {
            bp_fail(err, BP_ERR_SYSTEM, path, "cannot be locked: %s", strerror(number));
            return -1;
        }
        if (!is_locked)
            (void)nanosleep(&(struct timespec){.tv_nsec = WAIT_MS * 1000000L}, NULL);
    }
    bp_fail(err, BP_ERR_BUSY, path, "other runs hold the list of editions; try again later");
    return -1;
}

/* Cuts off what stands before the next `end`. NULL: there is none. */
static char *field(char **at, char end)
{
    char *from = *at, *to = strchr(from, end);
    if (to == NULL)
        return NULL;
    *to = '\0';
    *at = to + 1;
    return from;
}

static bool read_day(const char *text, int64_t *out)
{
    bp_span day;
    *out = BP_NO_DAY;
    if (strcmp(text, "-") == 0)
        return true;
    if (!bp_span_read(text, strlen(text), &day) || day.unit != BP_PERIOD_DAY)
        return false;
    *out = day.first;
    return true;
}

static bool is_harmless(const char *path)
{
    if (path[0] == '/' || path[0] == '\0')
        return false;
    for (const char *at = path; at != NULL; at = strchr(at, '/')) {
        at += *at == '/';
        if (strcmp(at, "..") == 0 || strncmp(at, "../", 3) == 0)
            return false;
    }
    return true;
}

static bool read_entry(char *line, bp_ledger_entry *out)
{
    char *sha256 = field(&line, '\t'), *size = sha256 ? field(&line, '\t') : NULL;
    char *first = size ? field(&line, '\t') : NULL, *last = first ? field(&line, '\t') : NULL;
    char *date = last ? field(&line, '\t') : NULL, *group = date ? field(&line, '\t') : NULL;
    if (group == NULL || strlen(sha256) != 64 || strspn(sha256, "0123456789abcdef") != 64 ||
        strspn(size, "0123456789") != strlen(size) || size[0] == '\0' || strlen(size) > 18 ||
        !is_harmless(line))
        return false;
    memcpy(out->sha256, sha256, sizeof out->sha256);
    out->size = strtoull(size, NULL, 10);
    out->group = group;
    out->path = line;
    return read_day(first, &out->first) && read_day(last, &out->last) && read_day(date, &out->date);
}

static bool read_entries(bp_ledger *ledger, char *text, size_t length, bp_error *err)
{
    if (length == 0)
        return true;
    if (strlen(text) != length || strncmp(text, HEAD, sizeof HEAD - 1) != 0)
        return fail_foreign(ledger->path, err);
    for (char *at = text + sizeof HEAD - 1; *at != '\0';) {
        bp_ledger_entry entry;
        char *line = field(&at, '\n');
        if (line == NULL || !read_entry(line, &entry))
            return fail_foreign(ledger->path, err);
        if (!bp_ledger_add(ledger, &entry, err))
            return false;
    }
    return true;
}

/* Reads the file that is locked; it is no input of the rendering, whose files are noted. */
static bool read_all(const bp_ledger *ledger, bp_buf *text, bp_error *err)
{
    for (;;) {
        if (text->length > SIZE_MOST)
            return fail_foreign(ledger->path, err);
        if (!bp_buf_reserve(text, CHUNK))
            return bp_fail_memory(err);
        ssize_t got = read(ledger->fd, text->bytes + text->length, CHUNK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return bp_fail(err, BP_ERR_INPUT, ledger->path, "cannot be read: %s", strerror(errno));
        text->length += (size_t)got;
        text->bytes[text->length] = '\0';
        if (got == 0)
            return true;
    }
}

bool bp_ledger_open(bp_ledger *ledger, const char *path, bool makes, bp_error *err)
{
    *ledger = (bp_ledger){.fd = -1, .path = bp_copy_text(path)};
    if (ledger->path == NULL)
        return bp_fail_memory(err);
    bp_error problem = {0};
    ledger->fd = open_locked(path, makes, &problem);
    if (ledger->fd < 0)
        return problem.code == BP_OK ||
               bp_fail(err, problem.code, problem.place, "%s", problem.text);
    bp_output_sweep(path);
    bp_buf text = {0};
    bool ok = read_all(ledger, &text, err) && read_entries(ledger, text.bytes, text.length, err);
    bp_buf_clear(&text);
    ledger->is_changed = false;
    return ok;
}

bool bp_ledger_add(bp_ledger *ledger, const bp_ledger_entry *entry, bp_error *err)
{
    bp_ledger_entry own = *entry;
    own.group = bp_copy_text(entry->group);
    own.path = bp_copy_text(entry->path);
    if (own.group != NULL && own.path != NULL && bp_buf_add(&ledger->entries, &own, sizeof own)) {
        ledger->is_changed = true;
        return true;
    }
    bp_free(own.group);
    bp_free(own.path);
    return bp_fail_memory(err);
}

void bp_ledger_drop(bp_ledger *ledger, size_t at)
{
    bp_ledger_entry *entries = BP_LEDGER_ENTRIES(ledger);
    ledger->is_changed = true;
    bp_free(entries[at].group);
    bp_free(entries[at].path);
    ledger->entries.length -= sizeof *entries;
    memmove(&entries[at], &entries[at + 1], (BP_LEDGER_COUNT(ledger) - at) * sizeof *entries);
}

static bool put_day(bp_buf *text, int64_t day)
{
    char date[BP_SPAN_SIZE] = "-";
    if (day != BP_NO_DAY) {
        bp_span span = bp_span_at(BP_PERIOD_DAY, day);
        bp_span_put(&span, date);
    }
    return bp_buf_text(text, date) && bp_buf_char(text, '\t');
}

bool bp_ledger_save(bp_ledger *ledger, bp_error *err)
{
    bp_buf text = {0};
    if (!ledger->is_changed)
        return true;
    bool ok = bp_buf_text(&text, HEAD);
    for (size_t i = 0; ok && i < BP_LEDGER_COUNT(ledger); i++) {
        const bp_ledger_entry *entry = &BP_LEDGER_ENTRIES(ledger)[i];
        ok = bp_buf_format(&text, "%s\t%" PRIu64 "\t", entry->sha256, entry->size) &&
             put_day(&text, entry->first) && put_day(&text, entry->last) &&
             put_day(&text, entry->date) &&
             bp_buf_format(&text, "%s\t%s\n", entry->group, entry->path);
    }
    bp_output *output = NULL;
    if (!ok)
        bp_fail_memory(err);
    else
        output = bp_output_new(ledger->path, err);
    ok = output != NULL && bp_output_write(output, text.bytes, text.length, err) &&
         bp_output_commit(output, err);
    bp_output_free(output);
    bp_buf_clear(&text);
    return ok;
}

void bp_ledger_close(bp_ledger *ledger)
{
    while (BP_LEDGER_COUNT(ledger) > 0)
        bp_ledger_drop(ledger, BP_LEDGER_COUNT(ledger) - 1);
    bp_buf_clear(&ledger->entries);
    if (ledger->fd >= 0) {
        (void)flock(ledger->fd, LOCK_UN);
        close(ledger->fd);
    }
    bp_free(ledger->path);
    *ledger = (bp_ledger){.fd = -1};
}
