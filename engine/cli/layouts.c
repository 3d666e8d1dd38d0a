/* Running a layout's job and telling how it went: see layouts.h. */
#include "cli/layouts.h"

#include <signal.h>
#include <stdio.h>

#include "cli/messages.h"

static void show_progress(void *owner, double seconds)
{
    bp_message_progress(owner, seconds);
}

static void tell_timings(const bp_run *run)
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
    bp_message_note("timings: %stotal %.2f ms; peak %.1f MiB", line, (double)total / 1e6,
                    (double)run->result.peak_bytes / 1048576);
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
        bp_phase_enable(settings->timings);
        ok = bp_job_run(job, &run->result, &run->findings, &run->err);
        bp_message_progress_end();
    }
    bp_message_outcome(&run->findings, &run->err, settings);
    if (ok && settings->timings)
        tell_timings(run);
    return ok;
}

void bp_run_clear(bp_run *run)
{
    bp_faults_clear(&run->findings);
    bp_inputs_clear(&run->inputs);
}
