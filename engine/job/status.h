/* The status of a run as one line of JSON, for whoever was not there: people, scripts, monitoring.
 * The file is replaced as a whole, so that no reader ever sees half of it. */
#ifndef BP_JOB_STATUS_H
#define BP_JOB_STATUS_H

#include "base/clock.h"
#include "job/history.h"
#include "job/hook.h"

#define BP_STATUS_FORMAT 1

/* A run that has ended. Texts are lent; all but the first may be "". */
typedef struct {
    const char *report; /* What it is called wherever it is told of. */
    bp_outcome outcome;
    bp_code code;
    const char *place, *message; /* Of the error. */
    size_t warnings;             /* Findings that did not end the run. */
    const char *output;          /* Where the PDF is; "-" for standard output. */
    size_t pages, bytes;         /* Of the PDF that this run made; 0: not known, or none. */
    const char *sha256;          /* Its SHA-256 as hexadecimal digits. */
    bp_instant started, finished;
    double seconds;         /* By a clock that nobody sets. */
    const uint64_t *phases; /* Nanoseconds of each, BP_PHASE_COUNT; NULL: not measured. */
    size_t peak_bytes;
    const bp_hook_result *hooks; /* Those that have run so far. */
    size_t hook_count;
} bp_run_status;

/* Appends the line, with `history` as it is after this run. False when memory is refused. */
bool bp_status_put(const bp_run_status *run, const bp_history *history, bp_buf *out);

/* The history that a status file of `report` holds, {0} where there is none: no file, another
 * report's, or bytes that are no status. False (BP_ERR_MEMORY) only where memory is refused. */
bool bp_status_history(const char *path, const char *report, bp_history *out, bp_error *err);

/* Appends all of a plain file that may hold a history, nothing where it is none or cannot be read.
 * False (BP_ERR_MEMORY) only where memory is refused. */
bool bp_history_read(const char *path, bp_buf *bytes, bp_error *err);

/* Replaces the file at `path` by `bytes`, or writes to standard output ("-") or a device. */
bool bp_status_replace(const char *path, const bp_buf *bytes, bp_error *err);

/* Runs that share a file take turns from reading its history to replacing it. The turn is a lock on
 * the file's folder, which leaves nothing there; it is waited for, but not for long. */
typedef struct {
    int fd; /* -1: nobody's turn. */
} bp_turn;
bp_turn bp_turn_take(const char *path);
void bp_turn_end(bp_turn *turn);

#endif
