/* What outlives a run: when the report was last made, how often it has failed since, how many runs
 * there were. It is carried from status file to status file and from metrics to metrics. */
#ifndef BP_JOB_HISTORY_H
#define BP_JOB_HISTORY_H

#include <stddef.h>

#include "base/instant.h"
#include "job/outcome.h"

typedef struct {
    bp_instant finished;             /* The end of the last run; 0: not known. */
    bp_instant last_success;         /* The end of the last one that made the PDF or found it up to
                                      * date; 0: not known. */
    uint64_t failures;               /* Runs since then, all of them neither. */
    uint64_t runs[BP_OUTCOME_COUNT]; /* By how they ended. */
    uint64_t pages, bytes;           /* Of the PDF that the last success left; 0: not known. */
} bp_history;

#define BP_HISTORY_MOST ((uint64_t)1 << 53) /* Counts end here, where JSON's do. */

/* Counts a run that ended at `finished`; `pages` and `bytes` are those of the PDF that it left, 0
 * where it does not know, as one that found nothing changed. A success in the future, which a clock
 * that was wrong has left, becomes one of now. */
void bp_history_add(bp_history *history, bp_outcome outcome, bp_instant finished, size_t pages,
                    size_t bytes);

/* The later of two, or what one of them knows. */
bp_history bp_history_later(const bp_history *a, const bp_history *b);

/* True for "made" and "unchanged". */
bool bp_outcome_is_success(bp_outcome outcome);

#endif
