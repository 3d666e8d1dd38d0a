/* The files of editions: telling whether one is what was made, removing it, linking to it. */
#include "job/edition_private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/utf8.h"

#define CHUNK 16384
#define NAME_SIZE 256

void bp_edition_put_digits(const unsigned char sha256[32], char out[65])
{
    for (size_t i = 0; i < 32; i++)
        (void)snprintf(out + 2 * i, 3, "%02x", sha256[i]);
}

bool bp_edition_is_made(int fd, const bp_ledger_entry *entry)
{
    struct stat status;
    char chunk[CHUNK], digits[65];
    unsigned char sha256[32];
    uint64_t read = 0;
    bp_hash hash;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) ||
        (uint64_t)status.st_size != entry->size)
        return false;
    bp_hash_init(&hash);
    while (read < entry->size) {
        ssize_t got = pread(fd, chunk, sizeof chunk, (off_t)read);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        bp_hash_add(&hash, chunk, (size_t)got);
        read += (uint64_t)got;
    }
    bp_hash_end(&hash, sha256);
    bp_edition_put_digits(sha256, digits);
    return strcmp(digits, entry->sha256) == 0;
}

/* Still the file that was opened, and untouched since: no more than this instant is left for a
 * change that nobody would see. */
static bool is_same(int fd, const char *path)
{
    struct stat one, other;
    return fstat(fd, &one) == 0 && lstat(path, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino && one.st_size == other.st_size &&
           one.st_mtim.tv_sec == other.st_mtim.tv_sec &&
           one.st_mtim.tv_nsec == other.st_mtim.tv_nsec;
}

static bool fail_removal(bp_error *err, const char *path, const char *why)
{
    return bp_fail(err, BP_ERR_WRITE, path, "is an edition too many and cannot be removed: %s",
                   why);
}

/* ".NAME" and an ending, beside it. */
static void remove_hidden(const char *path, const char *ending)
{
    char *hidden = bp_path_hidden(path, ending, NULL);
    if (hidden != NULL)
        (void)unlink(hidden);
    bp_free(hidden);
}

/* Folders that the pattern made and that are empty now; the one that the ledger is in stays. */
static void remove_folders(const char *path, size_t fixed)
{
    char *folder = bp_path_folder(path, NULL);
    while (folder != NULL && strlen(folder) > fixed && rmdir(folder) == 0) {
        char *slash = strrchr(folder, '/');
        if (slash == NULL)
            break;
        *slash = '\0';
    }
    bp_free(folder);
}

/* With the lock of the edition held. */
static bp_removal remove_made(const char *path, const bp_ledger_entry *entry, bp_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 && (errno == ENOENT || errno == ELOOP))
        return BP_REMOVAL_CHANGED;
    if (fd < 0) {
        fail_removal(err, path, strerror(errno));
        return BP_REMOVAL_FAILED;
    }
    bp_removal done =
        bp_edition_is_made(fd, entry) && is_same(fd, path) ? BP_REMOVAL_DONE : BP_REMOVAL_CHANGED;
    if (done == BP_REMOVAL_DONE && unlink(path) != 0) {
        fail_removal(err, path, strerror(errno));
        done = BP_REMOVAL_FAILED;
    }
    close(fd);
    return done;
}

bp_removal bp_edition_remove(const char *folder, const bp_ledger_entry *entry, bp_error *err)
{
    bp_error problem = {0};
    bp_lock lock = {.fd = -1};
    char *path = bp_path_join(folder, entry->path, err);
    bp_removal done = BP_REMOVAL_FAILED;
    if (path == NULL)
        return done;
    if (bp_lock_take(&lock, path, &problem)) {
        done = remove_made(path, entry, err);
        if (done == BP_REMOVAL_DONE) {
            remove_hidden(path, ".state");
            remove_hidden(path, ".lock");
            remove_folders(path, strlen(folder));
        }
    } else if (problem.code == BP_ERR_BUSY)
        done = BP_REMOVAL_BUSY;
    else if (problem.code == BP_ERR_CREATE)
        fail_removal(err, path, problem.text);
    else
        bp_fail(err, problem.code, problem.place, "%s", problem.text);
    bp_lock_release(&lock);
    bp_free(path);
    return done;
}

/* From the folder `from` to the file `to`, both canonical. */
static bool put_relative(const char *from, const char *to, bp_buf *out)
{
    size_t same = 0, at = 0;
    while (from[at] != '\0' && from[at] == to[at]) {
        at++;
        if (from[at] == '/' || (from[at] == '\0' && to[at] == '/') || strcmp(from, "/") == 0)
            same = at;
    }
    bool ok = true;
    for (const char *up = from + same; ok && *up != '\0'; up++)
        if (*up == '/' && up[1] != '\0')
            ok = bp_buf_text(out, "../");
    to += same;
    return ok && bp_buf_text(out, to + (*to == '/'));
}

/* The text of the link. */
static bool find_text(const char *folder, const char *target, bp_buf *text, bp_error *err)
{
    char *aim_folder = bp_path_folder(target, err);
    char *from = aim_folder ? bp_path_real(folder, err) : NULL;
    char *real = from ? bp_path_real(aim_folder, err) : NULL;
    char *to = real ? bp_path_join(real, bp_path_name(target), err) : NULL;
    bool ok = to != NULL && (put_relative(from, to, text) || bp_fail_memory(err));
    bp_free(to);
    bp_free(real);
    bp_free(from);
    bp_free(aim_folder);
    return ok;
}

static bool is_link(int folder, const char *name)
{
    struct stat status;
    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

static bool fail_no_link(bp_error *err, const char *link)
{
    return bp_fail(err, BP_ERR_CREATE, link,
                   "is no symbolic link, and stays; name another one with --latest");
}

/* The new link stands under `temporary`. What is under the name is replaced only where it is a
 * link, even if somebody puts a file there at this moment: the two change places, and back again.
 */
static bool put_in_place(int folder, const char *temporary, const char *name, const char *link,
                         bp_error *err)
{
    struct stat status;
    bool is_there = fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (is_there && !S_ISLNK(status.st_mode))
        return fail_no_link(err, link);
    unsigned how = is_there ? RENAME_EXCHANGE : RENAME_NOREPLACE;
    int refused = renameat2(folder, temporary, folder, name, how);
    if (refused != 0 && (errno == EINVAL || errno == ENOSYS)) /* Such file systems are left. */
        return renameat(folder, temporary, folder, name) == 0 || bp_fail_create(err, link, errno);
    if (refused != 0)
        return errno == EEXIST ? fail_no_link(err, link) : bp_fail_create(err, link, errno);
    if (!is_there || is_link(folder, temporary))
        return true;
    (void)renameat2(folder, temporary, folder, name, RENAME_EXCHANGE);
    return fail_no_link(err, link);
}

static bool replace_link(int folder, const char *name, const char *text, const char *link,
                         bp_error *err)
{
    char there[PATH_MAX], temporary[NAME_SIZE];
    int shown = (int)bp_utf8_floor(name, strlen(name), NAME_SIZE - 32);
    (void)snprintf(temporary, sizeof temporary, ".%.*s.briefpress-link.tmp", shown, name);
    if (is_link(folder, temporary)) /* Of a run that was killed. */
        (void)unlinkat(folder, temporary, 0);
    ssize_t length = readlinkat(folder, name, there, sizeof there);
    if (length >= 0 && (size_t)length == strlen(text) && memcmp(there, text, (size_t)length) == 0)
        return true;
    if (symlinkat(text, folder, temporary) != 0)
        return bp_fail_create(err, link, errno);
    bool ok = put_in_place(folder, temporary, name, link, err);
    if (is_link(folder, temporary))
        (void)unlinkat(folder, temporary, 0);
    int synced = ok ? fsync(folder) : 0; /* Some file systems know none. */
    (void)synced;
    return ok;
}

bool bp_edition_link(const char *link, const char *target, bp_error *err)
{
    bp_buf text = {0};
    const char *name = bp_path_name(link);
    if (name[0] == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return bp_fail(err, BP_ERR_CREATE, link, "is a folder; name a link in it with --latest");
    char *folder = bp_path_folder(link, err);
    bool ok = folder != NULL && find_text(folder, target, &text, err);
    int fd = ok ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (ok)
        ok = fd >= 0 ? replace_link(fd, name, text.bytes, link, err)
                     : bp_fail_create(err, link, errno);
    if (fd >= 0)
        close(fd);
    bp_free(folder);
    bp_buf_clear(&text);
    return ok;
}
