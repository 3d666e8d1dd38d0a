/* Verifying a report: what it was made from is taken out of the PDF and rendered again, as a job
 * like any other but without the disk, and the bytes are compared. */
#ifndef BP_JOB_VERIFY_H
#define BP_JOB_VERIFY_H

#include "job/carried.h"

typedef struct {
    const char *path; /* Of the PDF; "-" is standard input. */
    /* The job: limits, fonts, hyphenation, library, ticks, no_fork. What the report says of itself
     * is filled in; it names no file. */
    bp_job job;
} bp_verification;

typedef struct {
    bool is_equal;
    size_t bytes, pages; /* Of the report. */
    bp_carried carried;
    bp_buf told; /* Of char *: where the two differ, the likeliest cause first. */
} bp_verdict;

/* True where the report could be made again, equal or not. False: BP_ERR_DATA, BP_ERR_INPUT or
 * BP_ERR_LIMIT where the PDF cannot be read or does not carry what it was made from; any other code
 * is why the rendering failed. `verdict` is filled as far as it went; cleared by bp_verdict_clear
 * either way. `findings` gets those of the rendering. */
bool bp_verify_run(const bp_verification *task, bp_verdict *verdict, bp_faults *findings,
                   bp_error *err);
void bp_verdict_clear(bp_verdict *verdict);

#endif
