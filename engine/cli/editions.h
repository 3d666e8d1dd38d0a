/* Editions: one PDF a month, a day, a region, each under a name of its own that a pattern in -o
 * gives. From the command line to the work that engine/job/edition.c does. */
#ifndef BP_CLI_EDITIONS_H
#define BP_CLI_EDITIONS_H

#include "cli/inputs.h"

/* Checks the options of editions against each other, and resolves --period, whose parameter is
 * added to the others. Part of bp_inputs_make. BP_ERR_USAGE. */
bool bp_editions_begin(const bp_settings *settings, bp_inputs *inputs, bp_error *err);

/* The path that the pattern in -o gives. Yours to free; NULL: BP_ERR_USAGE. */
char *bp_editions_output(const bp_settings *settings, const bp_inputs *inputs, bp_error *err);

#endif
