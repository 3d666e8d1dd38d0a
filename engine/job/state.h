/* The sidecar of an output, ".NAME.state" beside it: what the PDF there was made from. It is ours
 * alone: whatever does not look as we would have written it is no state, and the PDF is made again.
 */
#ifndef BP_JOB_STATE_H
#define BP_JOB_STATE_H

#include "base/reads.h"
#include "job/fingerprint.h"

/* Begins as {0}; `clear` ends it. */
typedef struct {
    bp_buf program;              /* As bp_program_print has it. */
    char options[BP_PRINT_SIZE]; /* As bp_options_print has it, with `salt`. */
    char salt[BP_PRINT_SIZE];    /* "" where the PDF is not encrypted. */
    char inputs[BP_PRINT_SIZE];  /* As bp_inputs_print has it. */
    int64_t seen;        /* When the run began that read all of it, as bp_reads_now has it. */
    int64_t fresh_until; /* The second since 1970 from which on some data is too old; 0: none. */
    bp_read pdf;         /* What is beside it; the path is not held. */
    bp_reads reads;
} bp_state;

void bp_state_clear(bp_state *state);

/* Adds it as JSON. False when memory is refused. */
bool bp_state_put(const bp_state *state, bp_buf *out);
/* Reads it back. False where it is no state of this version, or memory is refused: `state` is
 * cleared then. */
bool bp_state_take(const char *bytes, size_t length, bp_state *state);

/* The file of an output. Yours to free. */
char *bp_state_path(const char *output, bp_error *err);
/* Reads it from there. False as above, and where there is no plain file of a size it may have: no
 * link is followed and nobody waited for. */
bool bp_state_load(const char *output, bp_state *state);
/* Puts it there, whole or not at all; what is there goes, be it a link. The PDF must be in its
 * place before, and the lock of the output held. */
bool bp_state_save(const char *output, const bp_state *state, bp_error *err);

#endif
