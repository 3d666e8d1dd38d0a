/* Publishing many outputs at once. Most of what an fsync waits for is the file system's journal,
 * which one wait writes for all files that were begun before it: so all are set going first, then
 * waited for, then given their names, and each folder is synced once. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/output_private.h"

void bp_output_begin_sync(bp_output *output)
{
    (void)sync_file_range(output->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

/* True where the last output before `i` that is in place lies in the same folder. */
static bool is_folder_done(bp_output *const *outputs, const bp_error *errors, size_t i)
{
    struct stat own, other;
    if (fstat(outputs[i]->folder_fd, &own) != 0)
        return true;
    for (size_t j = i; j-- > 0;)
        if (errors[j].code == BP_OK && outputs[j]->can_sync &&
            fstat(outputs[j]->folder_fd, &other) == 0)
            return own.st_dev == other.st_dev && own.st_ino == other.st_ino;
    return false;
}

void bp_output_commit_all(bp_output *const *outputs, size_t count, bp_error *errors)
{
    for (size_t i = 0; i < count; i++)
        if (!outputs[i]->is_synced)
            bp_output_begin_sync(outputs[i]);
    for (size_t i = 0; i < count; i++) {
        errors[i] = (bp_error){0};
        (void)(bp_output_sync(outputs[i], &errors[i]) && bp_output_place(outputs[i], &errors[i]));
    }
    for (size_t i = 0; i < count; i++)
        if (errors[i].code == BP_OK && outputs[i]->can_sync && !is_folder_done(outputs, errors, i))
            (void)bp_output_is_synced(outputs[i]->folder_fd);
}
