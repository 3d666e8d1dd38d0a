/* Telling of a run to those who were not there: --status-file, --metrics-file, and the commands of
 * --on-success, --on-failure and --on-end. */
#ifndef BP_CLI_TELLING_H
#define BP_CLI_TELLING_H

#include "cli/layouts.h"
#include "job/status.h"

#define BP_REPORT_NAME 256

typedef struct {
    const bp_settings *settings;
    char report[BP_REPORT_NAME]; /* --name, else the file name of -o, else that of the layout. */
    bp_instant started;
    uint64_t began;   /* Of the monotonic clock. */
    bool is_on;       /* There is somebody to tell. */
    bool knows_hooks; /* They can be run. */
} bp_telling;

/* Before the run. Where there is somebody to tell, SIGINT, SIGTERM, SIGHUP and SIGQUIT no longer
 * end the process but the run, until bp_telling_end. False: the options make no sense
 * (BP_ERR_USAGE, not yet told), the run must not begin, and bp_telling_end is to be called all the
 * same. */
bool bp_telling_begin(bp_telling *telling, const bp_settings *settings, bp_error *err);

/* What is told of a run that has ended: all but `report`, times and hooks, which bp_telling_end
 * fills in. Texts are lent from `run`; `sha256` is room for one. */
bp_run_status bp_telling_of(const bp_run *run, char sha256[65]);

/* After the run, when everything it made is in its place: writes the status and the metrics, runs
 * the commands, and writes both again with what came of them. What fails here is told on standard
 * error as a warning and changes no exit code. Does not return where a signal has come: the process
 * dies of it then, as without all this. */
void bp_telling_end(bp_telling *telling, bp_run_status *run);

/* Tells `err` and all of the above of a run that never began, since its command line is wrong. */
void bp_telling_refused(const bp_settings *settings, const bp_error *err);

#endif
