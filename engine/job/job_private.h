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

/* worker.c: what renderings of the same inputs share, read once. */
typedef struct {
    bp_data *data;       /* NULL: none was given. */
    int64_t fresh_until; /* As in bp_job_result. */
    bp_catalog *catalog;
    bp_bundle files;          /* What was read, to go into the PDF. */
    struct bp_shaper *shaper; /* Of the rendering before, with `keeps_shaper`. */
    bool keeps_shaper;
    bool carries;
} bp_stock;
/* Cleared by bp_stock_close either way. `carries`: the PDF will carry what was read. */
bool bp_stock_open(const bp_job *job, bool carries, bp_stock *stock, bp_faults *findings,
                   bp_error *err);
void bp_stock_close(bp_stock *stock);
/* Runs the layout on it; the rest as in bp_worker_render. Files that the layout reads are added to
 * those of the stock. */
bool bp_stock_render(const bp_job *job, bp_stock *stock, int pdf, bp_buf *trace, bool is_last,
                     bp_job_result *result, bp_faults *findings, bp_error *err);

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
/* What a rendering may map; 0: no bound. */
size_t bp_worker_space(const bp_limits *limits);
/* An address space that is all but full was filled by the run, not refused by the system: puts that
 * right in `err`. */
void bp_worker_blame_limit(const bp_job *job, bp_error *err);
_Noreturn void bp_worker_run(const bp_job *job, bp_worker_pipes pipes, pid_t parent);

/* job.c: what a parent tells of a worker: that it ended without an answer, with this status of
 * waitpid; that it was ended for taking too long. Answer false. */
bool bp_fail_death(const bp_job *job, int status, bp_error *err);
bool bp_fail_late(const bp_job *job, bp_error *err);
/* Lua's own limit comes first, for it can name the line; the parent's comes so much later, for what
 * Lua cannot stop. */
#define BP_GRACE_SECONDS 0.5
/* The size of what a worker wrote into `fd`, if it is a whole PDF within the limits. */
bool bp_handed_over(const bp_job *job, int fd, size_t *size, bp_error *err);

/* job.c: a file without a name, in memory, or where that is refused an unlinked temporary one. -1
 * on failure. */
int bp_nameless_open(bp_error *err);

/* crew_worker.c: a process that stays. `channel` brings the length of each request, which `request`
 * holds, and takes the answers. */
typedef struct {
    int channel, pdf, request;
} bp_crew_pipes;
bool bp_crew_put_request(bp_buf *out, const bp_parameter *parameters, size_t count);
/* One rendering on the stock, into `pdf` from its beginning. Where `findings` are those of a check
 * nobody is told. */
bool bp_crew_render(const bp_job *job, bp_stock *stock, const bp_parameter *parameters,
                    size_t count, int pdf, bp_job_result *result, bp_faults *findings,
                    bp_error *err);
_Noreturn void bp_crew_live(const bp_job *job, bp_crew_pipes pipes, pid_t parent);

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
