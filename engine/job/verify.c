/* Verifying: see verify.h. The layout that comes out of a PDF is a stranger's code, so it runs
 * where any layout runs, in a worker under limits; and it is given nothing to read but what the
 * report carries. This process compares the bytes. */
#include "job/verify.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "data/colophon.h"

static const char *layout_of(const bp_bundle *files)
{
    for (size_t i = 0; i < bp_bundle_count(files); i++)
        if (bp_bundle_at(files, i)->role == BP_ROLE_LAYOUT)
            return bp_bundle_at(files, i)->path;
    return NULL;
}

static bool take_parameters(const bp_buf *pairs, bp_buf *parameters, bp_error *err)
{
    for (size_t i = 0; i < BP_BUF_COUNT(pairs, bp_colophon_pair); i++) {
        const bp_colophon_pair *pair = &BP_BUF_ITEMS(pairs, const bp_colophon_pair)[i];
        const bp_parameter parameter = {pair->name, pair->text};
        if (!bp_buf_add(parameters, &parameter, sizeof parameter))
            return bp_fail_memory(err);
    }
    return true;
}

/* Renders the report again into `made`. */
static bool make_again(const bp_verification *task, const bp_carried *carried, bp_buf *made,
                       bp_faults *findings, bp_error *err)
{
    bp_job job = task->job;
    bp_script_options *script = &job.script;
    bp_job_result result;
    bp_buf ranges = {0}, parameters = {0};
    script->layout = layout_of(&carried->files);
    script->carried = &carried->files;
    bool ok = script->layout != NULL ||
              bp_fail(err, BP_ERR_DATA, task->path, "cannot be made again: it carries no layout");
    bp_error trouble = {0};
    ok = ok &&
         (bp_script_options_take(&carried->options, script, &ranges, &trouble) ||
          bp_fail(err, trouble.code, task->path, BP_COLOPHON_FILE " in it: %s", trouble.text)) &&
         take_parameters(&carried->parameters, &parameters, err);
    if (ok) {
        script->parameters = BP_BUF_ITEMS(&parameters, bp_parameter);
        script->parameter_count = BP_BUF_COUNT(&parameters, bp_parameter);
        job.system_fonts = job.system_fonts && !script->no_system_fonts;
        job.rewrite.is_linear = script->is_linear;
        job.memory = made;
        ok = bp_job_run(&job, &result, findings, err);
    }
    bp_buf_clear(&ranges);
    bp_buf_clear(&parameters);
    return ok;
}

/* A report that was changed says so before all else. */
static bool tell_changed(const bp_carried *carried, bp_buf *told, bp_error *err)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&carried->changed, char *); i++) {
        bp_buf text = {0};
        char *sentence = bp_buf_format(&text, "%s in it was changed after the report was made",
                                       BP_BUF_ITEMS(&carried->changed, char *)[i])
                             ? bp_buf_take(&text)
                             : NULL;
        bp_buf_clear(&text);
        if (sentence == NULL || !bp_buf_add(told, &sentence, sizeof sentence)) {
            bp_free(sentence);
            return bp_fail_memory(err);
        }
    }
    return true;
}

static bool verify(const bp_verification *task, const bp_pdf_bytes *pdf, bp_verdict *verdict,
                   bp_faults *findings, bp_error *err)
{
    const bp_job *job = &task->job;
    bp_carried *carried = &verdict->carried;
    if (!bp_carried_take(pdf, &job->limits, job->no_fork, carried, err))
        return false;
    verdict->pages = carried->pages;
    bp_buf made = {0};
    bool ok = tell_changed(carried, &verdict->told, err) &&
              make_again(task, carried, &made, findings, err);
    if (ok) {
        verdict->is_equal =
            made.length == pdf->length && memcmp(made.bytes, pdf->bytes, made.length) == 0;
        const bp_pdf_bytes again = {"the report made again", made.bytes, made.length};
        ok = verdict->is_equal ||
             bp_carried_compare(pdf, &again, &job->limits, job->no_fork, &verdict->told, err);
    }
    bp_buf_clear(&made);
    return ok;
}

bool bp_verify_run(const bp_verification *task, bp_verdict *verdict, bp_faults *findings,
                   bp_error *err)
{
    bp_error own = {0};
    bp_buf bytes = {0};
    *verdict = (bp_verdict){0};
    if (err == NULL)
        err = &own;
    bool ok = bp_file_read(task->path, task->job.limits.output_bytes, &bytes, err);
    if (ok) {
        const bp_pdf_bytes pdf = {.name = strcmp(task->path, "-") == 0 ? "<stdin>" : task->path,
                                  .bytes = bytes.bytes != NULL ? bytes.bytes : "",
                                  .length = bytes.length};
        verdict->bytes = bytes.length;
        ok = verify(task, &pdf, verdict, findings, err);
    }
    bp_buf_clear(&bytes);
    return ok;
}

void bp_verdict_clear(bp_verdict *verdict)
{
    bp_carried_clear(&verdict->carried);
    for (size_t i = 0; i < BP_BUF_COUNT(&verdict->told, char *); i++)
        bp_free(BP_BUF_ITEMS(&verdict->told, char *)[i]);
    bp_buf_clear(&verdict->told);
    *verdict = (bp_verdict){0};
}
