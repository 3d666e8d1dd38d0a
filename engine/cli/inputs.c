/* From settings to a job: see inputs.h. */
#include "cli/inputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"
#include "cli/editions.h"
#include "cli/encryption.h"
#include "job/pattern.h"

#define LEVEL_MOST 12 /* Of deflating. */

/* The name before "=", owned by `names`; NULL where it is refused. */
static char *keep_name(bp_buf *names, const char *text, size_t length, bp_error *err)
{
    char *name = bp_copy_bytes(text, length);
    if (name == NULL || !bp_buf_add(names, &name, sizeof name)) {
        bp_free(name);
        bp_fail_memory(err);
        return NULL;
    }
    return name;
}

size_t bp_inputs_table_name(const char *text)
{
    size_t length =
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return text[length] == '=' ? length : 0;
}

bool bp_inputs_data(const bp_buf *list, bp_inputs *inputs, bp_error *err)
{
    int standard = 0;
    for (size_t i = 0; i < BP_LIST_COUNT(list); i++) {
        const char *text = BP_LIST(list)[i];
        size_t length = bp_inputs_table_name(text);
        bp_data_input input = {.path = length ? text + length + 1 : text};
        if (input.path[0] == '\0')
            return bp_fail(err, BP_ERR_USAGE, NULL, "--data %s names no file", text);
        if (strcmp(input.path, "-") == 0 && standard++ > 0)
            return bp_fail(err, BP_ERR_USAGE, NULL, "standard input can be read once only");
        if (length != 0 && (input.table = keep_name(&inputs->names, text, length, err)) == NULL)
            return false;
        if (!bp_buf_add(&inputs->data, &input, sizeof input))
            return bp_fail_memory(err);
    }
    inputs->job.inputs = BP_BUF_ITEMS(&inputs->data, bp_data_input);
    inputs->job.input_count = BP_BUF_COUNT(&inputs->data, bp_data_input);
    return true;
}

/* "KEY=VALUE"; a key given twice keeps the later value, in the earlier place. */
static bool add_parameter(const char *text, bp_inputs *inputs, bp_error *err)
{
    const char *sign = strchr(text, '=');
    if (sign == NULL || sign == text)
        return bp_fail(err, BP_ERR_USAGE, NULL, "--param: expected KEY=VALUE, got \"%s\"", text);
    size_t length = (size_t)(sign - text);
    for (size_t i = 0; i < BP_BUF_COUNT(&inputs->parameters, bp_parameter); i++) {
        bp_parameter *known = &BP_BUF_ITEMS(&inputs->parameters, bp_parameter)[i];
        if (strncmp(known->key, text, length) == 0 && known->key[length] == '\0') {
            known->value = sign + 1;
            return true;
        }
    }
    bp_parameter parameter = {.key = keep_name(&inputs->keys, text, length, err),
                              .value = sign + 1};
    return parameter.key != NULL &&
           (bp_buf_add(&inputs->parameters, &parameter, sizeof parameter) || bp_fail_memory(err));
}

static bool put_moment(bp_moment moment, char out[32])
{
    return snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", moment.year, moment.month,
                    moment.day, moment.hour, moment.minute, moment.second) < 32;
}

/* --date, else SOURCE_DATE_EPOCH, as reproducible-builds.org defines it; else none. */
static bool take_date(const bp_settings *settings, bp_inputs *inputs, bp_error *err)
{
    bp_moment moment;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (settings->date != NULL) {
        if (!bp_moment_read(settings->date, &moment))
            return bp_fail(
                err, BP_ERR_USAGE, NULL,
                "--date: expected a date as 2022-09-03 or 2022-09-03T10:00:00Z, got \"%s\"",
                settings->date);
        inputs->job.script.date = settings->date;
    } else if (epoch != NULL && epoch[0] != '\0') {
        size_t digits = strspn(epoch, "0123456789");
        if (epoch[digits] != '\0' || digits > 12 || strtoll(epoch, NULL, 10) > 253402300799)
            return bp_fail(err, BP_ERR_USAGE, NULL,
                           "SOURCE_DATE_EPOCH: expected seconds since 1970, got \"%s\"", epoch);
        (void)put_moment(bp_moment_from_epoch(strtoll(epoch, NULL, 10)), inputs->date);
        inputs->job.script.date = inputs->date;
    }
    return true;
}

char *bp_inputs_layout_name(const bp_settings *settings, bp_error *err)
{
    const char *name = bp_path_name(BP_LIST(&settings->operands)[0]);
    size_t length = strlen(name);
    if (length > 4 && strcmp(name + length - 4, ".lua") == 0)
        length -= 4;
    char *copy = bp_copy_bytes(name, length);
    if (copy == NULL)
        bp_fail_memory(err);
    return copy;
}

/* The layout's name with .pdf, in the working folder. */
static char *default_output(const bp_settings *settings, bp_error *err)
{
    char *name = bp_inputs_layout_name(settings, err);
    bp_buf path = {0};
    bool ok = name != NULL && (bp_buf_format(&path, "%s.pdf", name) || bp_fail_memory(err));
    bp_free(name);
    return ok ? bp_buf_take(&path) : NULL;
}

/* NULL where -o is a path and fits as it is. */
static bool take_output(const bp_settings *settings, bp_inputs *inputs, bp_error *err)
{
    if (settings->output != NULL && !bp_pattern_is(settings->output))
        return true;
    inputs->output = settings->output == NULL ? default_output(settings, err)
                                              : bp_editions_output(settings, inputs, err);
    return inputs->output != NULL;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && S_ISREG(one.st_mode) &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* A slip of the hand must not cost anybody their layout or data. */
static bool check_output(const bp_inputs *inputs, bp_error *err)
{
    const bp_job *job = &inputs->job;
    const char *written[] = {job->output, job->trace_file};
    for (size_t i = 0; i < 2; i++) {
        if (written[i] == NULL || strcmp(written[i], "-") == 0)
            continue;
        bool is_input = is_same_file(written[i], job->script.layout);
        for (size_t j = 0; j < job->input_count; j++)
            is_input = is_input || is_same_file(written[i], job->inputs[j].path);
        if (is_input)
            return bp_fail(err, BP_ERR_USAGE, written[i],
                           "is an input of this run and would be overwritten");
    }
    if (job->output != NULL && job->trace_file != NULL &&
        (strcmp(job->output, job->trace_file) == 0 || is_same_file(job->output, job->trace_file)))
        return bp_fail(err, BP_ERR_USAGE, job->output, "is named for the PDF and for the trace");
    return true;
}

bool bp_inputs_make(const bp_settings *settings, bool has_output, bp_inputs *inputs, bp_error *err)
{
    *inputs = (bp_inputs){0};
    bp_job *job = &inputs->job;
    const char *layout = BP_LIST(&settings->operands)[0];
    if (!bp_inputs_data(&settings->data, inputs, err) || !take_date(settings, inputs, err))
        return false;
    for (size_t i = 0; i < BP_LIST_COUNT(&settings->parameters); i++)
        if (!add_parameter(BP_LIST(&settings->parameters)[i], inputs, err))
            return false;
    if (!bp_editions_begin(settings, has_output, inputs, err) ||
        (has_output && !take_output(settings, inputs, err)))
        return false;
    if (!bp_places_find(settings->library, &inputs->places, err))
        return false;
    job->script.layout = layout;
    job->script.library = inputs->places.chosen;
    job->script.read_folders = BP_LIST(&settings->read_folders);
    job->script.read_folder_count = BP_LIST_COUNT(&settings->read_folders);
    job->script.hyphen_folders = BP_LIST(&settings->hyphen_folders);
    job->script.hyphen_folder_count = BP_LIST_COUNT(&settings->hyphen_folders);
    job->script.language = settings->language;
    job->script.parameters = BP_BUF_ITEMS(&inputs->parameters, bp_parameter);
    job->script.parameter_count = BP_BUF_COUNT(&inputs->parameters, bp_parameter);
    job->script.allow_missing = settings->allow_missing;
    job->script.boxes = settings->boxes;
    job->script.ranges = BP_BUF_ITEMS(&settings->ranges, bp_page_range);
    job->script.range_count = BP_BUF_COUNT(&settings->ranges, bp_page_range);
    job->script.deflate_level =
        settings->optimize && settings->deflate_level < 0 ? LEVEL_MOST : settings->deflate_level;
    job->rewrite.is_linear = settings->web;
    if (!bp_inputs_encryption(settings, inputs, err))
        return false;
    job->script.standards = settings->standards;
    job->script.no_tags = settings->no_tags;
    job->manifest = inputs->places.manifest;
    job->font_folders = BP_LIST(&settings->font_folders);
    job->font_folder_count = BP_LIST_COUNT(&settings->font_folders);
    job->system_fonts = !settings->no_system_fonts;
    job->output = !has_output ? NULL : inputs->output ? inputs->output : settings->output;
    job->trace_file = settings->trace;
    if (settings->max_age != NULL && !bp_age_limit_read(settings->max_age, &job->max_age))
        return bp_fail(
            err, BP_ERR_USAGE, NULL,
            "--max-age: expected warn, refuse, or days or weeks as 45d or 6w, got \"%s\"",
            settings->max_age);
    job->if_changed = has_output && settings->if_changed; /* A trial has nothing to compare with. */
    job->no_attachments = settings->no_attachments;
    job->limits = (bp_limits){.seconds = settings->seconds,
                              .memory_bytes = settings->memory,
                              .pages = settings->pages,
                              .output_bytes = settings->output_bytes};
    job->no_fork = settings->no_fork;
    return check_output(inputs, err) && (inputs->output == NULL || settings->output == NULL ||
                                         bp_pattern_make_folders(inputs->output, err));
}

static void clear_names(bp_buf *names)
{
    for (size_t i = 0; i < BP_BUF_COUNT(names, char *); i++)
        bp_free(BP_BUF_ITEMS(names, char *)[i]);
    bp_buf_clear(names);
}

void bp_inputs_clear(bp_inputs *inputs)
{
    bp_places_clear(&inputs->places);
    bp_buf_clear(&inputs->data);
    clear_names(&inputs->names);
    bp_buf_clear(&inputs->parameters);
    clear_names(&inputs->keys);
    bp_free(inputs->output);
    bp_free(inputs->naming.layout);
    bp_buf_clear(&inputs->naming.values);
    bp_buf_clear(&inputs->passwords);
    *inputs = (bp_inputs){0};
}
