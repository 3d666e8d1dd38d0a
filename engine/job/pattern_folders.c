/* The folders that a pattern has outputs lie in: see pattern.h. */
#include "job/pattern.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* A new folder's name is to outlast a power cut, as what is published in it. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd); /* Some file systems know none. */
    close(fd);
}

static bool make_folder(const char *folder, bp_error *err)
{
    struct stat status;
    if (mkdir(folder, 0777) == 0) {
        char *above = bp_path_folder(folder, err);
        if (above == NULL)
            return false;
        sync_folder(above);
        bp_free(above);
        return true;
    }
    int number = errno; /* EROFS and EACCES may come before EEXIST. */
    if (stat(folder, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    if (number == EEXIST)
        return bp_fail(err, BP_ERR_CREATE, folder, "is no folder, but the output lies in it");
    return bp_fail_create(err, folder, number);
}

bool bp_pattern_make_folders(const char *path, bp_error *err)
{
    struct stat status;
    char *folder = bp_path_folder(path, err);
    if (folder == NULL)
        return false;
    bool ok = true;
    if (stat(folder, &status) != 0 || !S_ISDIR(status.st_mode)) {
        for (char *at = folder + (folder[0] == '/'); ok && *at != '\0';) {
            char *slash = at + strcspn(at, "/");
            char kept = *slash;
            *slash = '\0';
            ok = slash == at || make_folder(folder, err);
            *slash = kept;
            at = slash + (kept != '\0');
        }
    }
    bp_free(folder);
    return ok;
}
