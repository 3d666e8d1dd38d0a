/* What the files of `briefpress schedule` share. */
#ifndef BP_CLI_SCHEDULE_H
#define BP_CLI_SCHEDULE_H

#include "base/faults.h"
#include "cli/schedule_words.h"
#include "job/cron.h"

/* A schedule that is being made. */
typedef struct {
    const bp_settings *settings; /* Of `schedule` itself. */
    bp_schedule_words words;
    bp_cron cron;
    bp_buf name;    /* NUL-ended. */
    bp_buf line;    /* The crontab's line, without its newline. */
    bp_faults told; /* Warnings. */
} bp_schedule;

/* The environment of this shell becomes that of cron: little but HOME. What was in it and shapes a
 * report is warned of. */
void bp_schedule_environment(const bp_schedule_words *words, bp_faults *told);

/* Renders once, to nowhere, and looks whether what is written can be. The exit code, told. */
int bp_schedule_check(const bp_schedule *schedule);

/* Tells the next three times, the time zone and what the clocks do to them. */
void bp_schedule_tell_times(const bp_schedule *schedule, bool is_systemd);
/* "Mon 2026-11-30 07:00 CET (UTC+01:00)". Answers `out`. */
const char *bp_schedule_time(int64_t when, char out[80]);

/* Warns of a schedule that is one day or another. */
void bp_schedule_warn_days(const bp_cron *cron, bp_faults *told);

/* --list, of the crontab or of units. The exit code. */
int bp_schedule_list(const bp_settings *settings);

/* A line of the list; `words` are those of the command, each ended by a NUL. */
void bp_schedule_list_put(const char *name, const char *times, bool is_off, const bp_buf *words);

/* systemd_files.c: writes both units; --remove and --list of them. */
bool bp_systemd_write(bp_schedule *schedule, bp_error *err);
bool bp_systemd_remove(const bp_settings *settings, bp_error *err);
bool bp_systemd_list(const bp_settings *settings, bp_error *err);

#endif
