/* Editions: one PDF a month, a day, a region, each under a name of its own that a pattern in -o
 * gives. From the command line to the work that engine/job/edition.c does. */
#ifndef BP_CLI_EDITIONS_H
#define BP_CLI_EDITIONS_H

#include "cli/layouts.h"

/* Checks the options of editions against each other, resolves --period, whose parameter is added to
 * the others, and has what the job makes entered where that is asked for. Part of bp_inputs_make.
 * BP_ERR_USAGE. */
bool bp_editions_begin(const bp_settings *settings, bool has_output, bp_inputs *inputs,
                       bp_error *err);

/* The path that the pattern in -o gives. Yours to free; NULL: BP_ERR_USAGE. */
char *bp_editions_output(const bp_settings *settings, const bp_inputs *inputs, bp_error *err);

/* After a run that went well: the link on the newest, and the oldest that are too many. What fails
 * is told, and is the run's error from then on. */
void bp_editions_end(const bp_settings *settings, bp_run *run);

/* Runs `render` for the periods that --backfill finds missing, oldest first, and then for the
 * edition at hand; all are tried. Answers the first exit code that is not 0. */
int bp_editions_run(const bp_settings *settings, int (*render)(const bp_settings *settings));

#endif
