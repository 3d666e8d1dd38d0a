/* What the rows of a batch are made from: the options and parameters as one digest, the files by
 * their numbers in the results. By these --resume knows whether a PDF is still what it would
 * become.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "job/batch_private.h"
#include "job/fingerprint.h"

/* Adds the number of a file to a list; one that cannot be read, or is no plain file, is left out.
 */
static bool name_file(bp_batch_inputs *inputs, const bp_batch *batch, const char *path,
                      bp_buf *numbers, bp_error *err)
{
    size_t length = strlen(path);
    uint32_t *known = bp_digests_find(&inputs->known, path, length);
    uint32_t number = known != NULL ? *known : 0;
    if (number == 0) {
        char sha256[65];
        size_t bytes;
        bp_error missing = {0};
        if (!bp_result_hash(path, 0, sha256, &bytes, &missing))
            return missing.code != BP_ERR_MEMORY || bp_fail_memory(err);
        number = bp_results_name(batch->results, path, sha256, err);
        if (number == 0)
            return false;
        known = bp_digests_add(&inputs->known, path, length);
        if (known == NULL)
            return bp_fail_memory(err);
        *known = number;
    }
    return bp_buf_add(numbers, &number, sizeof number) || bp_fail_memory(err);
}

bool bp_batch_inputs_open(bp_batch_inputs *inputs, const bp_batch *batch, bp_error *err)
{
    const bp_job *job = batch->job;
    bp_buf program = {0};
    bool ok = bp_program_print(job, &program) || bp_fail_memory(err);
    bp_hash_init(&inputs->program);
    bp_hash_add(&inputs->program, program.bytes, program.length);
    bp_buf_clear(&program);
    ok = ok &&
         (job->manifest == NULL || name_file(inputs, batch, job->manifest, &inputs->shared, err));
    for (size_t i = 0; ok && i < job->input_count; i++)
        ok = name_file(inputs, batch, job->inputs[i].path, &inputs->shared, err);
    return ok;
}

void bp_batch_inputs_clear(bp_batch_inputs *inputs)
{
    bp_digests_clear(&inputs->known);
    bp_buf_clear(&inputs->shared);
}

bool bp_batch_inputs_print(const bp_batch_inputs *inputs, const bp_batch *batch,
                           const bp_parameter *parameters, size_t count, char out[BP_PRINT_SIZE],
                           bp_error *err)
{
    bp_job row = *batch->job;
    bp_hash hash = inputs->program;
    unsigned char print[32];
    char options[BP_PRINT_SIZE];
    row.script.parameters = parameters;
    row.script.parameter_count = count;
    if (!bp_options_print(&row, "", options, err))
        return false;
    bp_hash_add(&hash, options, sizeof options);
    bp_hash_end(&hash, print);
    bp_print_put(print, out);
    return true;
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return one < other ? -1 : one > other;
}

/* Sorts, and takes out what stands there twice. */
static void tidy(bp_buf *numbers)
{
    uint32_t *items = BP_BUF_ITEMS(numbers, uint32_t);
    size_t count = BP_BUF_COUNT(numbers, uint32_t), kept = 0;
    if (count == 0)
        return;
    qsort(items, count, sizeof *items, compare_numbers);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || items[i] != items[kept - 1])
            items[kept++] = items[i];
    numbers->length = kept * sizeof *items;
}

bool bp_batch_inputs_name(bp_batch_inputs *inputs, const bp_batch *batch, const bp_buf *files,
                          bp_buf *numbers, bp_error *err)
{
    bool ok = inputs->shared.length == 0 ||
              bp_buf_add(numbers, inputs->shared.bytes, inputs->shared.length) ||
              bp_fail_memory(err);
    for (const char *at = files->bytes; ok && at != NULL && at < files->bytes + files->length;
         at += strlen(at) + 1)
        ok = name_file(inputs, batch, at, numbers, err);
    tidy(numbers);
    return ok;
}
