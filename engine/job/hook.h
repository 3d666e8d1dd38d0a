/* Commands of the operator's that follow a run: a ping, a mail, an upload. They run without a
 * shell: a text is split into words, once, and placeholders are filled in afterwards, so that
 * nothing in a file's name or a layout's message can become another word, let alone another
 * command. */
#ifndef BP_JOB_HOOK_H
#define BP_JOB_HOOK_H

#include "base/buf.h"
#include "base/error.h"
#include "job/outcome.h"

typedef enum {
    BP_HOOK_SUCCESS, /* After a run that made a new PDF. */
    BP_HOOK_FAILURE, /* After a run whose exit code is not 0. */
    BP_HOOK_END,     /* After every run, also one that found nothing changed. */
    BP_HOOK_EVENT_COUNT
} bp_hook_event;

/* "on-success", "on-failure", "on-end": as the options are named. Static. */
const char *bp_hook_event_name(bp_hook_event event);
/* Whether hooks of `event` follow a run with this outcome. */
bool bp_hook_follows(bp_hook_event event, bp_outcome outcome);

/* What hooks are told: {name} in a word of the command, BRIEFPRESS_NAME in the environment. Names
 * are of lower-case letters, digits and "_". Texts are lent; values are one line each, and come as
 * they are. */
typedef struct {
    const char *name, *value;
} bp_hook_value;

typedef enum {
    BP_HOOK_OK,          /* It ended with 0. */
    BP_HOOK_FAILED,      /* It ended with `status`. */
    BP_HOOK_KILLED,      /* Signal `status` ended it. */
    BP_HOOK_LATE,        /* It ran longer than it may, and was ended. */
    BP_HOOK_INTERRUPTED, /* A signal came for this process, and it was ended. */
    BP_HOOK_NOT_STARTED  /* `status` is the errno: no such program, no memory, no process. */
} bp_hook_state;

#define BP_HOOK_PROGRAM 64
#define BP_HOOK_OUTPUT 4096

typedef struct {
    bp_hook_event event;
    bp_hook_state state;
    int status;
    double seconds;                /* That it ran. */
    char program[BP_HOOK_PROGRAM]; /* The name of its file; arguments may hold secrets. */
    char output[BP_HOOK_OUTPUT];   /* The beginning of what it wrote, to either stream. */
    bool is_cut;                   /* It wrote more. */
} bp_hook_result;

/* "ok", "failed", "killed", "late", "interrupted", "not-started". Static. */
const char *bp_hook_state_name(bp_hook_state state);
/* What came of it in words: "curl ended with 7". Answers `out`. */
const char *bp_hook_describe(const bp_hook_result *result, char *out, size_t size);

/* Whether `command` can be split and all its placeholders are among `values`; BP_ERR_USAGE. Whether
 * there is such a program is not asked: the report matters more. */
bool bp_hook_check(bp_hook_event event, const char *command, const bp_hook_value *values,
                   size_t count, bp_error *err);

/* Runs `command` and waits for it, `seconds` at most (0: for ever), then ends it and all it started
 * in its process group. Standard input is empty, both outputs are read here; no other descriptor is
 * left to it, signals do what they usually do, and it finds its program by PATH, or where that is
 * unset in the folders of the system. Passwords for PDFs are taken out of its environment.
 * `is_stopped` (may be NULL) is asked now and then. True where it ended with 0. Whatever happens,
 * `result` tells. */
bool bp_hook_run(bp_hook_event event, const char *command, const bp_hook_value *values,
                 size_t count, double seconds, bool (*is_stopped)(void), bp_hook_result *result);

#endif
