/* A rendering as a job: inputs are read and the script runs in a forked worker under limits; only
 * this process, which runs no script, publishes the bytes. */
#ifndef BP_JOB_JOB_H
#define BP_JOB_JOB_H

#include "base/clock.h"
#include "base/faults.h"
#include "data/age.h"
#include "data/data.h"
#include "job/outcome.h"
#include "pdf/rewrite.h"
#include "script/script.h"

typedef struct {
    double seconds;      /* Wall time of the worker; its CPU time is bound too. 0: no bound. */
    size_t memory_bytes; /* Of our allocator; the address space is bound above it. 0: no bound. */
    size_t pages;
    size_t output_bytes;
} bp_limits;

/* 60 s, 1 GiB, 20,000 pages, 1 GiB. */
extern const bp_limits bp_limits_default;

typedef struct {
    bp_script_options
        script; /* layout, language, parameters, read folders; trace is set by the job. */
    const bp_data_input *inputs;
    size_t input_count;
    const char *manifest; /* fonts.json. */
    const char *const *font_folders;
    size_t font_folder_count;
    bool system_fonts;
    const char *output;     /* Path, "-" for standard output, or NULL: check only. */
    bp_buf *memory;         /* With `output` NULL: the PDF is appended here; NULL: check only. */
    const char *trace_file; /* NULL: none; "-" for standard output. */
    bp_buf *description;    /* Nothing is rendered: what the layout declares is appended here, as
                             * bp_script_describe has it. With `output` NULL. NULL: no. */
    bp_buf *files; /* Gets the canonical paths of what the layout read, each ended by a NUL, also
                    * where it failed; a worker's word. NULL: nobody asks. */
    /* The last pass over the finished PDF; {0}: none, and the PDF is never held whole. */
    bp_rewrite_options rewrite;
    /* Nothing is done where nothing has changed that the PDF at `output` was made from, by a record
     * beside it (".NAME.state"), which only such runs leave. BP_ERR_USAGE where `output` is no
     * file, data is read from standard input, or a trace is asked for. */
    bool if_changed;
    bool no_attachments; /* The PDF carries nothing of what it was made from. */
    /* Asked when the PDF is whole and about to get its name, with the SHA-256 of its bytes: false,
     * with `err`, and it gets none. NULL: nobody asks. */
    bool (*publishing)(void *publisher, const unsigned char sha256[32], size_t size, bp_error *err);
    void *publisher;
    bp_age_limit max_age; /* {0}: data of any age will do. */
    bp_limits limits;
    bool no_fork; /* In this process: for sanitizers, debuggers and fault sweeps. */
    void (*tick)(void *owner,
                 double seconds); /* Called a few times a second while the worker runs; NULL: no. */
    /* Asked as often: true ends the worker, and the job with BP_ERR_BUSY, for its inputs are others
     * by now; NULL: never. */
    bool (*is_overtaken)(void *owner);
    void *owner;
} bp_job;

#define BP_JOB_REASON_SIZE 1024

typedef struct {
    bp_outcome outcome;              /* Also where the run failed. */
    char reason[BP_JOB_REASON_SIZE]; /* With `if_changed`: why it was not "unchanged"; else "". */
    size_t pages, bytes;
    uint64_t phases[BP_PHASE_COUNT]; /* Nanoseconds, where timing was on. */
    size_t peak_bytes;               /* Of the allocator, in the worker. */
    /* Nanoseconds that passed here: until the worker had answered, and until all was in its place.
     */
    uint64_t rendering, publishing;
    bp_buf *files;       /* As in bp_job. */
    bp_buf *reads;       /* A log of base/reads.h, of a worker: its word. NULL: nobody asks. */
    int64_t fresh_until; /* The second since 1970 at which the first data comes of age; 0: never. */
} bp_job_result;

/* Runs the job. On failure the old output is untouched and nothing is left behind. `findings` gets
 * all faults and warnings. One job at a time in a process. While it runs, SIGPIPE and SIGXFSZ are
 * ignored (a closed pipe is BP_ERR_WRITE); SIGINT, SIGTERM, SIGHUP and SIGQUIT end the worker,
 * remove the temporary file and then do what they did before. */
bool bp_job_run(const bp_job *job, bp_job_result *result, bp_faults *findings, bp_error *err);

#endif
