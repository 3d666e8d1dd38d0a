/* Waiting for files to change: see watcher.h. One inotify descriptor; folders and names are few, so
 * lists are searched from front to end. */
#include "base/watcher.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"

#define EVENTS                                                                                     \
    (IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF |        \
     IN_ONLYDIR)
#define LINKS_MOST 20
#define LOST_MS 250 /* How often a folder that is not there is looked for. */

typedef enum { CHANGES, LEADS_THERE, IS_IGNORED } part;

typedef struct {
    size_t folder;
    char *name; /* NULL: any name. */
    part part;
} watched;

typedef struct {
    char *path;
    int number; /* inotify's; -1: the folder is not there. */
} watched_folder;

struct bp_watcher {
    int fd;
    bp_buf folders; /* Of watched_folder. */
    bp_buf files;   /* Of watched. */
};

bp_watcher *bp_watcher_new(bp_error *err)
{
    bp_watcher *watcher = bp_alloc_zero(1, sizeof *watcher);
    if (watcher == NULL) {
        bp_fail_memory(err);
        return NULL;
    }
    watcher->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watcher->fd >= 0)
        return watcher;
    bp_fail(err, BP_ERR_SYSTEM, NULL, "files cannot be watched: %s%s", strerror(errno),
            errno == EMFILE ? "; raise fs.inotify.max_user_instances" : "");
    bp_free(watcher);
    return NULL;
}

void bp_watcher_free(bp_watcher *watcher)
{
    if (watcher == NULL)
        return;
    for (size_t i = 0; i < BP_BUF_COUNT(&watcher->folders, watched_folder); i++)
        bp_free(BP_BUF_ITEMS(&watcher->folders, watched_folder)[i].path);
    for (size_t i = 0; i < BP_BUF_COUNT(&watcher->files, watched); i++)
        bp_free(BP_BUF_ITEMS(&watcher->files, watched)[i].name);
    bp_buf_clear(&watcher->folders);
    bp_buf_clear(&watcher->files);
    close(watcher->fd);
    bp_free(watcher);
}

/* The number of the folder, which is watched from now on. Takes `path` over. */
static bool take_folder(bp_watcher *watcher, char *path, size_t *number, bp_error *err)
{
    size_t count = BP_BUF_COUNT(&watcher->folders, watched_folder);
    watched_folder *folders = BP_BUF_ITEMS(&watcher->folders, watched_folder);
    *number = 0;
    while (*number < count && strcmp(folders[*number].path, path) != 0)
        ++*number;
    if (*number < count) {
        bp_free(path);
        return true;
    }
    watched_folder folder = {path, inotify_add_watch(watcher->fd, path, EVENTS)};
    if (folder.number < 0 && (errno == ENOSPC || errno == ENOMEM)) {
        bp_fail(err, BP_ERR_SYSTEM, path,
                "cannot be watched: %s; raise fs.inotify.max_user_watches", strerror(errno));
        bp_free(path);
        return false;
    }
    if (bp_buf_add(&watcher->folders, &folder, sizeof folder))
        return true;
    bp_free(path);
    return bp_fail_memory(err);
}

static bool add(bp_watcher *watcher, size_t folder, const char *name, part what, bp_error *err)
{
    watched *files = BP_BUF_ITEMS(&watcher->files, watched);
    for (size_t i = 0; i < BP_BUF_COUNT(&watcher->files, watched); i++)
        if (files[i].folder == folder && files[i].part == what &&
            (name == NULL ? files[i].name == NULL
                          : files[i].name != NULL && strcmp(files[i].name, name) == 0))
            return true;
    watched file = {folder, name ? bp_copy_text(name) : NULL, what};
    if ((name != NULL && file.name == NULL) || !bp_buf_add(&watcher->files, &file, sizeof file)) {
        bp_free(file.name);
        return bp_fail_memory(err);
    }
    return true;
}

/* A file under a name for it. */
static bool add_name(bp_watcher *watcher, const char *file, part what, bp_error *err)
{
    size_t folder;
    char *path = bp_path_folder(file, err);
    return path != NULL && take_folder(watcher, path, &folder, err) &&
           add(watcher, folder, bp_path_name(file), what, err);
}

/* The length of the front of `path` that ends in its first link; 0 where there is none. */
static size_t find_link(const char *path)
{
    char front[PATH_MAX];
    struct stat status;
    for (size_t length = 0; length < sizeof front - 1 && path[length] != '\0';) {
        length += strspn(path + length, "/");
        length += strcspn(path + length, "/");
        if (length >= sizeof front)
            return 0;
        memcpy(front, path, length);
        front[length] = '\0';
        if (lstat(front, &status) != 0)
            return 0;
        if (S_ISLNK(status.st_mode))
            return length;
    }
    return 0;
}

/* The path with the link that ends behind `length` bytes read; NULL on failure. */
static char *follow_link(const char *path, size_t length, bp_error *err)
{
    char target[PATH_MAX];
    bp_buf link = {0}, whole = {0};
    char *folder = NULL, *made = NULL;
    if (!bp_buf_add(&link, path, length) || !bp_buf_char(&link, '\0')) {
        bp_fail_memory(err);
        goto done;
    }
    ssize_t got = readlink(link.bytes, target, sizeof target - 1);
    if (got <= 0 || (folder = bp_path_folder(link.bytes, err)) == NULL)
        goto done;
    target[got] = '\0';
    if ((target[0] != '/' && !bp_buf_format(&whole, "%s/", folder)) ||
        !bp_buf_format(&whole, "%s%s", target, path + length))
        bp_fail_memory(err);
    else
        made = bp_buf_take(&whole);
done:
    bp_free(folder);
    bp_buf_clear(&link);
    bp_buf_clear(&whole);
    return made;
}

/* Under the name given, under those that links on the way lead to, and the links: each may change.
 */
static bool add_all(bp_watcher *watcher, const char *file, part what, bp_error *err)
{
    char *at = bp_copy_text(file);
    if (at == NULL)
        return bp_fail_memory(err);
    bool ok = add_name(watcher, at, what, err);
    for (int i = 0; ok && i < LINKS_MOST; i++) {
        size_t length = find_link(at);
        bool is_last = at[length] == '\0';
        if (length == 0)
            break;
        char *next = follow_link(at, length, err);
        at[length] = '\0';
        ok = is_last || what == IS_IGNORED || add_name(watcher, at, LEADS_THERE, err);
        bp_free(at);
        at = next;
        if (at == NULL) /* It went away, or no memory. */
            return ok && err->code == BP_OK;
        ok = ok && add_name(watcher, at, is_last || what == IS_IGNORED ? what : LEADS_THERE, err);
    }
    bp_free(at);
    return ok;
}

bool bp_watcher_add(bp_watcher *watcher, const char *file, bp_error *err)
{
    return add_all(watcher, file, CHANGES, err);
}

bool bp_watcher_ignore(bp_watcher *watcher, const char *file, bp_error *err)
{
    return add_all(watcher, file, IS_IGNORED, err);
}

bool bp_watcher_add_folder(bp_watcher *watcher, const char *folder, bp_error *err)
{
    size_t number;
    char *path = bp_copy_text(folder);
    if (path == NULL)
        return bp_fail_memory(err);
    return take_folder(watcher, path, &number, err) && add(watcher, number, NULL, CHANGES, err);
}

size_t bp_watcher_file_count(const bp_watcher *watcher)
{
    size_t count = 0;
    for (size_t i = 0; i < BP_BUF_COUNT(&watcher->files, watched); i++)
        count += BP_BUF_ITEMS(&watcher->files, watched)[i].part == CHANGES;
    return count;
}

/* What editors and we keep beside a file while they work. */
static bool is_temporary(const char *name)
{
    size_t length = strlen(name);
    return name[0] == '.' || name[0] == '#' || name[length - 1] == '~' ||
           (length > 4 && strcmp(name + length - 4, ".tmp") == 0) || strcmp(name, "4913") == 0;
}

/* Whether a name in the folder of this number is not to count. Two paths of one folder have one. */
static bool is_ignored(const bp_watcher *watcher, int number, const char *name)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&watcher->files, watched); i++) {
        const watched *file = &BP_BUF_ITEMS(&watcher->files, watched)[i];
        if (file->part == IS_IGNORED && strcmp(file->name, name) == 0 &&
            BP_BUF_ITEMS(&watcher->folders, watched_folder)[file->folder].number == number)
            return true;
    }
    return false;
}

/* Whether a name in a folder is one that counts. */
static bool is_wanted(const bp_watcher *watcher, size_t folder, const char *name, bool any)
{
    bool counts = any && !is_temporary(name);
    for (size_t i = 0; i < BP_BUF_COUNT(&watcher->files, watched); i++) {
        const watched *file = &BP_BUF_ITEMS(&watcher->files, watched)[i];
        if (file->folder != folder)
            continue;
        bool is_this = file->name != NULL && strcmp(file->name, name) == 0;
        counts = counts || is_this || (file->name == NULL && !is_temporary(name));
    }
    return counts;
}

/* A plain file that was created is still being written; a link is whole at once. */
static bool is_whole(const watched_folder *folder, const struct inotify_event *event)
{
    if ((event->mask & IN_CREATE) == 0)
        return true;
    bp_error ignored = {0};
    char *path = bp_path_join(folder->path, event->name, &ignored);
    struct stat status;
    bool ok = path != NULL && lstat(path, &status) == 0 &&
              (S_ISLNK(status.st_mode) || (S_ISREG(status.st_mode) && status.st_nlink > 1));
    bp_free(path);
    return ok;
}

static bool is_change(bp_watcher *watcher, const struct inotify_event *event, bool any)
{
    if ((event->mask & IN_Q_OVERFLOW) != 0)
        return true; /* Nobody knows what. */
    if ((event->mask & IN_ATTRIB) != 0 && !any)
        return false;
    if (event->len != 0 && is_ignored(watcher, event->wd, event->name))
        return false;
    for (size_t i = 0; i < BP_BUF_COUNT(&watcher->folders, watched_folder); i++) {
        watched_folder *folder = &BP_BUF_ITEMS(&watcher->folders, watched_folder)[i];
        if (folder->number != event->wd)
            continue;
        if ((event->mask & IN_MOVE_SELF) != 0)
            (void)inotify_rm_watch(watcher->fd, event->wd); /* Its name may mean another now. */
        if ((event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) != 0)
            folder->number = -1;
        else if (event->len == 0 && (event->mask & IN_ATTRIB) != 0)
            return true;
        else if (event->len != 0 && is_wanted(watcher, i, event->name, any) &&
                 is_whole(folder, event))
            return true;
    }
    return false;
}

/* Reads all there is to be read. */
static bool read_changes(bp_watcher *watcher, bool any)
{
    _Alignas(struct inotify_event) char bytes[sizeof(struct inotify_event) + NAME_MAX + 1 + 4096];
    bool changed = false;
    for (;;) {
        ssize_t got = read(watcher->fd, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return changed;
        for (const char *at = bytes; at < bytes + got;) {
            const struct inotify_event *event = (const void *)at;
            changed = is_change(watcher, event, any) || changed;
            at += sizeof *event + event->len;
        }
    }
}

/* Looks for folders that went away. `*is_lost`: some are not there still. Coming back is a change.
 */
static bool find_lost(bp_watcher *watcher, bool *is_lost)
{
    bool found = false;
    *is_lost = false;
    for (size_t i = 0; i < BP_BUF_COUNT(&watcher->folders, watched_folder); i++) {
        watched_folder *folder = &BP_BUF_ITEMS(&watcher->folders, watched_folder)[i];
        if (folder->number >= 0)
            continue;
        folder->number = inotify_add_watch(watcher->fd, folder->path, EVENTS);
        found = found || folder->number >= 0;
        *is_lost = *is_lost || folder->number < 0;
    }
    return found;
}

bool bp_watcher_wait(bp_watcher *watcher, int stop, bool any, int most_ms)
{
    uint64_t start = bp_clock_now();
    for (;;) {
        bool is_lost;
        if (find_lost(watcher, &is_lost))
            return true;
        int left = most_ms;
        if (most_ms >= 0) {
            uint64_t passed = (bp_clock_now() - start) / 1000000;
            left = passed < (uint64_t)most_ms ? most_ms - (int)passed : 0;
        }
        if (is_lost && (left < 0 || left > LOST_MS))
            left = LOST_MS;
        struct pollfd items[2] = {{.fd = watcher->fd, .events = POLLIN},
                                  {.fd = stop, .events = POLLIN}};
        int ready = poll(items, 2, left);
        if (ready > 0 && items[1].revents != 0)
            return false;
        if (ready > 0 && read_changes(watcher, any))
            return true;
        if (ready == 0 && most_ms >= 0 && (bp_clock_now() - start) / 1000000 >= (uint64_t)most_ms)
            return false;
    }
}
