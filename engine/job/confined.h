/* Work on bytes that may mean harm, in a process of its own that may die of it: it can change
 * nothing, has limits of time and memory, and tells what it found in an answer whose lengths are
 * checked. */
#ifndef BP_JOB_CONFINED_H
#define BP_JOB_CONFINED_H

#include "job/job.h"
#include "job/wire.h"

typedef struct {
    const char *name;    /* Of the file, for messages. */
    bp_limits limits;    /* Seconds and memory_bytes; output_bytes bounds what goes into `fd`. */
    size_t mapped_bytes; /* Of files that it maps, beside the memory. */
    int fd;              /* Stays open in it; -1: none. */
    bool no_fork;        /* In this process: for fault sweeps and debuggers. */
    /* Appends its answer, or fails. */
    bool (*work)(void *owner, bp_buf *answer, bp_error *err);
    void *owner;
} bp_confined;

#define BP_CONFINED_ANSWER_MOST ((size_t)32 << 20)

/* Does the work and appends its answer to `answer`. Where the process dies of it, BP_ERR_DATA says
 * so; BP_ERR_LIMIT where time, memory or the length of the answer ran out. Signals as in
 * bp_job_run. */
bool bp_confined_run(const bp_confined *task, bp_buf *answer, bp_error *err);

/* For a library that keeps its own memory: the process cannot go on without a block. Ends a
 * confined process so that its parent tells of memory; does nothing in any other. */
void bp_confined_refused(void);

#endif
