/* What the files of a batch share: a PDF on its way from a row to its place, and what it was
 * made from. */
#ifndef BP_JOB_BATCH_PRIVATE_H
#define BP_JOB_BATCH_PRIVATE_H

#include "base/file.h"
#include "base/hash.h"
#include "job/batch.h"
#include "job/crew.h"
#include "job/digests.h"
#include "job/fingerprint.h"

/* One row's PDF. Texts are owned. */
typedef struct {
    size_t row;
    char *id, *file, *place;
    char inputs[65], sha256[65];
    size_t pages, bytes;
    double seconds;
    bp_buf files;      /* Of uint32_t, rising: what it was made from, as the results number them. */
    bp_buf paths;      /* The same as paths, as bp_job.files has them, until they are numbered. */
    bp_buf content;    /* The PDF, until it is written. */
    bp_output *output; /* NULL: none yet. */
} bp_batch_pdf;

void bp_batch_pdf_free(bp_batch_pdf *pdf);

/* batch_inputs.c: what rows are made from. Begins as {0}. */
typedef struct {
    bp_hash program;  /* Of the versions, before the options of a row. */
    bp_digests known; /* Paths, with their numbers in the results. */
    bp_buf shared;    /* Of uint32_t: the files of every row. */
} bp_batch_inputs;

bool bp_batch_inputs_open(bp_batch_inputs *inputs, const bp_batch *batch, bp_error *err);
void bp_batch_inputs_clear(bp_batch_inputs *inputs);
/* The digest of a row with these parameters. */
bool bp_batch_inputs_print(const bp_batch_inputs *inputs, const bp_batch *batch,
                           const bp_parameter *parameters, size_t count, char out[BP_PRINT_SIZE],
                           bp_error *err);
/* The numbers of what every row and this one were made from, `files` as bp_job.files has them. A
 * file that cannot be read any more is left out. */
bool bp_batch_inputs_name(bp_batch_inputs *inputs, const bp_batch *batch, const bp_buf *files,
                          bp_buf *numbers, bp_error *err);

#endif
