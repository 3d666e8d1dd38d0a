/* Linking: when all inputs are read, ids become pointers, what must be there is asked for, and the
 * observations of each indicator are put in order. */
#include <stdlib.h>
#include <string.h>

#include "data/data_private.h"

static bool is_said(bp_text text)
{
    for (size_t i = 0; i < text.count; i++)
        if (text.items[i].text[0] == '\0')
            return false;
    return text.count != 0;
}

static void require_text(bp_loader *loader, const bp_origin *origin, bp_text text, const char *name)
{
    if (text.count == 0)
        bp_origin_fault(loader, origin, NULL, "\"%s\" is missing", name);
    else if (!is_said(text))
        bp_origin_fault(loader, origin, NULL, "\"%s\" is empty", name);
}

static void fault_unknown(bp_loader *loader, const bp_records *records,
                          const bp_reference *reference, const char *what)
{
    const char *near = bp_faults_count(loader->faults) < BP_FAULTS_MOST
                           ? bp_records_nearest(records, reference->id)
                           : NULL;
    if (near != NULL)
        bp_origin_fault(loader, &reference->origin, NULL, "no %s \"%.100s\"; did you mean \"%s\"?",
                        what, reference->id, near);
    else
        bp_origin_fault(loader, &reference->origin, NULL, "no %s \"%.100s\"", what, reference->id);
}

/* The record an id stands for, or NULL; an unknown one is a fault. */
static void *resolve(bp_loader *loader, const bp_records *records, const bp_reference *reference,
                     const char *what)
{
    if (reference->id == NULL)
        return NULL;
    const bp_entry *entry = bp_records_find(records, reference->id);
    if (entry != NULL)
        return entry->record;
    fault_unknown(loader, records, reference, what);
    return NULL;
}

static bool same_language(const char *a, const char *b)
{
    size_t first = strcspn(a, "-");
    return first == strcspn(b, "-") && strncmp(a, b, first) == 0;
}

static void link_dataset(bp_loader *loader)
{
    bp_data *data = loader->data;
    bp_dataset *dataset = &data->dataset;
    if (data->dataset_origin.input != 0) {
        if (*dataset->id == '\0')
            bp_origin_fault(loader, &data->dataset_origin, NULL, "\"id\" is missing");
        require_text(loader, &data->dataset_origin, dataset->title, "title");
    }
    if (dataset->language_count != 0) {
        for (size_t i = 0; i < data->use_count; i++) {
            bool is_listed = false;
            for (size_t n = 0; n < dataset->language_count && !is_listed; n++)
                is_listed = same_language(dataset->languages[n], data->uses[i].code);
            if (!is_listed)
                bp_origin_fault(loader, &data->uses[i].origin, NULL,
                                "the language \"%s\" is not one of dataset.languages",
                                data->uses[i].code);
        }
        return;
    }
    size_t given = dataset->title.count;
    bool has_languages = given != 0 && dataset->title.items[0].language != NULL;
    size_t count = has_languages ? given : 1;
    const char **codes = bp_arena_take(&data->arena, count, sizeof *codes);
    if (codes == NULL) {
        loader->faults->refused = true;
        return;
    }
    codes[0] = "en";
    for (size_t i = 0; i < count && has_languages; i++)
        codes[i] = dataset->title.items[i].language;
    dataset->languages = codes;
    dataset->language_count = count;
}

static void link_event(bp_loader *loader)
{
    bp_data *data = loader->data;
    bp_event *event = &data->event;
    event->citation.source = resolve(loader, &data->sources, &data->event_source, "source");
    if (!event->is_given)
        return;
    require_text(loader, &data->event_origin, event->name, "name");
    if (*event->start == '\0')
        bp_origin_fault(loader, &data->event_origin, NULL, "\"start\" is missing");
    else if (*event->end != '\0' && strcmp(event->end, event->start) < 0)
        bp_origin_fault(loader, &data->event_origin, "end",
                        "the event ends (%s) before it starts (%s)", event->end, event->start);
}

static void link_statements(bp_loader *loader, bp_records *records)
{
    for (size_t i = 0; i < records->count; i++) {
        bp_statement_draft *draft = records->items[i].record;
        require_text(loader, &records->items[i].origin, draft->it.title, "title");
        draft->it.theme = resolve(loader, &loader->data->themes, &draft->theme, "theme");
        draft->it.citation.source =
            resolve(loader, &loader->data->sources, &draft->source, "source");
        draft->it.where = records->items[i].origin.where;
    }
}

/* By period; of one period the later input last. */
static int compare_observations(const void *a, const void *b)
{
    const bp_observation_draft *left = a, *right = b;
    int order = strcmp(left->it.period, right->it.period);
    if (order != 0)
        return order;
    if (left->origin.input != right->origin.input)
        return left->origin.input < right->origin.input ? -1 : 1;
    if (left->it.where.line != right->it.where.line)
        return left->it.where.line < right->it.where.line ? -1 : 1;
    return left->it.where.column < right->it.where.column
               ? -1
               : left->it.where.column > right->it.where.column;
}

static void link_observations(bp_loader *loader, bp_indicator_draft *draft, const bp_origin *origin)
{
    size_t count = draft->observation_count, kept = 0;
    if (count == 0 && draft->derivation.expression == NULL) {
        bp_origin_fault(loader, origin, NULL,
                        "the indicator \"%s\" has no value: expected \"value\", "
                        "\"observations\" or \"derive\"",
                        draft->it.id);
        return;
    }
    if (count != 0)
        qsort(draft->observations, count, sizeof *draft->observations, compare_observations);
    bp_observation *list = bp_arena_take(&loader->data->arena, count + 1, sizeof *list);
    if (list == NULL) {
        loader->faults->refused = true;
        return;
    }
    const char *told = NULL; /* Observations share the reference of their indicator. */
    for (size_t i = 0; i < count; i++) {
        bp_observation_draft *one = &draft->observations[i];
        if (one->source.id != told || told == NULL)
            one->it.citation.source =
                resolve(loader, &loader->data->sources, &one->source, "source");
        if (one->it.citation.source == NULL)
            told = one->source.id;
        bool is_again = i > 0 && strcmp(one[-1].it.period, one->it.period) == 0;
        if (is_again && one[-1].origin.input == one->origin.input)
            bp_origin_fault(loader, &one->origin, NULL,
                            "the period %s of \"%s\" is given twice; first in line %d",
                            one->it.period, draft->it.id, one[-1].it.where.line);
        if (is_again)
            kept--;
        draft->observations[kept] = *one; /* Keeps the input of the one that won, for derive.c. */
        list[kept++] = one->it;
    }
    draft->observation_count = kept;
    draft->it.observations = list;
    draft->it.observation_count = kept;
}

static void link_parts(bp_loader *loader, bp_indicator_draft *draft)
{
    const bp_indicator **parts =
        bp_arena_take(&loader->data->arena, draft->part_count, sizeof *parts);
    size_t count = 0;
    if (parts == NULL) {
        loader->faults->refused = true;
        return;
    }
    for (size_t i = 0; i < draft->part_count; i++) {
        const bp_indicator *part =
            resolve(loader, &loader->data->indicators, &draft->parts[i], "indicator");
        bool is_double = false;
        for (size_t n = 0; n < count && n < 1000; n++)
            is_double = is_double || parts[n] == part;
        if (part == NULL)
            continue;
        if (part == &draft->it)
            bp_origin_fault(loader, &draft->parts[i].origin, NULL,
                            "\"%s\" cannot be a part of itself", part->id);
        else if (is_double)
            bp_origin_fault(loader, &draft->parts[i].origin, NULL,
                            "the part \"%s\" is listed twice", part->id);
        else
            parts[count++] = part;
    }
    draft->it.parts = parts;
    draft->it.part_count = count;
}

static void link_indicators(bp_loader *loader)
{
    bp_records *records = &loader->data->indicators;
    for (size_t i = 0; i < records->count; i++) {
        bp_indicator_draft *draft = records->items[i].record;
        const bp_origin *origin = &records->items[i].origin;
        if (origin->input == 0) { /* Only a CSV file names it. */
            bp_reference row = {draft->it.id, *origin};
            fault_unknown(loader, records, &row, "indicator");
            continue;
        }
        require_text(loader, origin, draft->it.label, "label");
        draft->it.theme = resolve(loader, &loader->data->themes, &draft->theme, "theme");
        draft->it.where = origin->where;
        (void)resolve(loader, &loader->data->sources, &draft->derivation.source, "source");
        link_observations(loader, draft, origin);
        if (draft->part_count != 0)
            link_parts(loader, draft);
        if (draft->it.decimals < 0)
            draft->it.decimals = draft->derivation.expression ? draft->derivation.decimals : -1;
    }
}

void bp_link(bp_loader *loader)
{
    bp_data *data = loader->data;
    link_dataset(loader);
    for (size_t i = 0; i < data->sources.count; i++) {
        bp_source *source = data->sources.items[i].record;
        require_text(loader, &data->sources.items[i].origin, source->title, "title");
        source->where = data->sources.items[i].origin.where;
    }
    for (size_t i = 0; i < data->themes.count; i++) {
        bp_theme *theme = data->themes.items[i].record;
        require_text(loader, &data->themes.items[i].origin, theme->title, "title");
        theme->where = data->themes.items[i].origin.where;
    }
    for (size_t i = 0; i < data->checks.count; i++) {
        bp_check *check = data->checks.items[i].record;
        check->where = data->checks.items[i].origin.where;
    }
    link_event(loader);
    for (size_t i = 0; i < 3; i++)
        link_statements(loader, &data->statements[i]);
    link_indicators(loader);
}
