/* Renderings of one layout with many sets of parameters, by confined processes that stay: each
 * reads the data and opens the fonts once, and gives every rendering a Lua state of its own, so
 * that nothing of one reaches the next. The bytes are those that bp_job_run makes. A process that
 * dies, or is ended for taking too long, costs the rendering it was at, and is replaced. */
#ifndef BP_JOB_CREW_H
#define BP_JOB_CREW_H

#include "job/job.h"

typedef struct bp_crew bp_crew;

/* What came of one rendering. */
typedef struct {
    size_t tag;           /* As given to bp_crew_start. */
    bp_job_result result; /* pages, bytes; rendering: nanoseconds from start to answer. */
    bp_buf files;         /* What the layout read, as bp_job.files has it, its own files only. */
    bp_faults findings;
    bp_error err; /* BP_OK: the PDF is whole. */
    int fd;       /* Lent: `result.bytes` bytes of PDF, until bp_crew_done. */
    size_t slot;  /* Of the crew, for bp_crew_done. */
} bp_crew_outcome;

#define BP_CREW_MOST 256

/* A crew of `size` (1 to BP_CREW_MOST) processes for `job`, which must outlive it: its `output`,
 * `memory`, `trace_file` and `description` are not looked at. Nothing is started yet. Limits are
 * those of each rendering. Signals are taken care of (bp_job_run) until it is freed. Yours to free.
 */
bp_crew *bp_crew_new(const bp_job *job, size_t size, bp_error *err);
void bp_crew_free(bp_crew *crew);

/* Has one process read the data and open the fonts, and tells what it thinks of them: where it
 * fails, no rendering can succeed. */
bool bp_crew_open(bp_crew *crew, bp_faults *findings, bp_error *err);

/* True where a rendering can be started at once. */
bool bp_crew_has_room(const bp_crew *crew);
/* How many are under way or wait for bp_crew_done. */
size_t bp_crew_busy(const bp_crew *crew);

/* Starts a rendering with these parameters (beside them none; copied). Only where there is room.
 * BP_ERR_SYSTEM where no process can be had: nothing is under way then. */
bool bp_crew_start(bp_crew *crew, size_t tag, const bp_parameter *parameters, size_t count,
                   bp_error *err);

/* Waits for the next rendering to end, `most_ms` at most (-1: for ever). False: none has, or `err`
 * says why waiting makes no sense (a signal came). What it gives is ended by bp_crew_done, after
 * which the process can be given another. */
bool bp_crew_wait(bp_crew *crew, int most_ms, bp_crew_outcome *outcome, bp_error *err);
void bp_crew_done(bp_crew *crew, bp_crew_outcome *outcome);

#endif
