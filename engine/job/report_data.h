/* Reports as data: an input that is a PDF stands for the data that it carries. */
#ifndef BP_JOB_REPORT_DATA_H
#define BP_JOB_REPORT_DATA_H

#include "job/job.h"

typedef struct {
    bp_buf inputs;  /* Of bp_data_input: all of the job's, unfolded; empty where none is a PDF. */
    bp_buf reports; /* Of bp_carried, which own the bytes. */
    bp_buf names;   /* Of char *: "REPORT.pdf/NAME", owned. */
} bp_report_data;

/* Takes the data out of inputs that are PDFs, each in a confined process. False where one cannot be
 * read or carries none. Cleared by bp_report_data_clear either way. */
bool bp_report_data_unfold(const bp_job *job, bp_report_data *data, bp_error *err);
void bp_report_data_clear(bp_report_data *data);

#endif
