/* briefpress batch --merge RESULTS...: whether the shards of a batch have made every row, told, and
 * their results as one file. Exit code 79 where they have not. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/messages.h"
#include "job/merge.h"

#define TABLE_PREFIX "data:"

typedef struct {
    bp_inputs inputs;
    bp_data *data; /* Whose table the rows are; NULL: no. */
    bp_merge merge;
    bp_merge_counts counts;
    bp_faults findings;
    bp_output *output; /* NULL: standard output, or nobody wants the results. */
} merge_run;

static bool put_output(void *owner, const void *bytes, size_t length, bp_error *err)
{
    return bp_output_write(owner, bytes, length, err);
}

static bool put_standard(void *owner, const void *bytes, size_t length, bp_error *err)
{
    (void)owner;
    return bp_file_write_all(STDOUT_FILENO, bytes, length, "standard output", err);
}

static bool open_rows(merge_run *on, const bp_settings *settings, bp_error *err)
{
    size_t prefix = strlen(TABLE_PREFIX);
    bool is_table = strncmp(settings->rows, TABLE_PREFIX, prefix) == 0;
    /* The ids are all that counts here: columns of other names may hold anything. */
    bp_rows_source source = {.path = is_table ? NULL : settings->rows,
                             .table = is_table ? settings->rows + prefix : NULL,
                             .id_column = settings->id_column,
                             .has_known = true};
    if (is_table) {
        const bp_job *job = &on->inputs.job;
        if (!bp_inputs_data(&settings->data, &on->inputs, err))
            return false;
        on->data = bp_data_load(job->inputs, job->input_count, &on->findings, err);
        if (on->data == NULL)
            return false;
        source.data = on->data;
    }
    on->merge.rows = bp_rows_open(&source, NULL, err);
    return on->merge.rows != NULL;
}

static bool open_output(merge_run *on, const char *path, bp_error *err)
{
    if (path == NULL)
        return true;
    if (strcmp(path, "-") == 0) {
        on->merge.out = (bp_sink){.write = put_standard};
        return true;
    }
    on->output = bp_output_new(path, err);
    on->merge.out = (bp_sink){.write = put_output, .owner = on->output};
    return on->output != NULL;
}

static bool run(merge_run *on, const bp_settings *settings, bp_error *err)
{
    if (settings->resume || settings->results != NULL || settings->shard != NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL, "--merge makes no PDFs: it goes without %s",
                       settings->resume            ? "--resume"
                       : settings->results != NULL ? "--results; -o names what is merged"
                                                   : "--shard");
    if (settings->rows == NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "--merge needs --rows: the rows that all results together must have");
    on->merge.results =
        bp_results_read(BP_LIST(&settings->operands), BP_LIST_COUNT(&settings->operands), err);
    return on->merge.results != NULL && open_rows(on, settings, err) &&
           open_output(on, settings->output, err) &&
           bp_merge_run(&on->merge, &on->counts, &on->findings, err) &&
           (on->output == NULL || bp_output_commit(on->output, err));
}

/* ", 1,748 WORDS" where there are any, or `always`. */
static void add_count(char *text, size_t size, size_t count, const char *words, bool always)
{
    char digits[24], grouped[32];
    size_t used = strlen(text), at = 0;
    int length = snprintf(digits, sizeof digits, "%zu", count);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            grouped[at++] = ',';
        grouped[at++] = digits[i];
    }
    grouped[at] = '\0';
    if (count != 0 || always)
        (void)snprintf(text + used, size - used, "%s%s %s", used != 0 ? ", " : "", grouped, words);
}

/* "1,748 rows: 1,730 made, 18 failed, 0 missing". */
static void put_summary(const bp_merge_counts *counts, char *text, size_t size)
{
    char parts[256] = "", rows[64] = "";
    add_count(rows, sizeof rows, counts->rows, counts->rows == 1 ? "row" : "rows", true);
    add_count(parts, sizeof parts, counts->made, "made", true);
    add_count(parts, sizeof parts, counts->failed, "failed", true);
    add_count(parts, sizeof parts, counts->missing, "missing", true);
    add_count(parts, sizeof parts, counts->differing, "made differently", false);
    add_count(parts, sizeof parts, counts->spoilt, "not as they were made", false);
    add_count(parts, sizeof parts, counts->foreign, "not in the rows", false);
    (void)snprintf(text, size, "%s: %s", rows, parts);
}

int bp_batch_merge(const bp_settings *settings)
{
    merge_run on = {0};
    bp_error err = {0};
    char summary[384];
    (void)signal(SIGPIPE, SIG_IGN);
    bool ok = run(&on, settings, &err);
    put_summary(&on.counts, summary, sizeof summary);
    if (ok && on.counts.made != on.counts.rows)
        bp_fail(&err, BP_ERR_FINDINGS, NULL, "%s", summary);
    bp_message_outcome(&on.findings, &err, settings);
    if (err.code == BP_OK)
        bp_message_note("%s", summary);
    bp_output_free(on.output);
    bp_rows_close(on.merge.rows);
    bp_results_free(on.merge.results);
    bp_data_free(on.data);
    bp_inputs_clear(&on.inputs);
    bp_faults_clear(&on.findings);
    return bp_code_exit(err.code);
}
