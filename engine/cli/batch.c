/* briefpress batch: a PDF for each row. What is the same for all is looked at first (the layout's
 * declared parameters, the data, the folder of the results), so that a slip of the hand is told
 * once, not a thousand times. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/layouts.h"
#include "cli/messages.h"
#include "cli/telling.h"
#include "job/batch.h"
#include "job/pattern.h"

#define TOLD_MOST 20 /* Failed rows that are told one by one; the results have all. */
#define TABLE_PREFIX "data:"

/* What a batch holds. */
typedef struct {
    const bp_settings *settings;
    bp_inputs inputs;
    bp_batch batch;
    bp_batch_counts counts;
    bp_faults findings;
    bp_buf description; /* What the layout declares, cut into names. */
    bp_buf known;       /* Of const char *: those names. */
    bool declares;
    bp_data *data;  /* Whose table the rows are; NULL: no. */
    bp_buf results; /* The path of the results. */
    size_t told;
} batch_run;

/* Lists the names that the layout declares; a layout that declares none takes any. */
static bool read_declared(batch_run *on, bp_error *err)
{
    bp_job job = on->inputs.job;
    bp_job_result result;
    job.output = job.trace_file = NULL;
    job.script.parameter_count = 0;
    job.description = &on->description;
    if (!bp_job_run(&job, &result, &on->findings, err))
        return false;
    char *at = on->description.bytes;
    on->declares = on->description.length != 0;
    at = at != NULL ? strchr(at, '\n') : NULL; /* The title's line. */
    while (at != NULL && at[1] != '\0') {
        const char *name = at + 1;
        at = strchr(name, '\n');
        char *sign = strchr(name, '=');
        if (sign == NULL || (at != NULL && sign > at))
            continue;
        *sign = '\0';
        if (!bp_buf_add(&on->known, &name, sizeof name))
            return bp_fail_memory(err);
    }
    return true;
}

static bool open_rows(batch_run *on, bp_error *err)
{
    const bp_settings *settings = on->settings;
    size_t prefix = strlen(TABLE_PREFIX);
    bool is_table = strncmp(settings->rows, TABLE_PREFIX, prefix) == 0;
    bp_rows_source source = {.path = is_table ? NULL : settings->rows,
                             .table = is_table ? settings->rows + prefix : NULL,
                             .id_column = settings->id_column,
                             .known = BP_LIST(&on->known),
                             .known_count = BP_LIST_COUNT(&on->known),
                             .has_known = on->declares};
    if (is_table) {
        const bp_job *job = &on->inputs.job;
        on->data = bp_data_load(job->inputs, job->input_count, &on->findings, err);
        if (on->data == NULL)
            return false;
        source.data = on->data;
    }
    on->batch.rows = bp_rows_open(&source, &on->findings, err);
    return on->batch.rows != NULL;
}

/* Whether -o has a placeholder that no row can fill, told once. Only a layout that declares its
 * parameters says which there are. */
static bool check_pattern(const batch_run *on, bp_error *err)
{
    bp_buf values = {0}, path = {0};
    const bp_parameter id = {"id", "1"};
    bp_error problem = {0};
    if (!on->declares)
        return true;
    bool ok = bp_buf_add(&values, &id, sizeof id);
    for (size_t i = 0; ok && i < BP_LIST_COUNT(&on->known); i++) {
        const bp_parameter value = {BP_LIST(&on->known)[i], "1"};
        ok = bp_buf_add(&values, &value, sizeof value);
    }
    ok = (ok && (on->batch.name_count == 0 ||
                 bp_buf_add(&values, on->batch.names,
                            on->batch.name_count * sizeof on->batch.names[0]))) ||
         bp_fail_memory(err);
    if (ok &&
        !bp_pattern_expand(on->batch.pattern, BP_BUF_ITEMS(&values, bp_parameter),
                           BP_BUF_COUNT(&values, bp_parameter), &path, &problem) &&
        problem.code != BP_ERR_DATA) /* A date's format, which "1" does not fit. */
        ok = bp_fail(err, problem.code, problem.place, "%s", problem.text);
    bp_buf_clear(&values);
    bp_buf_clear(&path);
    return ok;
}

/* Opens the results; {shard} stands for the shard's number. */
static bool open_results(batch_run *on, bp_error *err)
{
    const char *asked = on->settings->results;
    char number[24];
    const bp_parameter shard = {"shard", number};
    (void)snprintf(number, sizeof number, "%zu", on->batch.shard.number);
    if (asked == NULL)
        asked = "-";
    else if (bp_pattern_is(asked)) {
        if (on->batch.shard.count == 0 && bp_pattern_uses(asked, "shard"))
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "--results: {shard} asks for --shard, which is not given");
        if (!bp_pattern_expand(asked, &shard, 1, &on->results, err))
            return false;
        asked = on->results.bytes;
    }
    if (on->settings->resume && access(asked, F_OK) == 0) {
        on->batch.before = bp_results_read(&asked, 1, err);
        if (on->batch.before == NULL)
            return false;
    }
    on->batch.results = bp_results_open(asked, on->settings->resume, err);
    return on->batch.results != NULL;
}

static bool check_settings(const bp_settings *settings, const bp_inputs *inputs, bp_error *err)
{
    if (settings->rows == NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "batch needs --rows, as --rows firms.csv: a row for each PDF");
    if (settings->output == NULL || !bp_pattern_is(settings->output))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "batch needs a pattern for its PDFs, as -o 'out/{id}.pdf'");
    if (settings->resume && (settings->results == NULL || strcmp(settings->results, "-") == 0))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--resume needs the results of the earlier run, as --results FILE");
    for (size_t i = 0; i < inputs->job.input_count; i++)
        if (strcmp(inputs->job.inputs[i].path, "-") == 0)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "each worker reads the data, and standard input can be read once; "
                           "write it to a file");
    bp_pattern_value values[BP_PATTERN_VALUES_MOST];
    size_t count;
    return bp_pattern_read(settings->output, values, &count, err);
}

static void tell_row(void *owner, const bp_result_line *line)
{
    batch_run *on = owner;
    bp_error err = {0};
    if (on->told++ >= TOLD_MOST)
        return;
    bp_fail(&err, line->code, line->place, "%s%s%s%s", line->id[0] != '\0' ? "row \"" : "",
            line->id, line->id[0] != '\0' ? "\": " : "", line->message);
    bp_message_error(&err);
}

/* "1,730 of 1,748 (99 %), 18 failed, 420/s, 3 s left". How much there is is known in bytes. */
static void show_progress(void *owner, const bp_batch_counts *counts)
{
    const batch_run *on = owner;
    char text[160];
    size_t done = 0, all = 0;
    bp_rows_progress(on->batch.rows, &done, &all);
    size_t ended = counts->made + counts->kept + counts->failed;
    double rate = counts->seconds > 0 ? (double)ended / counts->seconds : 0;
    int length =
        snprintf(text, sizeof text, "%zu rows, %zu failed, %.0f/s", ended, counts->failed, rate);
    if (all != 0 && done != 0 && length > 0 && (size_t)length < sizeof text) {
        double part = (double)done / (double)all;
        (void)snprintf(text + length, sizeof text - (size_t)length, ", %.0f %%, %.0f s left",
                       part * 100, counts->seconds * (1 - part) / part);
    }
    bp_message_progress_text(text);
}

/* "made 1,730 PDFs, kept 10, 8 rows failed, in 4.1 s (424/s)". */
static void tell_counts(const batch_run *on)
{
    const bp_batch_counts *counts = &on->counts;
    double seconds = counts->seconds;
    char kept[48] = "", failed[64] = "";
    if (counts->kept != 0)
        (void)snprintf(kept, sizeof kept, ", kept %zu", counts->kept);
    if (counts->failed != 0)
        (void)snprintf(failed, sizeof failed, ", %zu row%s failed", counts->failed,
                       counts->failed == 1 ? "" : "s");
    bp_message_note("made %zu PDF%s%s%s, in %.1f s (%.0f/s)", counts->made,
                    counts->made == 1 ? "" : "s", kept, failed, seconds,
                    seconds > 0 ? (double)counts->made / seconds : 0);
}

static bool run(batch_run *on, bp_error *err)
{
    const bp_settings *settings = on->settings;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (!bp_inputs_make(settings, false, &on->inputs, err))
        return false;
    on->batch.job = &on->inputs.job;
    on->batch.pattern = settings->output;
    on->batch.workers = settings->jobs != 0 ? settings->jobs
                        : processors > 0    ? (size_t)processors
                                            : 1;
    on->batch.names = on->inputs.naming.edition.values;
    on->batch.name_count = on->inputs.naming.edition.value_count;
    on->batch.tell = tell_row;
    on->batch.tick = show_progress;
    on->batch.owner = on;
    return check_settings(settings, &on->inputs, err) &&
           (settings->shard == NULL || bp_shard_read(settings->shard, &on->batch.shard, err)) &&
           read_declared(on, err) && check_pattern(on, err) && open_rows(on, err) &&
           open_results(on, err) && bp_batch_run(&on->batch, &on->counts, &on->findings, err);
}

/* Says how it went; answers the exit code. */
static int tell(batch_run *on, const bp_error *err)
{
    bp_message_progress_end();
    if (on->told > TOLD_MOST) {
        bp_error more = {0};
        bp_fail(&more, on->counts.code, NULL, "%zu more rows failed; the results name them",
                on->told - TOLD_MOST);
        bp_message_error(&more);
    }
    bp_message_outcome(&on->findings, err, on->settings);
    if (err->code == BP_OK)
        tell_counts(on);
    return bp_code_exit(err->code != BP_OK ? err->code : on->counts.code);
}

/* What status files, metrics and commands are told: of rows that failed, the first. */
static bp_run_status status_of(const batch_run *on, const bp_error *err, char *message, size_t size)
{
    const bp_batch_counts *counts = &on->counts;
    bp_run_status status = {.code = err->code != BP_OK ? err->code : counts->code,
                            .place = err->place,
                            .message = err->text,
                            .output = on->settings->output != NULL ? on->settings->output : "",
                            .bytes = (size_t)counts->bytes,
                            .sha256 = ""};
    if (err->code == BP_OK && counts->code != BP_OK) {
        (void)snprintf(message, size, "%zu of %zu rows failed, row %zu first", counts->failed,
                       counts->rows, counts->failed_row);
        status.message = message;
    }
    status.outcome = status.code == BP_OK && counts->made == 0 ? BP_OUTCOME_UNCHANGED
                                                               : bp_outcome_of(status.code);
    for (size_t i = 0; i < bp_faults_count(&on->findings); i++)
        status.warnings += bp_faults_at(&on->findings, i)->code == BP_OK;
    return status;
}

/* Makes the PDFs; answers the exit code. */
static int make(const bp_settings *settings)
{
    batch_run on = {.settings = settings};
    bp_telling telling;
    bp_error err = {0};
    char message[128];
    (void)signal(SIGPIPE, SIG_IGN);
    if (bp_telling_begin(&telling, settings, &err))
        (void)run(&on, &err);
    bp_error late = {0};
    if (!bp_results_close(on.batch.results, &late) && err.code == BP_OK)
        err = late;
    int code = tell(&on, &err);
    bp_run_status status = status_of(&on, &err, message, sizeof message);
    bp_telling_end(&telling, &status);
    bp_results_free(on.batch.before);
    bp_rows_close(on.batch.rows);
    bp_data_free(on.data);
    bp_inputs_clear(&on.inputs);
    bp_faults_clear(&on.findings);
    bp_buf_clear(&on.description);
    bp_buf_clear(&on.known);
    bp_buf_clear(&on.results);
    return code;
}

int bp_command_batch(const bp_settings *settings)
{
    bp_error err = {0};
    if (settings->merge)
        return bp_batch_merge(settings);
    if (BP_LIST_COUNT(&settings->operands) == 1)
        return make(settings);
    bp_fail(&err, BP_ERR_USAGE, NULL, "batch takes one layout; result files come with --merge");
    bp_message_error(&err);
    return bp_code_exit(err.code);
}
