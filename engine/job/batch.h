/* Batches: one layout, many rows, a PDF for each. A row that fails, or whose process dies, is
 * reported and stops no other. PDFs are published in groups, so that the disk is waited for once a
 * group; each appears whole or not at all, and its result line is written after it. */
#ifndef BP_JOB_BATCH_H
#define BP_JOB_BATCH_H

#include "job/job.h"
#include "job/results.h"
#include "job/rows.h"
#include "job/shard.h"

typedef struct {
    size_t rows;      /* Read so far, without those of other shards. */
    size_t elsewhere; /* Of other shards. */
    size_t made, kept, failed;
    uint64_t bytes; /* Of the PDFs that were made. */
    double seconds;
    bp_code code;      /* Of the first failed row, by its number; BP_OK: none has failed. */
    size_t failed_row; /* Its number. */
} bp_batch_counts;

typedef struct {
    const bp_job *job; /* What all rows share; its parameters are for all of them, unless a row has
                        * one of the same name. `output` is not looked at. */
    const char *pattern;       /* -o: patterns.h, over the row's values, its id and the job's
                                * parameters. */
    const bp_parameter *names; /* Further values for the pattern. */
    size_t name_count;
    bp_rows *rows;              /* Read to its end. */
    bp_shard shard;             /* Only these rows. */
    size_t workers;             /* Processes. */
    bp_results_writer *results; /* Gets a line for each row that is made or fails. */
    bp_results *before; /* Rows that these say are made, and still fit, are kept; NULL: all are
                         * made. */
    /* Is told each row that fails, as `line` has it. NULL: nobody asks. */
    void (*tell)(void *owner, const bp_result_line *line);
    /* Asked a few times a second. NULL: nobody asks. */
    void (*tick)(void *owner, const bp_batch_counts *counts);
    void *owner;
} bp_batch;

/* Makes the PDFs of all rows. True where every row was come to, whatever became of it: `counts` and
 * the results say so. False where the batch as a whole cannot go on (data that is wrong, rows that
 * cannot be read, results that cannot be written): the rest was not tried, what was made is there.
 * `findings` gets what all rows would tell alike, once, and each warning once. */
bool bp_batch_run(const bp_batch *batch, bp_batch_counts *counts, bp_faults *findings,
                  bp_error *err);

#endif
