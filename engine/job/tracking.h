/* --if-changed: whether a rendering is needed, and keeping what the next run must know to tell. */
#ifndef BP_JOB_TRACKING_H
#define BP_JOB_TRACKING_H

#include "base/hash.h"
#include "job/job.h"
#include "job/state.h"

/* Begins as {0} but for `options`; `clear` ends it. */
typedef struct {
    const bp_job *options; /* As they were given: reports among the inputs are not unfolded. */
    bp_state before;       /* As the sidecar has it; all empty where there is none. */
    bool is_known;         /* There is one. */
    int64_t seen;
    bp_buf own, told; /* Logs of reads: of this process, and what the worker says. */
    bp_hash pdf;      /* Of the bytes that are written. */
} bp_tracking;

/* True where nothing that the PDF at the job's output was made from has changed; then a sidecar
 * whose times had moved on is renewed. Else `reason` says what has, "data.json changed". The lock
 * of the output must be held. */
bool bp_tracking_is_unchanged(bp_tracking *tracking, char reason[BP_JOB_REASON_SIZE]);

/* From now on what is read is noted. */
void bp_tracking_begin(bp_tracking *tracking);

/* The PDF of `size` bytes is in its place: leaves the sidecar beside it. False where it cannot be
 * left, which costs the next run a rendering and no more: `err` says why. */
bool bp_tracking_keep(bp_tracking *tracking, const bp_job_result *result, bp_error *err);

/* Ends it, also where the run failed. */
void bp_tracking_clear(bp_tracking *tracking);

#endif
