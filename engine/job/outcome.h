/* How a run ended, in the one set of words that status files, metrics, logs, result lines and
 * schedules share. Each of these is somebody else's business, so no two of them look alike. */
#ifndef BP_JOB_OUTCOME_H
#define BP_JOB_OUTCOME_H

#include "base/error.h"

typedef enum {
    BP_OUTCOME_MADE,      /* A new PDF is in its place. Exit code 0. */
    BP_OUTCOME_UNCHANGED, /* Nothing it is made from has changed; the PDF stays. Exit code 0. */
    BP_OUTCOME_NO_DATA, /* The data is not there, empty or too old: whoever delivers it is late. */
    BP_OUTCOME_BUSY,    /* Another run holds the output. */
    BP_OUTCOME_BROKEN,  /* All else: somebody has to mend something. */
    BP_OUTCOME_COUNT
} bp_outcome;

/* "made", "unchanged", "no-data", "busy", "broken". Static. */
const char *bp_outcome_name(bp_outcome outcome);

/* The outcome of a run that ended with `code` (BP_OK: made). */
bp_outcome bp_outcome_of(bp_code code);

#endif
