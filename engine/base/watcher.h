/* Waiting for files to change. Their folders are watched, not they: editors save by renaming a new
 * file over the old one. A file counts as changed once it is whole, that is when whoever wrote it
 * has closed it or moved it into place. */
#ifndef BP_BASE_WATCHER_H
#define BP_BASE_WATCHER_H

#include "base/error.h"

typedef struct bp_watcher bp_watcher;

/* BP_ERR_SYSTEM where the kernel refuses. Yours to free. */
bp_watcher *bp_watcher_new(bp_error *err);
void bp_watcher_free(bp_watcher *watcher);

/* Watches for a change of `file`, which need not be there. Its folder may come and go. Where links
 * lead to it, they are watched too, and the file that they lead to now. */
bool bp_watcher_add(bp_watcher *watcher, const char *file, bp_error *err);
/* Watches for a change of any file in `folder`, not in those below. */
bool bp_watcher_add_folder(bp_watcher *watcher, const char *folder, bp_error *err);
/* Never a change, whatever happens to it: an output. */
bool bp_watcher_ignore(bp_watcher *watcher, const char *file, bp_error *err);
size_t bp_watcher_file_count(const bp_watcher *watcher);

/* True where something changed within `most_ms` (-1: for ever); false where time is up or `stop`, a
 * descriptor (-1: none), can be read. With `any` each file in a watched folder counts but hidden
 * and temporary ones, for a file that was missing may have come; so do changes of who may read it.
 */
bool bp_watcher_wait(bp_watcher *watcher, int stop, bool any, int most_ms);

#endif
