/* The public C API: see briefpress.h. A thin coat: options become a job, errors are copied out. */
#include "briefpress.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "job/job.h"
#include "job/places.h"

const char *briefpress_version(void)
{
    return BP_VERSION;
}

void briefpress_options_init(briefpress_options *options)
{
    *options =
        (briefpress_options){.size = sizeof *options,
                             .max_seconds = bp_limits_default.seconds,
                             .max_memory = bp_limits_default.memory_bytes,
                             .max_pages = bp_limits_default.pages,
                             .max_output = bp_limits_default.output_bytes,
                             .deflate_level = -1,
                             .permissions = BRIEFPRESS_PERMIT_PRINT | BRIEFPRESS_PERMIT_COPY};
}

static bool answer(briefpress_error *error, const bp_error *err)
{
    if (error != NULL) {
        *error = (briefpress_error){.code = bp_code_exit(err->code)};
        (void)snprintf(error->name, sizeof error->name, "%s", bp_code_name(err->code));
        memcpy(error->place, err->place, sizeof error->place);
        memcpy(error->message, err->text, sizeof error->message);
        memcpy(error->excerpt, err->excerpt, sizeof error->excerpt);
        memcpy(error->trace, err->trace, sizeof error->trace);
    }
    return err->code == BP_OK;
}

static void report_all(const briefpress_options *options, const bp_faults *findings)
{
    for (size_t i = 0; options->report != NULL && i < bp_faults_count(findings); i++) {
        const bp_fault *fault = bp_faults_at(findings, i);
        options->report(options->owner, bp_code_exit(fault->code), fault->place, fault->text);
    }
}

/* The two structs are alike, but theirs must not change when ours do. */
static bool copy_inputs(const briefpress_options *options, bp_buf *inputs, bp_error *err)
{
    for (size_t i = 0; i < options->input_count; i++) {
        bp_data_input input = {.table = options->inputs[i].table, .path = options->inputs[i].path};
        if (input.path == NULL)
            return bp_fail(err, BP_ERR_USAGE, NULL, "input %zu has no path", i + 1);
        if (!bp_buf_add(inputs, &input, sizeof input))
            return bp_fail_memory(err);
    }
    return true;
}

static bool copy_parameters(const briefpress_options *options, bp_buf *parameters, bp_error *err)
{
    for (size_t i = 0; i < options->parameter_count; i++) {
        bp_parameter parameter = {options->parameters[i].key, options->parameters[i].value};
        if (parameter.key == NULL || parameter.value == NULL)
            return bp_fail(err, BP_ERR_USAGE, NULL, "parameter %zu has no key or no value", i + 1);
        if (!bp_buf_add(parameters, &parameter, sizeof parameter))
            return bp_fail_memory(err);
    }
    return true;
}

static bool check_options(const briefpress_options *options, bool needs_layout, bp_error *err)
{
    bp_moment moment;
    if (options->size < sizeof *options)
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "the options were not begun with briefpress_options_init");
    if (needs_layout && options->layout == NULL)
        return bp_fail(err, BP_ERR_USAGE, NULL, "no layout is named");
    if (options->date != NULL && !bp_moment_read(options->date, &moment))
        return bp_fail(err, BP_ERR_USAGE, NULL,
                       "\"%s\" is no date as 2022-09-03 or 2022-09-03T10:00:00Z", options->date);
    if (options->deflate_level < -1 || options->deflate_level > 12)
        return bp_fail(err, BP_ERR_USAGE, NULL, "deflate_level must be -1 to 12, got %d",
                       options->deflate_level);
    return true;
}

static bool read_standards(const briefpress_options *options, unsigned *standards, bp_error *err)
{
    bp_error wrong = {0};
    return options->standard == NULL || bp_standards_read(options->standard, standards, &wrong) ||
           bp_fail(err, BP_ERR_USAGE, NULL, "standard: %s", wrong.text);
}

/* Runs the options as a job: to a file, to memory, or neither (a check). */
static bool run(const briefpress_options *options, const char *output, bp_buf *memory,
                bp_faults *findings, bp_error *err)
{
    bp_buf inputs = {0}, parameters = {0};
    bp_places places = {0};
    bp_job_result result;
    unsigned standards = 0;
    const bp_encryption encryption = {options->user_password, options->owner_password,
                                      options->permissions};
    bool is_encrypted = options->user_password != NULL || options->owner_password != NULL;
    bool ok = check_options(options, true, err) &&
              (!is_encrypted || bp_encryption_check(&encryption, err)) &&
              read_standards(options, &standards, err) && copy_inputs(options, &inputs, err) &&
              copy_parameters(options, &parameters, err) &&
              bp_places_find(options->library, &places, err);
    if (ok) {
        bp_job job = {
            .script = {.layout = options->layout,
                       .library = places.chosen,
                       .read_folders = options->read_folders,
                       .read_folder_count = options->read_folder_count,
                       .hyphen_folders = options->hyphen_folders,
                       .hyphen_folder_count = options->hyphen_folder_count,
                       .allow_missing = options->allow_missing,
                       .language = options->language,
                       .parameters = BP_BUF_ITEMS(&parameters, bp_parameter),
                       .parameter_count = options->parameter_count,
                       .date = options->date,
                       .deflate_level = options->deflate_level,
                       .standards = standards,
                       .no_tags = options->no_tags},
            .inputs = BP_BUF_ITEMS(&inputs, bp_data_input),
            .input_count = options->input_count,
            .manifest = places.manifest,
            .font_folders = options->font_folders,
            .font_folder_count = options->font_folder_count,
            .system_fonts = !options->no_system_fonts,
            .output = output,
            .memory = memory,
            .limits = {.seconds = options->max_seconds,
                       .memory_bytes = options->max_memory,
                       .pages = options->max_pages,
                       .output_bytes = options->max_output},
            .rewrite = {.is_linear = options->web, .encryption = is_encrypted ? &encryption : NULL},
            .no_attachments = options->no_attachments,
            .if_changed = options->if_changed,
            .no_fork = options->in_process};
        ok = bp_job_run(&job, &result, findings, err);
    }
    if (options->outcome != NULL) /* Theirs are named in the order of ours. */
        *options->outcome =
            ok ? (briefpress_outcome)result.outcome : (briefpress_outcome)bp_outcome_of(err->code);
    bp_places_clear(&places);
    bp_buf_clear(&parameters);
    bp_buf_clear(&inputs);
    return ok;
}

bool briefpress_render_file(const briefpress_options *options, const char *output,
                            briefpress_error *error)
{
    bp_error err = {0};
    bp_faults findings = {0};
    if (output == NULL)
        bp_fail(&err, BP_ERR_USAGE, NULL, "no output is named");
    else
        (void)run(options, output, NULL, &findings, &err);
    report_all(options, &findings);
    bp_faults_clear(&findings);
    return answer(error, &err);
}

bool briefpress_render_memory(const briefpress_options *options, unsigned char **pdf,
                              size_t *length, briefpress_error *error)
{
    bp_error err = {0};
    bp_faults findings = {0};
    bp_buf bytes = {0};
    *pdf = NULL;
    *length = 0;
    if (run(options, NULL, &bytes, &findings, &err)) {
        *length = bytes.length;
        *pdf = (unsigned char *)bytes.bytes;
    } else {
        bp_buf_clear(&bytes);
    }
    report_all(options, &findings);
    bp_faults_clear(&findings);
    return answer(error, &err);
}

bool briefpress_check(const briefpress_options *options, briefpress_error *error)
{
    bp_error err = {0};
    bp_faults findings = {0};
    size_t found = 0;
    if (run(options, NULL, NULL, &findings, &err))
        found = bp_faults_count(&findings) + findings.dropped;
    if (found != 0)
        bp_fail(&err, BP_ERR_FINDINGS, options->layout, "%zu finding%s", found,
                found == 1 ? "" : "s");
    report_all(options, &findings);
    bp_faults_clear(&findings);
    return answer(error, &err);
}

bool briefpress_check_data(const briefpress_options *options, briefpress_error *error)
{
    bp_error err = {0};
    bp_faults faults = {0};
    bp_buf inputs = {0};
    size_t budget = bp_mem.budget;
    if (check_options(options, false, &err) && copy_inputs(options, &inputs, &err)) {
        bp_mem.over_budget = false;
        bp_mem.budget = options->max_memory != 0 ? bp_mem.bytes + options->max_memory : 0;
        bp_data_free(bp_data_load(BP_BUF_ITEMS(&inputs, bp_data_input), options->input_count,
                                  &faults, &err));
        bp_mem.budget = budget;
    }
    bp_buf_clear(&inputs);
    report_all(options, &faults);
    bp_faults_clear(&faults);
    return answer(error, &err);
}

void briefpress_free(void *bytes)
{
    bp_free(bytes);
}
