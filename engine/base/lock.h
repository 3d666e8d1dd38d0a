/* A lock on an output, so that two runs never overlap: flock on a hidden file beside it, never
 * deleted while the output is there. Who deletes the two holds the lock. */
#ifndef BP_BASE_LOCK_H
#define BP_BASE_LOCK_H

#include "base/error.h"

typedef struct {
    int fd; /* -1: not held. Opened close-on-exec; a forked worker calls bp_lock_forget. */
} bp_lock;

/* Takes the lock of the output `path` without waiting. BP_ERR_BUSY where another run holds it. */
bool bp_lock_take(bp_lock *lock, const char *path, bp_error *err);
/* Gives it back; safe to call twice. */
void bp_lock_release(bp_lock *lock);
/* In a child: closes its copy, so that the child does not hold the lock for longer than its parent.
 */
void bp_lock_forget(bp_lock *lock);

#endif
