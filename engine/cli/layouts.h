/* Running a layout's job and telling how it went: what render and check share. */
#ifndef BP_CLI_LAYOUTS_H
#define BP_CLI_LAYOUTS_H

#include "cli/inputs.h"

/* What a run left: to look at, then to clear. */
typedef struct {
    bp_inputs inputs;
    bp_job_result result;
    bp_faults findings;
    bp_error err;
} bp_run;

/* What a run that made a PDF tells: "wrote FILE (2 pages, 31 KiB)" and `more` behind it. */
void bp_run_tell(const bp_run *run, const char *more);
/* Where the time went, as --timings has it. */
void bp_run_tell_timings(const bp_run *run, const char *before);

/* Runs the layout of `settings` with progress, then prints faults, warnings, the error and the
 * timings. */
bool bp_run_layout(const bp_settings *settings, bool has_output, bp_run *run);
void bp_run_clear(bp_run *run);

/* Prints the parameters that the layout of `settings` declares, for --help. Answers the exit code.
 */
int bp_layout_help(const bp_settings *settings);

#endif
