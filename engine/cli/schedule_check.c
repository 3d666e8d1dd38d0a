/* Trying a command before it is left alone: with cron's environment, to nowhere. */
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/layouts.h"
#include "cli/messages.h"
#include "cli/schedule.h"

void bp_schedule_environment(const bp_schedule_words *words, bp_faults *told)
{
    static const struct {
        const char *name, *remedy;
    } shaping[] = {
        {"SOURCE_DATE_EPOCH",
         "there the date comes from the data; give --date for one of your own"},
        {"FONTCONFIG_FILE", "name folders of fonts with --font-dir"},
        {"FONTCONFIG_PATH", "name folders of fonts with --font-dir"},
        {"XDG_DATA_HOME", "name folders of fonts with --font-dir"},
        {"XDG_CONFIG_HOME", "settings of fonts are looked for in ~/.config there"},
    };
    for (size_t i = 0; i < sizeof shaping / sizeof shaping[0]; i++) {
        const char *value = getenv(shaping[i].name);
        if (value == NULL || value[0] == '\0' || (i == 0 && words->settings.date != NULL))
            continue;
        bp_faults_add(told, BP_OK, "", "%s is set here, and will not be when it runs by itself; %s",
                      shaping[i].name, shaping[i].remedy);
    }
    const struct passwd *user = getpwuid(getuid());
    (void)clearenv();
    (void)setenv("PATH", "/usr/bin:/bin", 1);
    (void)setenv("SHELL", "/bin/sh", 1);
    (void)setenv("HOME", user != NULL ? user->pw_dir : "/", 1);
    if (user != NULL)
        (void)setenv("LOGNAME", user->pw_name, 1);
}

/* Folders are made by nobody when it runs, or by a run that nobody watches: now is the time. */
static bool check_folders(const bp_schedule_words *words, bp_error *err)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&words->folders, char *); i++) {
        const char *folder = BP_BUF_ITEMS(&words->folders, char *)[i];
        struct stat status;
        if (stat(folder, &status) != 0)
            return bp_fail(err, BP_ERR_CREATE, folder, "%s%s", strerror(errno),
                           errno == ENOENT ? "; make the folder first" : "");
        if (!S_ISDIR(status.st_mode))
            continue; /* A device, or what the run itself will tell. */
        if (access(folder, W_OK | X_OK) != 0)
            return bp_fail(err, BP_ERR_CREATE, folder, "cannot be written: %s", strerror(errno));
    }
    return true;
}

static bool check_inputs(const bp_schedule_words *words, bp_error *err)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&words->inputs, char *); i++) {
        const char *path = BP_BUF_ITEMS(&words->inputs, char *)[i];
        if (access(path, R_OK) != 0)
            return bp_fail(err, BP_ERR_INPUT, path, "cannot be read: %s", strerror(errno));
    }
    return true;
}

/* A batch has a set of parameters for each row; what can be tried without them is the layout's file
 * and what it declares. */
static int try_batch(const bp_settings *settings)
{
    bp_run run = {0};
    bp_buf text = {0};
    bool ok = bp_inputs_make(settings, false, &run.inputs, &run.err);
    run.inputs.job.description = &text;
    run.inputs.job.trace_file = NULL;
    (void)(ok && bp_job_run(&run.inputs.job, &run.result, &run.findings, &run.err));
    bp_message_outcome(&run.findings, &run.err, settings);
    int code = bp_code_exit(run.err.code);
    bp_buf_clear(&text);
    bp_run_clear(&run);
    return code;
}

static int try_render(const bp_settings *settings)
{
    bp_run run;
    bool ok = bp_run_layout(settings, false, &run);
    int code = bp_code_exit(run.err.code);
    size_t found = bp_faults_count(&run.findings) + run.findings.dropped;
    if (ok && found != 0) {
        code = bp_code_exit(BP_ERR_FINDINGS);
        bp_message_note("%s: %zu finding%s, so nothing is scheduled; mend %s, or give --no-check",
                        run.inputs.job.script.layout, found, found == 1 ? "" : "s",
                        found == 1 ? "it" : "them");
    }
    bp_run_clear(&run);
    return code;
}

int bp_schedule_check(const bp_schedule *schedule)
{
    bp_error err = {0};
    const bp_schedule_words *words = &schedule->words;
    if (!check_folders(words, &err) || !check_inputs(words, &err)) {
        bp_message_error(&err);
        return bp_code_exit(err.code);
    }
    /* The command's own -q, trace and timings are for when it runs. */
    bp_settings settings = words->settings;
    settings.trace = NULL;
    settings.timings = false;
    (void)signal(SIGPIPE, SIG_IGN);
    if (settings.merge)
        return 0; /* It has no layout; its files are there. */
    return (words->command->bit & BP_FOR_BATCH) != 0 ? try_batch(&settings) : try_render(&settings);
}
