/* briefpress watch: makes the PDF again whenever a file it was made from changes. The process
 * stays, so that a change costs no start: each rendering is a fork of it. What the worker says it
 * has read is watched, in the folders where it lies. The last good PDF stays until the next one is
 * whole. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/watcher.h"
#include "cli/commands.h"
#include "cli/layouts.h"
#include "cli/messages.h"
#include "job/pattern.h"

/* What watching holds. */
typedef struct {
    const bp_settings *settings;
    bp_watcher *watcher;
    bp_run run;
    bp_buf files;       /* That the worker has read: paths, each ended by a NUL. */
    uint64_t told;      /* What was told last, as hash_outcome has it; 0: nothing. */
    uint64_t noticed;   /* When the change was that this run is for; 0: the first run. */
    bool was_good;      /* The run before. */
    int overtaken;      /* Runs in a row that were given up, */
    bool was_overtaken; /* and whether the last one was. */
} watch;

/* A rendering is given up for a newer change, but not for ever. */
#define OVERTAKEN_MOST 3

/* A file that is closed or moved is whole; this is for what saves several files at once. */
#define QUIET_MS 3
#define QUIET_MOST_MS 100 /* And this for what never stops saving. */
#define BUSY_MS 300       /* When an output that another run was writing is tried again. */

static int stop_pipe[2] = {-1, -1};

static void on_stop(int number)
{
    int kept = errno;
    (void)number;
    (void)!write(stop_pipe[1], "", 1); /* Full: it is known already. */
    errno = kept;
}

static bool is_stopped(void)
{
    char byte;
    ssize_t got = read(stop_pipe[0], &byte, 1);
    if (got == 1)
        on_stop(0); /* Stays stopped. */
    return got == 1;
}

static bool open_stop(bp_error *err)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
    if (pipe2(stop_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return bp_fail(err, BP_ERR_SYSTEM, NULL, "no pipe: %s", strerror(errno));
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_stop;
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) {
        struct sigaction before;
        if (sigaction(ending[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            (void)sigaction(ending[i], &action, NULL); /* What nohup ignores stays ignored. */
    }
    return true;
}

/* What a run tells, as a number: the same errors are told once. */
static uint64_t hash_outcome(const bp_run *run)
{
    const bp_error *err = &run->err;
    uint64_t hash = (uint64_t)err->code;
    const char *texts[] = {err->place, err->text, err->excerpt};
    for (size_t i = 0; i < 3; i++)
        hash = hash * 31 + bp_hash_quick(texts[i], strlen(texts[i]));
    for (size_t i = 0; i < bp_faults_count(&run->findings); i++) {
        const bp_fault *fault = bp_faults_at(&run->findings, i);
        hash = hash * 31 + bp_hash_quick(fault->place, strlen(fault->place));
        hash = hash * 31 + bp_hash_quick(fault->text, strlen(fault->text));
    }
    return hash;
}

/* What needs no run to be known. */
static bool watch_inputs(bp_watcher *watcher, const bp_job *job, bp_error *err)
{
    bool ok = bp_watcher_add(watcher, job->script.layout, err) &&
              bp_watcher_add(watcher, job->manifest, err) &&
              bp_watcher_ignore(watcher, job->output, err) &&
              (job->trace_file == NULL || bp_watcher_ignore(watcher, job->trace_file, err));
    for (size_t i = 0; ok && i < job->input_count; i++)
        ok = bp_watcher_add(watcher, job->inputs[i].path, err);
    for (size_t i = 0; ok && i < job->font_folder_count; i++)
        ok = bp_watcher_add_folder(watcher, job->font_folders[i], err);
    for (size_t i = 0; ok && i < job->script.hyphen_folder_count; i++)
        ok = bp_watcher_add_folder(watcher, job->script.hyphen_folders[i], err);
    return ok;
}

/* What the worker says it has read. */
static bool watch_files(bp_watcher *watcher, bp_buf *files, bp_error *err)
{
    bool ok = true;
    for (const char *at = files->bytes; ok && at != NULL && at < files->bytes + files->length;
         at += strlen(at) + 1)
        ok = bp_watcher_add(watcher, at, err);
    files->length = 0;
    return ok;
}

static bool check_output(const bp_settings *settings, bp_error *err)
{
    return settings->output == NULL || !bp_pattern_is(settings->output) ||
           !bp_pattern_uses(settings->output, "date") ||
           bp_fail(err, BP_ERR_USAGE, NULL,
                   "watch writes one file, and {date} in -o another each day");
}

static bool check_inputs(const bp_job *job, bp_error *err)
{
    struct stat status;
    for (size_t i = 0; i < job->input_count; i++)
        if (strcmp(job->inputs[i].path, "-") == 0)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "watch reads the data again and again; standard input can be read once");
    if (strcmp(job->output, "-") == 0 || (job->trace_file && strcmp(job->trace_file, "-") == 0))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "watch writes again and again; give -o and --trace files");
    return stat(job->script.layout, &status) == 0 ||
           bp_fail(err, BP_ERR_INPUT, job->script.layout, "no such layout");
}

/* The run after a change. */
static void tell(const watch *on, uint64_t begun)
{
    const bp_job_result *result = &on->run.result;
    bool is_first = on->noticed == 0;
    double since = (double)(bp_clock_now() - on->noticed) / 1e6;
    char more[160] = "";
    if (!is_first)
        (void)snprintf(more, sizeof more, " in %.0f ms", since);
    bp_run_tell(&on->run, more);
    if (!on->settings->timings)
        return;
    double waited = is_first ? 0 : (double)(begun - on->noticed) / 1e6;
    double rendering = (double)result->rendering / 1e6;
    double publishing = (double)result->publishing / 1e6;
    double rest = is_first ? 0 : since - waited - rendering - publishing;
    (void)snprintf(more, sizeof more,
                   "waited %.2f ms, rendering %.2f ms, publishing %.2f ms, rest %.2f ms; of it ",
                   waited, rendering, publishing, rest);
    bp_run_tell_timings(&on->run, more);
}

/* Asked while a worker takes its time. */
static bool is_overtaken(void *owner)
{
    watch *on = owner;
    on->was_overtaken = on->overtaken < OVERTAKEN_MOST &&
                        bp_watcher_wait(on->watcher, stop_pipe[0], !on->was_good, 0);
    return on->was_overtaken;
}

static void render_again(watch *on)
{
    bp_run *run = &on->run;
    uint64_t begun = bp_clock_now();
    on->was_overtaken = false;
    bp_faults_clear(&run->findings);
    run->err = (bp_error){0};
    if (on->settings->timings)
        bp_phase_enable(true);
    bool ok = bp_job_run(&run->inputs.job, &run->result, &run->findings, &run->err);
    if (is_stopped() || on->was_overtaken)
        return;
    bool is_silent = ok && bp_faults_count(&run->findings) == 0;
    uint64_t hash = is_silent ? 0 : hash_outcome(run);
    if (hash != on->told)
        bp_message_outcome(&run->findings, &run->err, on->settings);
    on->told = hash;
    if (ok)
        tell(on, begun);
    on->was_good = ok;
}

/* Waits for a change, where none has come yet, and until all that is saved with it is there. */
static bool wait_for_change(watch *on)
{
    on->overtaken = on->was_overtaken ? on->overtaken + 1 : 0;
    int most_ms = on->run.err.code == BP_ERR_BUSY ? BUSY_MS : -1;
    if (!on->was_overtaken && !bp_watcher_wait(on->watcher, stop_pipe[0], !on->was_good, most_ms) &&
        (most_ms < 0 || is_stopped()))
        return false;
    on->noticed = bp_clock_now();
    while (bp_watcher_wait(on->watcher, stop_pipe[0], !on->was_good, QUIET_MS) &&
           bp_clock_now() - on->noticed < (uint64_t)QUIET_MOST_MS * 1000000)
        continue;
    return !is_stopped();
}

/* Until a signal comes, or watching fails. */
static void watch_until_stopped(watch *on, bp_error *err)
{
    for (bool is_first = true;; is_first = false) {
        render_again(on);
        if (is_stopped() || !watch_files(on->watcher, &on->files, err))
            return;
        size_t count = bp_watcher_file_count(on->watcher);
        if (is_first)
            bp_message_note("watching %zu file%s; Ctrl-C ends", count, count == 1 ? "" : "s");
        if (!wait_for_change(on))
            return;
    }
}

int bp_command_watch(const bp_settings *settings)
{
    watch on = {.settings = settings, .was_good = true};
    bp_error err = {0};
    (void)signal(SIGPIPE, SIG_IGN);
    bp_job *job = &on.run.inputs.job;
    bool ok = check_output(settings, &err) &&
              bp_inputs_make(settings, true, &on.run.inputs, &err) && check_inputs(job, &err) &&
              open_stop(&err) && (on.watcher = bp_watcher_new(&err)) != NULL &&
              watch_inputs(on.watcher, job, &err);
    job->files = &on.files;
    job->is_overtaken = is_overtaken;
    job->owner = &on;
    if (ok)
        watch_until_stopped(&on, &err);
    if (err.code != BP_OK)
        bp_message_error(&err);
    bp_watcher_free(on.watcher);
    bp_buf_clear(&on.files);
    bp_run_clear(&on.run);
    return bp_code_exit(err.code);
}
