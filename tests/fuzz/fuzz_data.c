/* Rubbish as data: whatever the bytes, loading ends with a model or with faults, leaks nothing, and
 * what a model lends can be read. The first byte chooses the reader: C observations, T a table,
 * else JSON. A zero byte parts two inputs, so that merging is met too. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "data/data.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static size_t touch_text(const bp_data *data, bp_text text)
{
    return strlen(bp_text_in(data, text, "zh-Hant")) + bp_text_has(text, "en");
}

static size_t touch(const bp_data *data)
{
    size_t sum = touch_text(data, bp_data_dataset(data)->title);
    for (size_t i = 0; i < bp_data_indicator_count(data); i++) {
        const bp_indicator *one = bp_data_indicator(data, i);
        assert(one->observation_count > 0);
        sum += touch_text(data, one->label) + touch_text(data, one->unit_other);
        for (size_t n = 0; n < one->observation_count; n++) {
            assert(n == 0 ||
                   strcmp(one->observations[n - 1].period, one->observations[n].period) < 0);
            sum += touch_text(data, one->observations[n].wording);
        }
        for (size_t n = 0; n < one->part_count; n++)
            sum += strlen(one->parts[n]->id);
        assert(bp_data_find_indicator(data, one->id) == one);
    }
    for (size_t i = 0; i < bp_data_table_count(data); i++) {
        const bp_table *table = bp_data_table(data, i);
        for (size_t row = 0; row < bp_table_row_count(table); row++)
            for (size_t column = 0; column < bp_table_column_count(table); column++) {
                const char *text = "";
                double number = 0;
                if (bp_table_cell(table, row, column, NULL, &text, &number))
                    sum += strlen(text) + (number > 0);
            }
    }
    return sum;
}

static bp_data_bytes input_of(const char *bytes, size_t length)
{
    bp_data_bytes input = {NULL, "in.json", bytes, length};
    if (length != 0 && *bytes == 'C')
        input = (bp_data_bytes){NULL, "in.csv", bytes + 1, length - 1};
    else if (length != 0 && *bytes == 'T')
        input = (bp_data_bytes){"t", "in.csv", bytes + 1, length - 1};
    return input;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = length ? (const char *)bytes : "";
    const char *part = memchr(text, '\0', length);
    size_t first = part ? (size_t)(part - text) : length;
    bp_data_bytes inputs[2] = {input_of(text, first), {0}};
    bp_faults faults = {0};
    bp_error err = {0};
    if (part != NULL)
        inputs[1] = input_of(part + 1, length - first - 1);
    bp_data *data = bp_data_load_bytes(inputs, part ? 2 : 1, &faults, &err);
    assert((data == NULL) == (err.code != BP_OK));
    assert(data != NULL || bp_faults_count(&faults) != 0 || faults.refused);
    static volatile size_t sink;
    if (data != NULL)
        sink = touch(data);
    (void)sink;
    bp_data_free(data);
    bp_faults_clear(&faults);
    assert(bp_mem.live == 0);
    return 0;
}
