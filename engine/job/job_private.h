/* What the files of this room share: the worker's answer, and signals that must leave nothing
 * behind. */
#ifndef BP_JOB_JOB_PRIVATE_H
#define BP_JOB_JOB_PRIVATE_H

#include <sys/types.h>

#include "job/job.h"

/* record.c: the worker's answer as bytes. Errors come first, so that they fit into memory set aside
 * early. */
#define BP_RECORD_MOST (4u << 20)      /* Bytes a parent reads of an answer. */
#define BP_RECORD_RESERVED (16u << 10) /* Enough for an answer without findings. */
bool bp_record_put(bp_buf *out, const bp_error *failure, const bp_job_result *result,
                   const bp_faults *findings);
/* The length of the whole answer once its head is there; 0 before. */
size_t bp_record_length(const char *bytes, size_t length);
/* Trusts nothing: false where the bytes are no whole answer. `failure` is overwritten, findings are
 * added. */
bool bp_record_read(const char *bytes, size_t length, bp_error *failure, bp_job_result *result,
                    bp_faults *findings);

/* worker.c: the part that reads inputs and runs the script. `pdf` is the descriptor that takes the
 * PDF while it is made; -1: check only. With `is_last` the process must end next: nothing but
 * `trace` and `findings` can be freed any more. */
bool bp_worker_render(const bp_job *job, int pdf, bp_buf *trace, bool is_last,
                      bp_job_result *result, bp_faults *findings, bp_error *err);
/* The life of the forked child: takes its limits, renders, answers, ends the process. Descriptors:
 * where the answer, the PDF and the trace go (-1: not wanted). */
typedef struct {
    int answer, pdf, trace;
} bp_worker_pipes;
/* Gives up all that a worker does not need: descriptors but the standard ones and `kept` (-1:
 * none), core dumps, new privileges, changes to files, and time, memory and file size beyond the
 * limits. `space`: bytes it may map; 0: no bound. Dies where `parent` is gone. */
void bp_worker_confine(const bp_limits *limits, size_t space, const int kept[3], pid_t parent);
_Noreturn void bp_worker_run(const bp_job *job, bp_worker_pipes pipes, pid_t parent);

/* job.c: a file without a name, in memory, or where that is refused an unlinked temporary one. -1
 * on failure. */
int bp_nameless_open(bp_error *err);

/* guard.c: signals while a job runs. */
void bp_guard_begin(void);
void bp_guard_end(void);
/* fork with the signals held back, so that the child never runs the parent's handlers. */
pid_t bp_guard_fork(void);
/* The worker is gone: signals no longer end it. */
void bp_guard_reaped(void);
/* The signal that came and that the host program survived; 0: none. */
int bp_guard_signal(void);

#endif
