/* Reports as data: see report_data.h. */
#include "job/report_data.h"

#include "base/file.h"
#include "base/mem.h"
#include "job/carried.h"
#include "job/report.h"

/* An input that is no table and no PDF, or both, is as it was. */
static bool is_report(const bp_data_input *input)
{
    return input->table == NULL && input->bytes == NULL && bp_report_is_pdf(input->path);
}

static bool add_file(const bp_data_input *from, const bp_bundle_file *file, bp_report_data *data,
                     bp_error *err)
{
    bp_buf text = {0};
    char *name = bp_buf_format(&text, "%s/%s", from->path, file->path) ? bp_buf_take(&text) : NULL;
    bp_buf_clear(&text);
    const bp_data_input input = {.table = file->table,
                                 .path = from->path,
                                 .bytes = file->bytes.bytes != NULL ? file->bytes.bytes : "",
                                 .length = file->bytes.length,
                                 .name = name};
    if (name == NULL || !bp_buf_add(&data->names, &name, sizeof name)) {
        bp_free(name);
        return bp_fail_memory(err);
    }
    return bp_buf_add(&data->inputs, &input, sizeof input) || bp_fail_memory(err);
}

static bool add_report(const bp_job *job, const bp_data_input *input, bp_report_data *data,
                       bp_error *err)
{
    bp_file_map map;
    bp_carried *carried = bp_buf_push(&data->reports, sizeof *carried);
    if (carried == NULL)
        return bp_fail_memory(err);
    if (!bp_file_map_open(&map, input->path, err))
        return false;
    const bp_pdf_bytes pdf = {.name = input->path, .bytes = map.bytes, .length = map.size};
    bool ok = map.size <= BP_DATA_FILE_MOST ||
              bp_fail(err, BP_ERR_LIMIT, input->path,
                      "is larger than %u bytes, the most that is read", BP_DATA_FILE_MOST);
    ok = ok && bp_carried_take_data(&pdf, &job->limits, job->no_fork, carried, err);
    bp_file_map_clear(&map);
    for (size_t i = 0; ok && i < bp_bundle_count(&carried->files); i++)
        ok = add_file(input, bp_bundle_at(&carried->files, i), data, err);
    return ok;
}

bool bp_report_data_unfold(const bp_job *job, bp_report_data *data, bp_error *err)
{
    size_t count = job->script.carried == NULL && job->description == NULL ? job->input_count : 0;
    bool has_report = false, ok = true;
    *data = (bp_report_data){0};
    for (size_t i = 0; i < count; i++)
        has_report = has_report || is_report(&job->inputs[i]);
    for (size_t i = 0; has_report && ok && i < count; i++)
        ok = is_report(&job->inputs[i])
                 ? add_report(job, &job->inputs[i], data, err)
                 : bp_buf_add(&data->inputs, &job->inputs[i], sizeof job->inputs[i]) ||
                       bp_fail_memory(err);
    return ok;
}

void bp_report_data_clear(bp_report_data *data)
{
    for (size_t i = 0; i < BP_BUF_COUNT(&data->reports, bp_carried); i++)
        bp_carried_clear(&BP_BUF_ITEMS(&data->reports, bp_carried)[i]);
    for (size_t i = 0; i < BP_BUF_COUNT(&data->names, char *); i++)
        bp_free(BP_BUF_ITEMS(&data->names, char *)[i]);
    bp_buf_clear(&data->reports);
    bp_buf_clear(&data->names);
    bp_buf_clear(&data->inputs);
}
