/* briefpress data: checks data and lists what is in it, in columns that a person reads and awk
 * cuts. Data is not code: it is read in this process, under the memory limit. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/messages.h"

/* Prints a text in a column of `width` characters, on one line whatever it holds. Han characters
 * count as two. */
static void put_cell(const char *text, size_t width)
{
    size_t length = strlen(text), used = 0;
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t c = bp_utf8_next(text, length, &at);
        used += bp_columns_of(c);
        if (c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == BP_UTF8_BAD)
            putchar(' ');
        else
            (void)fwrite(text + from, 1, at - from, stdout);
    }
    if (width != 0)
        printf("%*s  ", used < width ? (int)(width - used) : 0, "");
}

/* A given number as it was given; what was computed, or is one over three, with the decimals of its
 * indicator, which are -1 where it says nothing: then without its noise. */
static void write_value(const bp_observation *seen, int decimals, char out[BP_NUMBER_SIZE])
{
    (void)bp_number_exact(seen->value, out);
    size_t digits = 0;
    for (const char *at = out; *at != '\0' && *at != 'e'; at++)
        digits += *at >= (digits == 0 ? '1' : '0') && *at <= '9';
    char rounded[BP_NUMBER_SIZE]; /* Nobody writes more than 15 digits and means them. */
    if ((seen->is_derived || digits > 15) &&
        bp_number_put(seen->value, decimals < 0 ? 6 : decimals, rounded) != 0)
        memcpy(out, rounded, sizeof rounded);
}

static void put_indicators(const bp_data *data, const char *language)
{
    size_t count = bp_data_indicator_count(data);
    printf("\nindicators (%zu)\n", count);
    size_t widest = 4;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(bp_data_indicator(data, i)->id);
        widest = length > widest && length <= 40 ? length : widest;
    }
    for (size_t i = 0; i < count; i++) {
        const bp_indicator *indicator = bp_data_indicator(data, i);
        const bp_observation *last = &indicator->observations[indicator->observation_count - 1];
        char value[BP_NUMBER_SIZE] = "";
        write_value(last, indicator->decimals, value);
        const char *symbol = bp_text_in(data, indicator->unit_symbol, language);
        const char *unit =
            symbol[0]
                ? symbol
                : bp_text_in(data, last->value == 1 ? indicator->unit_one : indicator->unit_other,
                             language);
        fputs("  ", stdout);
        put_cell(indicator->id, widest);
        put_cell(last->qualifier == BP_EXACT ? "" : bp_qualifier_name(last->qualifier), 9);
        printf("%12s  ", value);
        put_cell(unit, 14);
        put_cell(last->period, 10);
        put_cell(last->is_derived        ? "derived"
                 : last->citation.source ? last->citation.source->id
                                         : "-",
                 12);
        put_cell(bp_text_in(data, indicator->label, language), 0);
        putchar('\n');
    }
}

static void put_tables(const bp_data *data)
{
    size_t count = bp_data_table_count(data);
    if (count == 0)
        return;
    printf("\ntables (%zu)\n", count);
    for (size_t i = 0; i < count; i++) {
        const bp_table *table = bp_data_table(data, i);
        fputs("  ", stdout);
        put_cell(bp_table_id(table), 20);
        printf("%zu rows, %zu columns\n", bp_table_row_count(table), bp_table_column_count(table));
    }
}

static void put_sources(const bp_data *data, const char *language)
{
    size_t count = bp_data_source_count(data);
    printf("\nsources (%zu)\n", count);
    for (size_t i = 0; i < count; i++) {
        const bp_source *source = bp_data_source(data, i);
        fputs("  ", stdout);
        put_cell(source->id, 20);
        put_cell(source->date, 10);
        put_cell(bp_text_in(data, source->title, language), 0);
        putchar('\n');
    }
}

static void put_all(const bp_data *data, const char *language)
{
    const bp_dataset *dataset = bp_data_dataset(data);
    put_cell(bp_text_in(data, dataset->title, language), 0);
    fputs("\n  id         ", stdout);
    put_cell(dataset->id, 0);
    fputs("\n  languages  ", stdout);
    for (size_t i = 0; i < dataset->language_count; i++) {
        fputs(i ? ", " : "", stdout);
        put_cell(dataset->languages[i], 0);
    }
    fputs("\n  published  ", stdout);
    put_cell(dataset->published[0] ? dataset->published : "-", 0);
    putchar('\n');
    put_indicators(data, language);
    put_tables(data);
    put_sources(data, language);
    printf("\nlists\n  milestones %zu, policies %zu, partners %zu\n",
           bp_data_statement_count(data, BP_MILESTONES), bp_data_statement_count(data, BP_POLICIES),
           bp_data_statement_count(data, BP_PARTNERS));
    printf("\nchecks (%zu), all hold\n", bp_data_check_count(data));
    for (size_t i = 0; i < bp_data_check_count(data); i++) {
        fputs("  ", stdout);
        put_cell(bp_data_check(data, i)->expression, 0);
        putchar('\n');
    }
}

int bp_command_data(const bp_settings *settings)
{
    bp_inputs inputs = {0};
    bp_faults faults = {0};
    bp_error err = {0};
    bp_mem.budget = settings->memory;
    bp_data *data = NULL;
    if (bp_inputs_data(&settings->operands, &inputs, &err))
        data = bp_data_load(inputs.job.inputs, inputs.job.input_count, &faults, &err);
    bp_message_outcome(&faults, &err, settings);
    if (data != NULL)
        put_all(data, settings->language);
    bp_data_free(data);
    bp_faults_clear(&faults);
    bp_inputs_clear(&inputs);
    return bp_message_finish(bp_code_exit(err.code));
}
