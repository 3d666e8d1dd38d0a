/* Running a layout's job and telling how it went: see layouts.h. */
#include "cli/layouts.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/messages.h"

static void show_progress(void *owner, double seconds)
{
    bp_message_progress(owner, seconds);
}

void bp_run_tell_timings(const bp_run *run, const char *before)
{
    char line[512];
    size_t length = 0;
    uint64_t total = 0;
    for (int i = 0; i < BP_PHASE_COUNT; i++) {
        total += run->result.phases[i];
        int put = snprintf(line + length, sizeof line - length, "%s %.2f ms, ",
                           bp_phase_name((bp_phase)i), (double)run->result.phases[i] / 1e6);
        length += put > 0 && (size_t)put < sizeof line - length ? (size_t)put : 0;
    }
    bp_message_note("timings: %s%stotal %.2f ms; peak %.1f MiB", before, line, (double)total / 1e6,
                    (double)run->result.peak_bytes / 1048576);
}

void bp_run_tell(const bp_run *run, const char *more)
{
    const char *output = run->inputs.job.output;
    if (run->result.outcome == BP_OUTCOME_UNCHANGED) {
        bp_message_note("unchanged: %s is up to date%s", output, more);
        return;
    }
    double size = (double)run->result.bytes / 1024;
    const char *unit = "KiB";
    if (size >= 10240) {
        size /= 1024;
        unit = "MiB";
    }
    bp_message_note("wrote %s (%zu page%s, %.*f %s)%s",
                    strcmp(output, "-") == 0 ? "standard output" : output, run->result.pages,
                    run->result.pages == 1 ? "" : "s", size < 10 ? 1 : 0, size, unit, more);
}

/* What says not where, as "out of memory", is said of the layout, so that whoever finds the line in
 * a mail knows which report it is about. */
static void name_place(bp_error *err, const char *layout)
{
    if (err->code == BP_OK || err->code == BP_ERR_USAGE || err->place[0] != '\0')
        return;
    size_t length = bp_utf8_floor(layout, strlen(layout), sizeof err->place - 1);
    memcpy(err->place, layout, length);
    err->place[length] = '\0';
}

bool bp_run_layout(const bp_settings *settings, bool has_output, bp_run *run)
{
    *run = (bp_run){0};
    (void)signal(SIGPIPE, SIG_IGN); /* Nobody listening must not change how a run ends. */
    bool ok = bp_inputs_make(settings, has_output, &run->inputs, &run->err);
    if (ok) {
        bp_job *job = &run->inputs.job;
        job->tick = show_progress;
        job->owner = (void *)(uintptr_t)job->script.layout;
        bp_phase_enable(settings->timings || settings->status_file != NULL);
        ok = bp_job_run(job, &run->result, &run->findings, &run->err);
        bp_message_progress_end();
        if (run->result.reason[0] != '\0' && bp_message_is_verbose())
            bp_message_note("rendering was needed: %s", run->result.reason);
        name_place(&run->err, job->script.layout);
    }
    if (!has_output)
        bp_faults_sort(&run->findings); /* Who reads a list of findings goes through a file. */
    bp_message_outcome(&run->findings, &run->err, settings);
    if (ok && settings->timings)
        bp_run_tell_timings(run, "");
    return ok;
}

void bp_run_clear(bp_run *run)
{
    bp_faults_clear(&run->findings);
    bp_inputs_clear(&run->inputs);
}
