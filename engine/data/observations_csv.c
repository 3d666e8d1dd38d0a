/* Observations from CSV in long format: one row an observation. Indicators must be declared by a
 * data file, before or after; so rows wait in a draft of the id, and link.c finds those that nobody
 * declared. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "data/csv.h"
#include "data/data_private.h"
#include "data/period.h"

typedef enum { ID, PERIOD, VALUE, QUALIFIER, STATUS, SOURCE, LOCATOR, HEADINGS } heading;
static const char *const heading_names[HEADINGS] = {"id",     "period", "value",  "qualifier",
                                                    "status", "source", "locator"};

typedef struct {
    bp_loader *loader;
    bp_csv csv;
    int at[HEADINGS]; /* Which field holds it; -1: none. */
} csv_reader;

static bp_origin origin_of(const csv_reader *r, const bp_field *field)
{
    return (bp_origin){
        {r->loader->file, (int)field->spot.line, (int)field->spot.column}, "", r->loader->input};
}

static int shown(const bp_field *field)
{
    return (int)bp_utf8_floor(field->text, field->length, 60);
}

static bool read_header(csv_reader *r)
{
    size_t count = BP_BUF_COUNT(&r->csv.fields, bp_field);
    bool ok = true;
    for (int h = 0; h < HEADINGS; h++)
        r->at[h] = -1;
    for (size_t i = 0; i < count; i++) {
        const bp_field *field = &BP_BUF_ITEMS(&r->csv.fields, bp_field)[i];
        bp_origin origin = origin_of(r, field);
        char name[64];
        int h = 0;
        (void)snprintf(name, sizeof name, "%.*s", shown(field), field->text);
        while (h < HEADINGS && strcmp(name, heading_names[h]) != 0)
            h++;
        if (h < HEADINGS && r->at[h] < 0) {
            r->at[h] = (int)i;
            continue;
        }
        const char *near = h == HEADINGS ? bp_nearest_name(heading_names, HEADINGS, name) : NULL;
        if (h < HEADINGS)
            bp_origin_fault(r->loader, &origin, NULL, "the heading \"%s\" stands twice", name);
        else if (near != NULL)
            bp_origin_fault(r->loader, &origin, NULL,
                            "unknown heading \"%s\"; did you mean \"%s\"?", name, near);
        else if (count == 1 && strchr(name, ';') != NULL)
            bp_origin_fault(r->loader, &origin, NULL,
                            "expected commas between the headings, found semicolons");
        else
            bp_origin_fault(r->loader, &origin, NULL,
                            "unknown heading \"%s\"; known are id, period, value, qualifier, "
                            "status, source, locator",
                            name);
        ok = false;
    }
    for (int h = ID; h <= VALUE && ok; h++)
        if (r->at[h] < 0) {
            bp_origin origin = origin_of(r, BP_BUF_ITEMS(&r->csv.fields, bp_field));
            bp_origin_fault(r->loader, &origin, NULL, "the heading \"%s\" is missing",
                            heading_names[h]);
            ok = false;
        }
    return ok;
}

/* The field under a heading, or NULL where there is none or it is empty. */
static const bp_field *field_of(const csv_reader *r, heading h)
{
    const bp_field *field =
        r->at[h] >= 0 ? &BP_BUF_ITEMS(&r->csv.fields, bp_field)[r->at[h]] : NULL;
    return field != NULL && field->length != 0 ? field : NULL;
}

static bool fault_field(csv_reader *r, heading h, const bp_field *field, const char *expected)
{
    const bp_field *at = field ? field : &BP_BUF_ITEMS(&r->csv.fields, bp_field)[r->at[h]];
    bp_origin origin = origin_of(r, at);
    if (field != NULL)
        bp_origin_fault(r->loader, &origin, heading_names[h], "expected %s, found \"%.*s\"",
                        expected, shown(field), field->text);
    else
        bp_origin_fault(r->loader, &origin, heading_names[h], "expected %s, found an empty field",
                        expected);
    return false;
}

static bool read_value(csv_reader *r, double *out)
{
    const bp_field *field = field_of(r, VALUE);
    if (field == NULL || field->length > BP_NUMBER_LENGTH ||
        !bp_decimal_read(field->text, field->length, out))
        return fault_field(r, VALUE, field, "a number such as 1748 or 34.8");
    if (fabs(*out) > BP_WHOLE_MOST)
        return fault_field(r, VALUE, field, "a number up to 2^53");
    return true;
}

static bool read_status(csv_reader *r, char *out)
{
    const bp_field *field = field_of(r, STATUS);
    *out = field ? field->text[0] : 'A';
    if (field != NULL && (field->length != 1 || strchr("AEP", field->text[0]) == NULL))
        return fault_field(r, STATUS, field, "A, E or P");
    return true;
}

static void read_locator(csv_reader *r, bp_text *out)
{
    const bp_field *field = field_of(r, LOCATOR);
    bp_translation *item = field ? bp_arena_take(&r->loader->data->arena, 1, sizeof *item) : NULL;
    if (field != NULL && item == NULL)
        r->loader->faults->refused = true;
    if (item == NULL)
        return;
    item->text = bp_loader_text(r->loader, field->text, field->length);
    *out = (bp_text){item, 1};
}

/* The draft of an indicator, made where no input has named it yet. */
static bp_indicator_draft *find_draft(csv_reader *r, const bp_field *field, const char *id)
{
    bp_data *data = r->loader->data;
    bp_entry *entry = bp_records_find(&data->indicators, id);
    if (entry != NULL)
        return entry->record;
    bp_indicator_draft *draft = bp_arena_take(&data->arena, 1, sizeof *draft);
    bp_origin origin = origin_of(r, field);
    origin.input = 0; /* Not declared: a data file may still do so. */
    if (draft == NULL) {
        r->loader->faults->refused = true;
        return NULL;
    }
    draft->it.id = bp_loader_text(r->loader, id, strlen(id));
    draft->it.decimals = draft->derivation.decimals = -1;
    if (bp_records_add(&data->indicators, &data->arena, draft, &origin) == NULL)
        r->loader->faults->refused = true;
    return draft;
}

static void read_row(csv_reader *r)
{
    const bp_field *id = field_of(r, ID), *period = field_of(r, PERIOD),
                   *source = field_of(r, SOURCE);
    const bp_field *qualifier = field_of(r, QUALIFIER);
    char name[104];
    bp_observation_draft draft = {0};
    bp_period time;
    (void)snprintf(name, sizeof name, "%.*s",
                   id ? (int)bp_utf8_floor(id->text, id->length, 101) : 0, id ? id->text : "");
    bool ok = bp_is_name(name) || fault_field(r, ID, id, "an indicator's id");
    if (period == NULL || !bp_period_read(period->text, period->length, &time))
        ok = fault_field(r, PERIOD, period, "a period such as 2021, 2021-Q3 or 2021-12-31");
    ok = read_value(r, &draft.it.value) && ok;
    ok = read_status(r, &draft.it.status) && ok;
    if (qualifier != NULL &&
        !bp_qualifier_read(qualifier->text, qualifier->length, &draft.it.qualifier))
        ok = fault_field(r, QUALIFIER, qualifier, "exact, more_than, at_least or about");
    if (!ok)
        return;
    bp_indicator_draft *indicator = find_draft(r, id, name);
    bp_arena *arena = &r->loader->data->arena;
    bp_observation_draft *kept =
        indicator ? bp_arena_push(arena, &indicator->observations, &indicator->observation_count,
                                  &indicator->observation_capacity, sizeof draft)
                  : NULL;
    if (kept == NULL) {
        r->loader->faults->refused = true;
        return;
    }
    *kept = draft;
    kept->origin = origin_of(r, BP_BUF_ITEMS(&r->csv.fields, bp_field));
    kept->it.where = kept->origin.where;
    kept->it.period = bp_loader_text(r->loader, period->text, period->length);
    read_locator(r, &kept->it.citation.locator);
    if (source != NULL) {
        kept->source.id = bp_loader_text(r->loader, source->text, source->length);
        kept->source.origin = origin_of(r, source);
        kept->source.origin.path = "source";
    }
}

void bp_read_observations_csv(bp_loader *loader, const char *bytes, size_t length)
{
    csv_reader r = {.loader = loader};
    bp_csv_begin(&r.csv, loader->file, bytes, length, loader->faults);
    if (!bp_csv_row(&r.csv)) {
        bp_origin origin = {{loader->file, 1, 1}, "", loader->input};
        if (!r.csv.is_broken)
            bp_origin_fault(loader, &origin, NULL, "expected a header: id,period,value and more");
    } else if (read_header(&r)) {
        size_t columns = BP_BUF_COUNT(&r.csv.fields, bp_field);
        while (bp_csv_row(&r.csv) && !loader->faults->refused) {
            size_t count = BP_BUF_COUNT(&r.csv.fields, bp_field);
            bp_origin origin = origin_of(&r, BP_BUF_ITEMS(&r.csv.fields, bp_field));
            if (count == columns)
                read_row(&r);
            else
                bp_origin_fault(loader, &origin, NULL,
                                "expected %zu fields as in the header, found %zu", columns, count);
        }
    }
    loader->is_broken = loader->is_broken || r.csv.is_broken;
    bp_csv_end(&r.csv);
}
