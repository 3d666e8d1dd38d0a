/* What a rendering read: see reads.h. The log is made of records that a worker can hand to its
 * parent as they are; the parent checks each length. */
#include "base/reads.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/instant.h"
#include "base/mem.h"

#define LOG_MOST ((size_t)1 << 20)
#define NAMES_MOST 100000u /* In one folder. */
#define SETTLED_NS INT64_C(2500000000)
#define CHUNK ((size_t)64 << 10)

/* Marks ---------------------------------------------------------------------------------------- */

static int64_t nanoseconds(struct timespec time)
{
    const int64_t second = 1000000000;
    if (time.tv_sec >= INT64_MAX / second)
        return INT64_MAX;
    if (time.tv_sec <= INT64_MIN / second)
        return INT64_MIN;
    return (int64_t)time.tv_sec * second + (int64_t)time.tv_nsec;
}

int64_t bp_reads_now(void)
{
    return bp_instant_now() * 1000000;
}

bp_file_mark bp_file_mark_of(const struct stat *status)
{
    return (bp_file_mark){.size = (uint64_t)status->st_size,
                          .device = (uint64_t)status->st_dev,
                          .inode = (uint64_t)status->st_ino,
                          .modified = nanoseconds(status->st_mtim),
                          .changed = nanoseconds(status->st_ctim)};
}

bool bp_file_mark_equal(const bp_file_mark *a, const bp_file_mark *b)
{
    return a->size == b->size && a->device == b->device && a->inode == b->inode &&
           a->modified == b->modified && a->changed == b->changed;
}

bool bp_file_mark_is_settled(const bp_file_mark *mark, int64_t seen)
{
    int64_t last = mark->modified > mark->changed ? mark->modified : mark->changed;
    return seen > INT64_MIN + SETTLED_NS && last < seen - SETTLED_NS;
}

/* Prints --------------------------------------------------------------------------------------- */

static bool hash_all(int fd, uint64_t size, unsigned char out[32])
{
    char *chunk = bp_alloc(CHUNK);
    bp_hash hash;
    uint64_t total = 0;
    bool ok = chunk != NULL;
    bp_hash_init(&hash);
    while (ok) {
        ssize_t got = read(fd, chunk, CHUNK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got == 0)
            break;
        ok = got > 0 && (total += (uint64_t)got) <= size; /* One that grows would never end. */
        if (ok)
            bp_hash_add(&hash, chunk, (size_t)got);
    }
    bp_free(chunk);
    bp_hash_end(&hash, out);
    return ok && total == size;
}

bool bp_file_print(const char *path, uint64_t most, bp_file_mark *mark, unsigned char hash[32])
{
    struct stat before, after;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return false;
    bool ok = fstat(fd, &before) == 0 && S_ISREG(before.st_mode) && before.st_size >= 0 &&
              (uint64_t)before.st_size <= most && hash_all(fd, (uint64_t)before.st_size, hash) &&
              fstat(fd, &after) == 0;
    (void)close(fd);
    if (!ok)
        return false;
    *mark = bp_file_mark_of(&before);
    const bp_file_mark end = bp_file_mark_of(&after);
    return bp_file_mark_equal(mark, &end);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool list(DIR *folder, bp_buf *names)
{
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        char *copy = BP_BUF_COUNT(names, char *) < NAMES_MOST ? bp_copy_text(entry->d_name) : NULL;
        if (copy == NULL || !bp_buf_add(names, &copy, sizeof copy)) {
            bp_free(copy);
            return false;
        }
    }
    return true;
}

bool bp_folder_print(const char *path, bp_file_mark *mark, unsigned char hash[32])
{
    struct stat status;
    bp_buf names = {0};
    bp_hash all;
    DIR *folder = opendir(path);
    bool ok = folder != NULL && fstat(dirfd(folder), &status) == 0 && list(folder, &names);
    if (folder != NULL)
        (void)closedir(folder);
    if (names.length != 0)
        qsort(names.bytes, BP_BUF_COUNT(&names, char *), sizeof(char *), compare_names);
    bp_hash_init(&all);
    for (size_t i = 0; i < BP_BUF_COUNT(&names, char *); i++) {
        char *name = BP_BUF_ITEMS(&names, char *)[i];
        bp_hash_add(&all, name, strlen(name) + 1);
        bp_free(name);
    }
    bp_hash_end(&all, hash);
    bp_buf_clear(&names);
    if (ok)
        *mark = bp_file_mark_of(&status);
    return ok;
}

void bp_value_print(const char *value, unsigned char hash[32])
{
    bp_hash all;
    bp_hash_init(&all);
    if (value != NULL) { /* Empty is not the same as none. */
        bp_hash_add(&all, "=", 1);
        bp_hash_add(&all, value, strlen(value));
    }
    bp_hash_end(&all, hash);
}

/* Lists ---------------------------------------------------------------------------------------- */

void bp_reads_clear(bp_reads *reads)
{
    for (size_t i = 0; i < bp_reads_count(reads); i++)
        bp_free(bp_reads_at(reads, i)->path);
    bp_buf_clear(&reads->items);
}

size_t bp_reads_count(const bp_reads *reads)
{
    return BP_BUF_COUNT(&reads->items, bp_read);
}

bp_read *bp_reads_at(const bp_reads *reads, size_t i)
{
    return &BP_BUF_ITEMS(&reads->items, bp_read)[i];
}

bool bp_reads_add(bp_reads *reads, const bp_read *read)
{
    bp_read copy = *read;
    copy.path = bp_copy_text(read->path);
    if (copy.path != NULL && bp_buf_add(&reads->items, &copy, sizeof copy))
        return true;
    bp_free(copy.path);
    return false;
}

/* What stands in a log before each path, which a NUL ends. */
typedef struct {
    uint32_t kind, length; /* `length` without the NUL. */
    uint32_t has_hash, unused;
    bp_file_mark mark;
    unsigned char hash[32];
} record;

bool bp_reads_add_log(bp_reads *reads, const char *bytes, size_t length)
{
    while (length > 0) {
        record head;
        if (length < sizeof head)
            return false;
        memcpy(&head, bytes, sizeof head);
        bytes += sizeof head;
        length -= sizeof head;
        if (head.kind >= BP_READ_KINDS || head.length >= PATH_MAX || head.length >= length ||
            memchr(bytes, '\0', length) != bytes + head.length)
            return false;
        bp_read read = {.kind = (bp_read_kind)head.kind,
                        .has_hash = head.has_hash != 0,
                        .mark = head.mark,
                        .path = (char *)(uintptr_t)bytes};
        memcpy(read.hash, head.hash, sizeof read.hash);
        bool is_named = read.kind == BP_READ_VARIABLE ? head.length != 0 : bytes[0] == '/';
        if (!is_named || !bp_reads_add(reads, &read))
            return false;
        bytes += head.length + 1;
        length -= head.length + 1;
    }
    return true;
}

static int compare_reads(const void *a, const void *b)
{
    const bp_read *x = a, *y = b;
    int order = (x->kind > y->kind) - (x->kind < y->kind);
    if (order == 0)
        order = strcmp(x->path, y->path);
    /* One with its content says more than one without. */
    return order != 0 ? order : y->has_hash - x->has_hash;
}

static bool is_at_odds(const bp_read *a, const bp_read *b)
{
    return !bp_file_mark_equal(&a->mark, &b->mark) ||
           (b->has_hash && memcmp(a->hash, b->hash, sizeof a->hash) != 0);
}

void bp_reads_sort(bp_reads *reads)
{
    size_t count = bp_reads_count(reads), kept = 0;
    bool is_torn = false;
    if (count == 0)
        return;
    qsort(reads->items.bytes, count, sizeof(bp_read), compare_reads);
    for (size_t i = 0; i < count; i++) {
        bp_read *read = bp_reads_at(reads, i);
        bp_read *last = kept > 0 ? bp_reads_at(reads, kept - 1) : NULL;
        if (last == NULL || last->kind != read->kind || strcmp(last->path, read->path) != 0) {
            *bp_reads_at(reads, kept++) = *read;
            is_torn = false;
            continue;
        }
        is_torn = is_torn || is_at_odds(last, read);
        if (is_torn) {
            last->has_hash = false;
            last->mark = (bp_file_mark){0};
        }
        bp_free(read->path);
    }
    reads->items.length = kept * sizeof(bp_read);
}

/* Notes ---------------------------------------------------------------------------------------- */

static struct {
    bp_buf *log; /* NULL: nobody asks. */
    char folder[PATH_MAX];
} notes;

void bp_reads_begin(bp_buf *log)
{
    notes.log = log;
    if (getcwd(notes.folder, sizeof notes.folder) == NULL)
        notes.folder[0] = '\0';
}

void bp_reads_end(void)
{
    notes.log = NULL;
}

bool bp_reads_is_on(void)
{
    return notes.log != NULL;
}

bp_buf *bp_reads_log(void)
{
    return notes.log;
}

/* Half a log would call changes none. */
static void give_up(void)
{
    notes.log->length = 0;
    notes.log = NULL;
}

static void note(bp_read_kind kind, const char *path, const bp_file_mark *mark,
                 const unsigned char *hash)
{
    bp_buf *log = notes.log;
    bool is_relative = kind != BP_READ_VARIABLE && path[0] != '/';
    size_t before = is_relative ? strlen(notes.folder) + 1 : 0, length = strlen(path);
    record head = {.kind = kind, .length = (uint32_t)(before + length), .has_hash = hash != NULL};
    if (mark != NULL)
        head.mark = *mark;
    if (hash != NULL)
        memcpy(head.hash, hash, sizeof head.hash);
    bool ok = before + length < PATH_MAX && log->length < LOG_MOST - sizeof head - PATH_MAX &&
              (!is_relative || notes.folder[0] != '\0') &&
              bp_buf_reserve(log, sizeof head + before + length + 1) &&
              bp_buf_add(log, &head, sizeof head);
    if (ok && is_relative)
        ok = bp_buf_add(log, notes.folder, before - 1) && bp_buf_char(log, '/');
    if (!ok || !bp_buf_add(log, path, length + 1))
        give_up();
}

void bp_reads_note_file(const char *path, const struct stat *status, const void *bytes,
                        size_t length)
{
    if (notes.log == NULL)
        return;
    unsigned char print[32];
    bp_file_mark mark = bp_file_mark_of(status);
    /* Without its content its mark must do, which one that has just changed may keep. */
    if (!S_ISREG(status->st_mode))
        mark = (bp_file_mark){0};
    if (bytes != NULL) {
        bp_hash hash;
        bp_hash_init(&hash);
        bp_hash_add(&hash, bytes, length);
        bp_hash_end(&hash, print);
    }
    note(BP_READ_FILE, path, &mark, bytes != NULL && S_ISREG(status->st_mode) ? print : NULL);
}

void bp_reads_note_folder(const char *path)
{
    unsigned char hash[32];
    bp_file_mark mark;
    if (notes.log == NULL)
        return;
    if (bp_folder_print(path, &mark, hash))
        note(BP_READ_FOLDER, path, &mark, hash);
    else
        bp_reads_note_look(path, false);
}

void bp_reads_note_look(const char *path, bool is_there)
{
    if (notes.log != NULL)
        note(is_there ? BP_READ_PRESENT : BP_READ_ABSENT, path, NULL, NULL);
}

void bp_reads_note_link(const char *path, const char *real)
{
    unsigned char hash[32];
    if (notes.log == NULL || strcmp(path, real) == 0)
        return;
    bp_value_print(real, hash);
    note(BP_READ_LINK, path, NULL, hash);
}

void bp_reads_note_variable(const char *name, const char *value)
{
    unsigned char hash[32];
    if (notes.log == NULL)
        return;
    bp_value_print(value, hash);
    note(BP_READ_VARIABLE, name, NULL, hash);
}
