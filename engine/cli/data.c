/* briefpress data: checks data and lists what is in it, in columns that a person reads and awk
 * cuts. Data is not code: it is read in this process, under the memory limit. A PDF is another
 * matter: data_report.c. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/messages.h"
#include "job/report.h"

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
        bp_columns_put(indicator->id, widest);
        bp_columns_put(last->qualifier == BP_EXACT ? "" : bp_qualifier_name(last->qualifier), 9);
        printf("%12s  ", value);
        bp_columns_put(unit, 14);
        bp_columns_put(last->period, 10);
        bp_columns_put(last->is_derived        ? "derived"
                       : last->citation.source ? last->citation.source->id
                                               : "-",
                       12);
        bp_columns_put(bp_text_in(data, indicator->label, language), 0);
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
        bp_columns_put(bp_table_id(table), 20);
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
        bp_columns_put(source->id, 20);
        bp_columns_put(source->date, 10);
        bp_columns_put(bp_text_in(data, source->title, language), 0);
        putchar('\n');
    }
}

static void put_all(const bp_data *data, const char *language)
{
    const bp_dataset *dataset = bp_data_dataset(data);
    bp_columns_put(bp_text_in(data, dataset->title, language), 0);
    fputs("\n  id         ", stdout);
    bp_columns_put(dataset->id, 0);
    fputs("\n  languages  ", stdout);
    for (size_t i = 0; i < dataset->language_count; i++) {
        fputs(i ? ", " : "", stdout);
        bp_columns_put(dataset->languages[i], 0);
    }
    fputs("\n  published  ", stdout);
    bp_columns_put(dataset->published[0] ? dataset->published : "-", 0);
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
        bp_columns_put(bp_data_check(data, i)->expression, 0);
        putchar('\n');
    }
}

/* The first input that is a PDF; NULL: none. */
static const char *find_report(const bp_settings *settings)
{
    for (size_t i = 0; i < BP_LIST_COUNT(&settings->operands); i++)
        if (bp_report_is_pdf(BP_LIST(&settings->operands)[i]))
            return BP_LIST(&settings->operands)[i];
    return NULL;
}

int bp_command_data(const bp_settings *settings)
{
    bp_inputs inputs = {0};
    bp_faults faults = {0};
    bp_error err = {0};
    const char *report =
        settings->extract != NULL ? BP_LIST(&settings->operands)[0] : find_report(settings);
    if (report != NULL && BP_LIST_COUNT(&settings->operands) == 1)
        return bp_data_report(settings, report);
    if (report != NULL)
        bp_fail(&err, BP_ERR_USAGE, report, "a PDF is listed alone");
    bp_mem.budget = settings->memory;
    bp_data *data = NULL;
    if (err.code == BP_OK && bp_inputs_data(&settings->operands, &inputs, &err))
        data = bp_data_load(inputs.job.inputs, inputs.job.input_count, &faults, &err);
    bp_message_outcome(&faults, &err, settings);
    if (data != NULL)
        put_all(data, settings->language);
    bp_data_free(data);
    bp_faults_clear(&faults);
    bp_inputs_clear(&inputs);
    return bp_message_finish(bp_code_exit(err.code));
}
