/* Files out of a report: see extract.h. Folders are walked by descriptors, part by part, so that
 * what is made below the folder stays below it, whatever else happens there meanwhile. */
#include "job/extract.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "job/job_private.h"
#include "job/safe_names.h"

typedef struct {
    const bp_report *report;
    const bp_extraction *how;
    int root;
    bp_buf paths; /* Of char *: where each file goes, owned. */
    bp_error *err;
} extraction;

/* Where a file goes, as the user sees it. False: memory. */
static bool show_path(const extraction *x, const char *path, bp_buf *out)
{
    size_t length = strlen(x->how->folder);
    bool is_ended = length > 0 && x->how->folder[length - 1] == '/';
    out->length = 0;
    return bp_buf_format(out, "%s%s%s", x->how->folder, is_ended ? "" : "/", path);
}

static int open_part(int folder, const char *name)
{
    int fd;
    do
        fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    return fd;
}

/* The folder that `path` is in, and the name in it. -1 and ENOENT where a folder is missing and not
 * to be made. */
static int open_parent(const extraction *x, const char *path, bool makes, const char **name)
{
    int folder = fcntl(x->root, F_DUPFD_CLOEXEC, 3);
    const char *at = path;
    for (const char *end; folder >= 0 && (end = strchr(at, '/')) != NULL; at = end + 1) {
        char part[256];
        size_t length = (size_t)(end - at);
        memcpy(part, at, length < sizeof part ? length : sizeof part - 1);
        part[length < sizeof part ? length : sizeof part - 1] = '\0';
        int next = open_part(folder, part);
        if (next < 0 && errno == ENOENT && makes &&
            (mkdirat(folder, part, 0777) == 0 || errno == EEXIST))
            next = open_part(folder, part);
        int number = errno;
        close(folder);
        errno = number;
        folder = next;
    }
    *name = at;
    return folder;
}

/* Names first, so that nothing is written where something is in the way. */
static bool plan(extraction *x, bp_safe_names *names)
{
    for (size_t i = 0; i < BP_REPORT_FILE_COUNT(x->report); i++) {
        char *path = bp_safe_name(names, BP_REPORT_FILES(x->report)[i].name, x->err);
        if (path == NULL)
            return false;
        if (!bp_buf_add(&x->paths, &path, sizeof path)) {
            bp_free(path);
            return bp_fail_memory(x->err);
        }
    }
    return true;
}

static bool fail_way(const extraction *x, const char *shown, int number)
{
    if (number == ELOOP || number == ENOTDIR)
        return bp_fail(x->err, BP_ERR_CREATE, shown,
                       "cannot be created: a folder on its way is a file or a symbolic link");
    return bp_fail_create(x->err, shown, number);
}

/* What is in the way of a file, and may not be replaced. */
static bool check_free(const extraction *x, const char *path, const char *shown)
{
    struct stat status;
    const char *name;
    int folder = open_parent(x, path, false, &name);
    if (folder < 0)
        return errno == ENOENT || fail_way(x, shown, errno);
    bool is_there = fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    close(folder);
    if (!is_there)
        return true;
    if (S_ISDIR(status.st_mode))
        return bp_fail(x->err, BP_ERR_CREATE, shown, "is a folder, where a file would go");
    return x->how->replaces ||
           bp_fail(x->err, BP_ERR_CREATE, shown, "is there already; --force replaces it");
}

static bool write_piece(void *owner, const void *bytes, size_t length, bp_error *err)
{
    return bp_output_write(owner, bytes, length, err);
}

static bool write_file(const extraction *x, const bp_report_file *file, const char *path,
                       const char *shown)
{
    const char *name;
    int folder = open_parent(x, path, true, &name);
    if (folder < 0)
        return fail_way(x, shown, errno);
    bp_output *output = bp_output_new_in(folder, name, shown, x->how->replaces, x->err);
    close(folder);
    const bp_sink sink = {write_piece, output};
    bool ok = output != NULL && bp_report_contents(x->report, file, &sink, x->err) &&
              bp_output_commit(output, x->err);
    bp_output_free(output);
    return ok;
}

static bool write_all(const extraction *x, bp_faults *faults)
{
    char *const *paths = BP_BUF_ITEMS(&x->paths, char *);
    size_t count = BP_REPORT_FILE_COUNT(x->report), failed = 0;
    bp_buf shown = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = (show_path(x, paths[i], &shown) || bp_fail_memory(x->err)) &&
             check_free(x, paths[i], shown.bytes);
    for (size_t i = 0; ok && i < count; i++) {
        const bp_report_file *file = &BP_REPORT_FILES(x->report)[i];
        if (file->code != BP_OK) {
            bp_faults_add(faults, file->code, "", "%s", file->trouble);
            failed++;
            continue;
        }
        ok = (show_path(x, paths[i], &shown) || bp_fail_memory(x->err)) &&
             write_file(x, file, paths[i], shown.bytes);
        if (ok && x->how->wrote != NULL)
            x->how->wrote(x->how->owner, file, shown.bytes, strcmp(paths[i], file->name) != 0);
    }
    bp_buf_clear(&shown);
    if (ok && failed != 0)
        ok = bp_fail(x->err, BP_ERR_DATA, NULL, "%zu of %zu files cannot be read", failed, count);
    return ok;
}

bool bp_extract(const bp_report *report, const bp_extraction *how, bp_faults *faults, bp_error *err)
{
    bp_error own = {0};
    extraction x = {.report = report, .how = how, .err = err != NULL ? err : &own};
    bp_safe_names names = {0};
    if (mkdir(how->folder, 0777) != 0 && errno != EEXIST)
        return bp_fail_create(x.err, how->folder, errno);
    do /* The folder itself may be a link: the user named it. */
        x.root = open(how->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (x.root < 0 && errno == EINTR);
    if (x.root < 0)
        return errno == ENOTDIR ? bp_fail(x.err, BP_ERR_CREATE, how->folder, "is no folder")
                                : bp_fail_create(x.err, how->folder, errno);
    bp_guard_begin();
    bool ok = plan(&x, &names) && write_all(&x, faults);
    bp_guard_end();
    if (syncfs(x.root) != 0 && ok) /* Once for all: a thousand files wait for one disk. */
        ok = bp_fail(x.err, BP_ERR_WRITE, how->folder, "cannot be written: %s", strerror(errno));
    close(x.root);
    bp_safe_names_clear(&names);
    for (size_t i = 0; i < BP_BUF_COUNT(&x.paths, char *); i++)
        bp_free(BP_BUF_ITEMS(&x.paths, char *)[i]);
    bp_buf_clear(&x.paths);
    return ok;
}
