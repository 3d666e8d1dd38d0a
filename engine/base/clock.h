/* Time: phases of a rendering for --timings and the benchmark, and calendar dates without a time
 * zone. */
#ifndef BP_BASE_CLOCK_H
#define BP_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    BP_PHASE_START,
    BP_PHASE_DATA,
    BP_PHASE_SCRIPT,
    BP_PHASE_SHAPE,
    BP_PHASE_LAYOUT,
    BP_PHASE_EMIT,
    BP_PHASE_SUBSET,
    BP_PHASE_SAVE,
    BP_PHASE_COUNT
} bp_phase;

/* Nanoseconds of the monotonic clock. */
uint64_t bp_clock_now(void);

/* Counts time from now on to `next` and answers the phase that was running, to switch back to.
 * Costs one comparison while timing is off. */
bp_phase bp_phase_switch(bp_phase next);
void bp_phase_enable(bool is_on);
/* Nanoseconds spent in `phase` so far; the running phase is counted up to now. */
uint64_t bp_phase_time(bp_phase phase);
const char *bp_phase_name(bp_phase phase);

/* A date and time in UTC, as a PDF and XMP need it. */
typedef struct {
    int year, month, day, hour, minute, second;
} bp_moment;

/* Reads "YYYY-MM-DD", optionally with "Thh:mm:ssZ". False when it is no date of the calendar. */
bool bp_moment_read(const char *text, bp_moment *out);
/* The moment `seconds` after 1970 in UTC. */
bp_moment bp_moment_from_epoch(int64_t seconds);

#endif
