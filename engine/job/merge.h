/* Whether all shards of a batch together have made every row, and their results as one file. */
#ifndef BP_JOB_MERGE_H
#define BP_JOB_MERGE_H

#include "base/sink.h"
#include "job/results.h"
#include "job/rows.h"

/* Of these a row is one, but foreign, which are no rows. */
typedef struct {
    size_t rows;
    size_t made;      /* And there, as the results say. */
    size_t failed;    /* Also rows that are bad, which nobody can make. */
    size_t missing;   /* No results have them. */
    size_t spoilt;    /* Made, but the PDF is not there, or is another one. */
    size_t differing; /* Made more than once, and not alike. */
    size_t foreign;   /* Ids that the results have and the rows have not. */
} bp_merge_counts;

typedef struct {
    bp_rows *rows;       /* Read to their end. */
    bp_results *results; /* Those of all shards. */
    /* Gets the results of all rows in their order, however the shards were cut and whichever ran
     * when: no times, what was kept is made, files are numbered anew. {0}: nobody wants them. */
    bp_sink out;
} bp_merge;

/* Holds the results against the rows. `findings` gets what is wrong with each row, with the code of
 * a row's own failure, else BP_ERR_FINDINGS; ids that are no rows are warnings. False where the
 * rows or results cannot be read, or `out` cannot be written; what was found does not matter. */
bool bp_merge_run(const bp_merge *merge, bp_merge_counts *counts, bp_faults *findings,
                  bp_error *err);

#endif
