/* Writing the files that a report carries into a folder. */
#ifndef BP_JOB_EXTRACT_H
#define BP_JOB_EXTRACT_H

#include "job/report.h"

typedef struct {
    const char *folder; /* Made where there is none, in a folder that is there. */
    bool replaces;      /* Files that are there already, too. */
    /* Told of each file once it is in its place; NULL: nobody. */
    void (*wrote)(void *owner, const bp_report_file *file, const char *path, bool is_renamed);
    void *owner;
} bp_extraction;

/* Writes the files of `report`, whose contents were asked for, below the folder: each whole or not
 * at all, under harmless names (safe_names.h), through no symbolic link, with the mode of a new
 * file. Where one of them is in the way, none is written (BP_ERR_CREATE). A file whose contents
 * cannot be read is told in `faults`, and BP_ERR_DATA says at the end how many. Signals as in
 * bp_job_run. */
bool bp_extract(const bp_report *report, const bp_extraction *how, bp_faults *faults,
                bp_error *err);

#endif
